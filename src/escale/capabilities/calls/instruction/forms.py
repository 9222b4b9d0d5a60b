"""What is posted to the desk and to a dossier's sheet."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.instruction.wording import OPINIONS
from escale.foundation.people.models import Person


class ViewForm(forms.Form):
    """The name of a view to keep."""

    name = forms.CharField(
        label=_("Garder cette vue sous le nom"),
        max_length=80,
        error_messages={"required": _("Donnez un nom à cette vue.")},
    )
    shared = forms.BooleanField(label=_("La partager avec mon service"), required=False)


def _team(people: list[Person]) -> list[tuple[str, Any]]:
    return [("", _("Choisissez")), *((str(one.pk), one.name) for one in people)]


class NearDate(forms.DateField):
    """A day of our time: a year typed wrong is said, not computed with."""

    def validate(self, value: Any) -> None:
        """Refuses what lies outside 2000–2100."""
        super().validate(value)
        if value is not None and not 2000 <= value.year <= 2100:
            raise forms.ValidationError(_("Vérifiez l’année : elle se situe entre 2000 et 2100."))


class TeamForm(forms.Form):
    """A form that names colleagues."""

    NAMES: tuple[str, ...] = ()

    def __init__(self, *args: Any, team: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.NAMES:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = _team(team)
            field.error_messages["required"] = field.error_messages["invalid_choice"] = _(
                "Choisissez une personne du service."
            )


class AbsenceForm(TeamForm):
    """From which day until which day (the day of return), and who replaces."""

    NAMES = ("replacement",)

    since = NearDate(label=_("Absence à partir du"), widget=forms.DateInput(attrs={"data-kind": "date"}))
    until = NearDate(label=_("Retour le"), widget=forms.DateInput(attrs={"data-kind": "date"}))
    replacement = forms.ChoiceField(label=_("Qui voit mes dossiers pendant ce temps"))


class HandOverForm(TeamForm):
    """Whose dossiers go to whom."""

    NAMES = ("officer", "to")

    officer = forms.ChoiceField(label=_("Les dossiers suivis par"))
    to = forms.ChoiceField(label=_("Sont confiés à"))


class ThemesForm(forms.Form):
    """Themes one takes first when dossiers are shared out."""

    themes = forms.MultipleChoiceField(
        label=_("Je prends d’abord les dossiers de ces thèmes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, themes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["themes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = themes


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(
        label=_("Raison"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites pourquoi, en une phrase.")},
    )


class NoteForm(forms.Form):
    """A note of the service."""

    text = forms.CharField(
        label=_("Note interne"),
        help_text=_("Le déposant ne la lit jamais."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez la note.")},
    )


class RecuseForm(TeamForm):
    """An interest, one's own or a colleague's."""

    NAMES = ("person",)

    person = forms.ChoiceField(label=_("Qui a un lien avec ce dossier"))
    reason = forms.CharField(
        label=_("Lequel (facultatif)"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class AssignForm(TeamForm):
    """Who follows the dossier."""

    NAMES = ("officer",)

    officer = forms.ChoiceField(label=_("Confier à"))


class CorrectionForm(forms.Form):
    """What is asked again, by when, and why. Each thing asked has its own sentence beside it."""

    message = forms.CharField(
        label=_("Message au déposant"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Dites au déposant ce que vous attendez de lui.")},
    )
    due_on = NearDate(
        label=_("Réponse attendue avant la fin du"),
        widget=forms.DateInput(attrs={"data-kind": "date"}),
        error_messages={"required": _("Indiquez jusqu’à quel jour le déposant peut répondre.")},
    )


class OpinionForm(forms.Form):
    """Whose opinion, on what, from what."""

    name = forms.CharField(label=_("À qui"), max_length=150, error_messages={"required": _("Indiquez un nom.")})
    email = forms.EmailField(
        label=_("Son adresse électronique"), error_messages={"required": _("Indiquez son adresse.")}
    )
    question = forms.CharField(
        label=_("La question"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Posez une question : l’avis y répondra.")},
    )
    due_on = NearDate(
        label=_("Avis attendu avant la fin du"),
        widget=forms.DateInput(attrs={"data-kind": "date"}),
        error_messages={"required": _("Indiquez jusqu’à quel jour l’avis est attendu.")},
    )
    sections = forms.MultipleChoiceField(
        label=_("Ce que cette personne peut lire"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une partie : rien d’autre n’est montré.")},
    )
    pieces = forms.MultipleChoiceField(
        label=_("Les pièces qu’elle peut ouvrir"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, sections: list[tuple[str, str]], pieces: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("sections", sections), ("pieces", pieces)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
        if not pieces:
            del self.fields["pieces"]


class ExpertiseForm(forms.Form):
    """What a reviewer knows best."""

    themes = forms.MultipleChoiceField(
        label=_("Les thèmes que je connais"), required=False, widget=forms.CheckboxSelectMultiple
    )
    departements = forms.MultipleChoiceField(
        label=_("Les départements que je connais"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, themes: list[tuple[str, str]], departements: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("themes", themes), ("departements", departements)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
            if not choices:
                del self.fields[name]


class DueForm(forms.Form):
    """By when reviews are expected."""

    due_on = NearDate(
        label=_("Évaluation attendue avant la fin du"),
        widget=forms.DateInput(attrs={"data-kind": "date"}),
        error_messages={"required": _("Indiquez jusqu’à quel jour l’évaluation est attendue.")},
    )


class ReviewerForm(DueForm):
    """Who reviews one dossier."""

    reviewer = forms.ChoiceField(label=_("À qui"))

    def __init__(self, *args: Any, options: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reviewer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(key), label) for key, label in options]
        field.error_messages["required"] = field.error_messages["invalid_choice"] = _(
            "Choisissez une personne de la liste : les autres ne peuvent pas évaluer ce dossier."
        )


class GiveForm(forms.Form):
    """The expert's answer."""

    verdict = forms.ChoiceField(
        label=_("Votre avis"),
        choices=list(OPINIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un avis.")},
    )
    text = forms.CharField(
        label=_("Ce qui le fonde"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Dites en quelques phrases ce qui fonde votre avis.")},
    )


class AmountForm(forms.Form):
    """Another amount than the computed one."""

    amount = forms.CharField(
        label=_("Montant proposé"),
        required=False,
        max_length=30,
        help_text=_("Laissez vide pour revenir au montant calculé."),
        widget=forms.TextInput(attrs={"data-kind": "amount", "data-unit": "€"}),
    )
    reason = forms.CharField(
        label=_("Raison"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Dites pourquoi ce montant est proposé.")},
    )

    def clean_amount(self) -> int | None:
        """Cents, or None when nothing is typed."""
        typed = self.cleaned_data["amount"]
        if not typed.strip():
            return None
        cents = cents_of(typed)
        if cents is None:
            raise forms.ValidationError(_("Écrivez un montant en euros, comme 1 250,50."))
        return cents


def cents_of(typed: str) -> int | None:
    """A typed amount in cents; None when it is not an amount of at most two decimals, positive or null."""
    text = "".join(typed.replace("€", "").replace(",", ".").split())
    try:
        euros = Decimal(text)
    except InvalidOperation:
        return None
    sound = euros.is_finite() and 0 <= euros < 10**11 and euros == round(euros, 2)
    return int(euros * 100) if sound else None
