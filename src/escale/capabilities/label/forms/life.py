"""What is asked when a label is granted, signed, warned about, answered, renewed."""

from datetime import date, datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.rules.figures import PARIS

_DAY = forms.DateInput(format="%Y-%m-%d")


def at_midnight(day: date) -> datetime:
    """The day's first instant in Paris."""
    return datetime.combine(day, time.min, PARIS)


class GrantForm(forms.Form):
    """The act that granted the label, and its dates."""

    act_reference = forms.CharField(
        label=_("Acte qui accorde le label"),
        max_length=120,
        help_text=_("Par exemple : délibération CP 26-11-042 du 16 novembre 2026."),
        error_messages={"required": _("Indiquez l’acte : sans lui, le label n’a pas d’effet.")},
    )
    since = forms.DateField(label=_("Valable à partir du"), widget=_DAY)
    until = forms.DateField(label=_("Valable jusqu’au"), widget=_DAY, help_text=_("Ce jour compris."))
    type = forms.ChoiceField(label=_("Type"), required=False)

    def __init__(self, *args: object, types: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        field = self.fields["type"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = types
        if not types:
            del self.fields["type"]

    def clean(self) -> dict[str, object]:
        """The end follows the beginning."""
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("La fin précède le début : corrigez une des deux dates."))
        return data


class ReasonForm(forms.Form):
    """Why, in words that the place will read."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Le lieu le lira."),
        error_messages={"required": _("Écrivez le motif : une décision sans motif ne tient pas.")},
    )


class WarnForm(ReasonForm):
    """Reasons, and until when the place may answer."""

    answer_by = forms.DateField(
        label=_("Le lieu peut répondre jusqu’au"),
        widget=_DAY,
        help_text=_("Ce jour compris. Aucune suspension ni retrait avant sa réponse ou cette date."),
        error_messages={"required": _("Indiquez jusqu’à quand le lieu peut répondre.")},
    )


class AnswerForm(forms.Form):
    """What the place answers."""

    text = forms.CharField(
        label=_("Votre réponse à la Région"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Écrivez votre réponse.")},
    )


class SignForm(forms.Form):
    """The charter, signed on honour."""

    quality = forms.CharField(
        label=_("En qualité de"),
        max_length=100,
        help_text=_("Par exemple : maire, présidente, gérant."),
        error_messages={"required": _("Indiquez en quelle qualité vous signez.")},
    )
    honour = forms.BooleanField(
        label=_("Je m’engage sur l’honneur à respecter cette charte"),
        error_messages={"required": _("Cochez l’engagement sur l’honneur : sans lui, la charte n’est pas signée.")},
    )


class RenewForm(forms.Form):
    """A later end, by an act."""

    until = forms.DateField(label=_("Valable jusqu’au"), widget=_DAY, help_text=_("Ce jour compris."))
    act_reference = forms.CharField(
        label=_("Acte qui renouvelle le label"),
        max_length=120,
        error_messages={"required": _("Indiquez l’acte : sans lui, le label n’est pas renouvelé.")},
    )
