"""What is handed in with a standing document and with a delegation of signature."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from escale.foundation.organisations import wording
from escale.rules.figures import PARIS

_DAY = _("Indiquez la date comme 31/12/2026.")
_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
#: A delegation has its own page, with the person and the dates.
KINDS = [("", _("Choisissez")), *(pair for pair in wording.DOCUMENTS.items() if pair[0] != "delegation")]


class _Day(forms.DateField):
    """A day, as browsers send it or as it is written in France."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"data-kind": "date"})
        errors = {"invalid": _DAY, "required": _DAY}
        super().__init__(input_formats=_FORMATS, widget=widget, error_messages=errors, **kwargs)


class StandingForm(forms.Form):
    """Which document, until when it is valid."""

    kind = forms.ChoiceField(
        label=_("Nature du document"), choices=KINDS,
        error_messages={"required": _("Choisissez la nature du document."), "invalid_choice": _("Choisissez-la dans la liste.")},
    )  # fmt: skip
    file = forms.FileField(
        label=_("Fichier"), help_text=_("PDF, photo ou document bureautique."),
        error_messages={"required": _("Choisissez le fichier."), "empty": _("Ce fichier est vide.")},
    )  # fmt: skip
    valid_from = _Day(label=_("Valable à partir du"), required=False)
    valid_until = _Day(
        label=_("Valable jusqu’au"),
        required=False,
        help_text=_("Passée cette date, il n’est plus proposé aux dossiers."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("valid_from"), given.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("La fin vient avant le début : vérifiez les deux dates."))
        return given


class DelegationForm(forms.Form):
    """Who signs, from when to when, by which signed paper."""

    member = forms.ChoiceField(
        label=_("Personne qui reçoit la signature"), widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la personne."), "invalid_choice": _("Choisissez-la dans la liste.")},
    )  # fmt: skip
    since = _Day(label=_("À partir du"))
    until = _Day(label=_("Jusqu’au"), required=False, help_text=_("Vide : jusqu’à ce qu’il y soit mis fin."))
    file = forms.FileField(
        label=_("Délégation signée par le représentant légal"), help_text=_("Arrêté, délibération ou lettre : PDF ou photo."),
        error_messages={"required": _("Joignez la délégation signée."), "empty": _("Ce fichier est vide.")},
    )  # fmt: skip

    def __init__(self, *args: Any, members: list[tuple[str, str]], at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = members
        self.today: date = at.astimezone(PARIS).date()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("since"), given.get("until")
        if ends and ends < self.today:
            self.add_error("until", ValidationError(_("Cette date est passée : la délégation ne servirait à rien.")))
        elif begins and ends and ends < begins:
            self.add_error("until", ValidationError(_("La fin vient avant le début : vérifiez les deux dates.")))
        return given
