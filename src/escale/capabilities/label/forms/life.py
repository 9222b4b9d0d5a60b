"""What is asked when a label is granted, signed, warned about, answered, renewed."""

from datetime import date, datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.capabilities.label.forms.visits import DayField
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


class ActForm(ReasonForm):
    """And the act that decides it, when there is one."""

    act_reference = forms.CharField(
        label=_("Acte qui le décide"),
        max_length=120,
        required=False,
        help_text=_("Par exemple : arrêté du 16 novembre 2026."),
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


class InviteForm(forms.Form):
    """Nothing is asked: the letter says all."""


class AskRenewalForm(forms.Form):
    """What the place adds, if it wants."""

    words = forms.CharField(
        label=_("Ce que vous voulez ajouter"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class StepsForm(forms.Form):
    """Up to four corrections, each with its last day."""

    ROWS = 4

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        for n in range(1, self.ROWS + 1):
            self.fields[f"what_{n}"] = forms.CharField(
                label=_("Correction {n}").format(n=n), max_length=500, required=n == 1,
                error_messages={"required": _("Écrivez au moins une correction.")},
            )  # fmt: skip
            self.fields[f"due_{n}"] = DayField(label=_("Avant la fin du"), required=n == 1)

    def clean(self) -> dict[str, object]:
        """A correction and its day go together."""
        data = super().clean() or {}
        for n in range(1, self.ROWS + 1):
            if data.get(f"what_{n}") and not data.get(f"due_{n}") and f"due_{n}" not in self.errors:
                self.add_error(f"due_{n}", _("Indiquez avant quel jour."))
            if data.get(f"due_{n}") and not data.get(f"what_{n}") and f"what_{n}" not in self.errors:
                self.add_error(f"what_{n}", _("Écrivez la correction attendue pour ce jour."))
        return data

    def steps(self) -> list[tuple[str, date]]:
        """What was asked."""
        data = self.cleaned_data
        rows = ((data.get(f"what_{n}"), data.get(f"due_{n}")) for n in range(1, self.ROWS + 1))
        return [(what, day) for what, day in rows if what and day]


class FinishStepForm(forms.Form):
    """Which correction is done, and how."""

    step = forms.ChoiceField(label=_("Correction"), error_messages={"required": _("Choisissez la correction.")})
    answer = forms.CharField(
        label=_("Ce qui a été fait"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites en une phrase ce qui a été fait.")},
    )  # fmt: skip

    def __init__(self, *args: object, steps: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = steps


class YearForm(forms.Form):
    """The year in four answers."""

    visitors = forms.IntegerField(
        label=_("Personnes accueillies dans l’année"),
        min_value=0,
        max_value=10**7,
        required=False,
        widget=forms.TextInput(attrs={"data-kind": "number"}),
    )
    open_days = forms.IntegerField(
        label=_("Jours d’ouverture dans l’année"),
        min_value=0,
        max_value=366,
        required=False,
        widget=forms.TextInput(attrs={"data-kind": "number"}),
    )
    changes = forms.CharField(
        label=_("Ce qui a changé, ce dont vous êtes fiers"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Écrivez au moins une phrase.")},
    )  # fmt: skip
    difficulties = forms.CharField(
        label=_("Vos difficultés"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
