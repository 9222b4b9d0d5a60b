"""Inviting, roles, and the owner named as a last resort."""

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.foundation.organisations import wording

_ADDRESS = _("Indiquez une adresse électronique complète, comme prenom.nom@exemple.fr.")
_ROLE = _("Choisissez un rôle.")


class InvitationForm(forms.Form):
    """Whom to invite, in which role."""

    email = forms.EmailField(
        label=_("Adresse électronique de la personne"), max_length=254,
        error_messages={"required": _ADDRESS, "invalid": _ADDRESS},
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Rôle"), choices=list(wording.ROLES.items()), widget=forms.RadioSelect, initial="editor",
        error_messages={"required": _ROLE, "invalid_choice": _ROLE},
    )  # fmt: skip
    represents = forms.BooleanField(
        label=_("Cette personne représente légalement l’organisation : elle signe les dossiers"), required=False
    )


class RoleForm(forms.Form):
    """Another role for someone."""

    role = forms.ChoiceField(
        choices=list(wording.ROLES.items()), error_messages={"required": _ROLE, "invalid_choice": _ROLE}
    )


class OwnerForm(forms.Form):
    """Last resort of the Region: who becomes the owner, in whose place, and why."""

    email = forms.EmailField(
        label=_("Adresse électronique de la nouvelle personne responsable"), max_length=254,
        help_text=_("Vérifiez-la auprès de l’organisation : cette personne ouvrira tous ses dossiers."),
        error_messages={"required": _ADDRESS, "invalid": _ADDRESS},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Prénom et nom"), max_length=200, error_messages={"required": _("Indiquez le prénom et le nom.")}
    )
    represents = forms.BooleanField(label=_("Elle représente légalement l’organisation : elle signe"), required=False)
    instead_of = forms.ChoiceField(
        label=_("À la place de"), required=False,
        help_text=_("La personne choisie n’agira plus pour l’organisation. Ses traces restent."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Motif et justificatif"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Par exemple : départ de la secrétaire, délibération du 2 mars reçue par courrier. Il reste au journal."),
        error_messages={"required": _("Dites pourquoi, et sur quelle pièce : le motif reste au journal.")},
    )  # fmt: skip

    def __init__(self, *args: object, members: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        field = self.fields["instead_of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Personne : elle s’ajoute")), *members]


class ReasonForm(forms.Form):
    """Why an organisation is closed."""

    note = forms.CharField(
        label=_("Motif"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites pourquoi : le motif reste au journal.")},
    )  # fmt: skip
