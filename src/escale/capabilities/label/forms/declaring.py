"""What the place declares and attaches for a label."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.label.forms.visits import DayField
from escale.capabilities.label.queries.asked import Attached, Commitment

_YES_NO = [("yes", _("Oui")), ("no", _("Non")), ("", _("Pas encore dit"))]


class DeclareForm(forms.Form):
    """One control a commitment, named by its code."""

    def __init__(self, *args: Any, asked: list[Commitment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for one in asked:
            if one.kind == "number":
                self.fields[one.code] = forms.DecimalField(
                    label=one.label, help_text=one.help, required=False, min_value=0, max_value=10**9, localize=True,
                    widget=forms.TextInput(attrs={"data-kind": "number", "data-unit": one.unit}),
                    error_messages={"invalid": _("Indiquez un nombre.")},
                )  # fmt: skip
            else:
                self.fields[one.code] = forms.ChoiceField(
                    label=one.label, help_text=one.help, required=False, choices=_YES_NO, widget=forms.RadioSelect
                )

    def said(self) -> dict[str, bool | int | float | None]:
        """What was declared; None: nothing."""
        told: dict[str, bool | int | float | None] = {}
        for one in self.asked:
            value = self.cleaned_data.get(one.code)
            if one.kind == "number":
                told[one.code] = None if value is None else (int(value) if value == int(value) else float(value))
            else:
                told[one.code] = {"yes": True, "no": False}.get(value or "")
        return told


def initial(declared: dict[str, Any]) -> dict[str, Any]:
    """What was declared so far."""
    words = {True: "yes", False: "no"}
    return {code: words[value] if isinstance(value, bool) else value for code, value in declared.items()}


class AttachForm(forms.Form):
    """A document, under what it is asked for."""

    code = forms.ChoiceField(label=_("Document"), error_messages={"required": _("Choisissez lequel.")})
    file = forms.FileField(
        label=_("Fichier"), help_text=_("PDF, photo ou document bureautique."),
        error_messages={"required": _("Choisissez le fichier."), "empty": _("Ce fichier est vide.")},
    )  # fmt: skip
    dated_on = DayField(label=_("Daté du"), required=False)
    valid_until = DayField(label=_("Valable jusqu’au"), required=False)

    def __init__(self, *args: Any, asked: list[Attached], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.label) for one in asked]

    def clean(self) -> dict[str, Any]:
        """The end follows the beginning."""
        given = super().clean() or {}
        if given.get("dated_on") and given.get("valid_until") and given["valid_until"] < given["dated_on"]:
            self.add_error("valid_until", _("La fin de validité précède la date du document."))
        return given
