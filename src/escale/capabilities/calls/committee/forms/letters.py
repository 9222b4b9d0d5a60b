"""What is posted about letters: the text of a model or of one letter, the dossier of a trial, a signature, a proof."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.rules.figures import PARIS
from escale.rules.letters.text import LONGEST, LONGEST_TITLE

_AREA = forms.Textarea(attrs={"rows": 22})


class TextForm(forms.Form):
    """An object and a text, with their fields; ``seen`` marks the words that were read."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    title = forms.CharField(
        label=_("Objet"), max_length=LONGEST_TITLE, error_messages={"required": _("Écrivez l’objet de la lettre.")}
    )
    body = forms.CharField(
        label=_("Texte de la lettre"), max_length=LONGEST, widget=_AREA,
        help_text=_(
            "Une ligne vide sépare deux paragraphes. « # » commence un titre. « ? » commence un paragraphe qui disparaît quand "
            "un de ses champs est vide. Ce qui suit une ligne « --- » est imprimé après la signature."
        ),
        error_messages={"required": _("Écrivez le texte de la lettre.")},
    )  # fmt: skip


class TrialForm(forms.Form):
    """The dossier on which a model is tried."""

    dossier = forms.ChoiceField(
        label=_("Essayer sur le dossier"),
        error_messages={
            "required": _("Choisissez un dossier de cet appel."),
            "invalid_choice": _("Ce dossier n’est pas de cet appel, ou vous ne le suivez pas."),
        },
    )

    def __init__(self, *args: Any, dossiers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["dossier"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choisissez")), *dossiers]


class SignForm(forms.Form):
    """In which quality one signs."""

    quality = forms.CharField(
        label=_("En qualité de"), max_length=150, help_text=_("Par exemple : la directrice de l’aménagement numérique."),
        error_messages={"required": _("Indiquez en quelle qualité vous signez : la lettre le dit.")},
    )  # fmt: skip


class ServeForm(forms.Form):
    """How and when the letter was received, when it was not opened on the page."""

    read_on = forms.DateField(
        label=_("Reçue le"), widget=forms.DateInput(attrs={"data-kind": "date"}),
        error_messages={
            "required": _("Indiquez le jour de la remise."),
            "invalid": _("Cette date ne se lit pas : jour, mois, année."),
        },
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Preuve de la remise"), max_length=200, help_text=_("Par exemple : recommandé 1A 123 456 7890 1, avis signé."),
        error_messages={"required": _("Indiquez ce qui prouve la remise.")},
    )  # fmt: skip

    def read_at(self, at: datetime) -> datetime:
        """The end of that day, or now when it is today."""
        day = self.cleaned_data["read_on"]
        if not 2000 <= day.year <= 2100:
            return at.replace(year=2000)
        return (
            min(datetime.combine(day, time(23, 59, 59), PARIS), at)
            if day <= at.astimezone(PARIS).date()
            else at.replace(year=2100)
        )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Motif"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez pourquoi : cela reste au dossier.")},
    )  # fmt: skip


class AppealForm(forms.Form):
    """A gracious appeal: what is asked and why."""

    text = forms.CharField(
        label=_("Ce que vous demandez, et pourquoi"), max_length=8000, widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Écrivez ce que vous contestez et pourquoi.")},
    )  # fmt: skip


class RecallForm(ReasonForm):
    """Why an award may be withdrawn, and until when its beneficiary may answer."""

    answer_by = forms.DateField(
        label=_("Réponse possible jusqu’au"), widget=forms.DateInput(attrs={"data-kind": "date"}),
        help_text=_("Laissez au moins quinze jours."),
        error_messages={
            "required": _("Indiquez jusqu’à quand le bénéficiaire peut répondre."),
            "invalid": _("Cette date ne se lit pas : jour, mois, année."),
        },
    )  # fmt: skip

    def clean_answer_by(self) -> datetime:
        """The last instant of that day in Paris."""
        day = self.cleaned_data["answer_by"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Vérifiez l’année : elle se situe entre 2000 et 2100."))
        return datetime.combine(day, time(23, 59, 59, 999_999), PARIS)
