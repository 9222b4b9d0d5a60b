"""What each act of a call's life asks: a reason always, a date, a text or an amount when it needs one."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escale.foundation.editions.saying import in_euros
from escale.rules.money import cents_typed, plain_euros
from escale.rules.scheme.amending import correctable
from escale.rules.scheme.format.words import PARIS
from escale.rules.scheme.trial import Edition
from escale.rules.wrong import Wrong

_REASON = gettext_lazy("Indiquez pourquoi, en une phrase : le public la lira.")


class ReasonForm(forms.Form):
    """Why, and the reference of the act that decided it."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Cette phrase s’affiche sur la page de l’appel."), error_messages={"required": _REASON},
    )  # fmt: skip
    reference = forms.CharField(
        label=gettext_lazy("Référence de l’acte"), max_length=100, required=False,
        help_text=gettext_lazy("Délibération ou arrêté, par exemple AR-2026-0142."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition | None, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition, self.act = edition, act
        self.prepare()

    def prepare(self) -> None:
        """Fills the choices that come from the edition."""

    def document(self) -> dict[str, Any]:
        """The text in force."""
        return self.edition.document if self.edition is not None else {}

    def payload(self) -> dict[str, Any]:
        """The amendment."""
        return {"kind": self.act}


class ClosingForm(ReasonForm):
    """A new closing: a day until its last minute, or an hour of that day."""

    until = forms.DateField(
        label=gettext_lazy("Nouvelle date de clôture"), widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Indiquez la date."),
                        "invalid": gettext_lazy("Cette date ne se lit pas : jour, mois, année.")},
    )  # fmt: skip
    hour = forms.TimeField(
        label=gettext_lazy("À quelle heure"), required=False, widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=gettext_lazy("Vide : 23 h 59, heure de Paris."),
        error_messages={"invalid": gettext_lazy("Cette heure ne se lit pas : par exemple 12:00.")},
    )  # fmt: skip
    wave = forms.ChoiceField(label=gettext_lazy("Quelle vague"))
    field_order = ("wave", "until", "hour", "reason", "reference")

    def prepare(self) -> None:
        document = self.document()
        waves = [(one["code"], one.get("label") or one["code"]) for one in document["calendar"].get("waves", [])]
        if waves:
            field = self.fields["wave"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = waves
            field.initial = waves[-1][0]
        else:
            del self.fields["wave"]

    def payload(self) -> dict[str, Any]:
        given, hour = self.cleaned_data, self.cleaned_data.get("hour")
        until = given["until"].isoformat()
        if hour is not None:
            until = datetime.combine(given["until"], hour, tzinfo=PARIS).isoformat()
        kind = "prolong" if self.act == "prolong" else "close"
        return {"kind": kind, "until": until, **({"wave": given["wave"]} if "wave" in given else {})}


class ErratumForm(ReasonForm):
    """A published text as it should have been. Rules are not corrected here: they ask for a new version."""

    place = forms.ChoiceField(label=gettext_lazy("Quel texte"))
    text = forms.CharField(
        label=gettext_lazy("Le texte corrigé"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Écrivez le texte corrigé, en entier.")},
    )  # fmt: skip
    field_order = ("place", "text", "reason", "reference")

    def prepare(self) -> None:
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        found = correctable(self.document())
        field.choices = [(place, f"{_place(place)} : {text[:60]}") for place, text in found]

    def payload(self) -> dict[str, Any]:
        text = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        return {"kind": "erratum", "place": self.cleaned_data["place"], "text": text}


class EnvelopeForm(ReasonForm):
    """The amount of an envelope, from now on."""

    code = forms.ChoiceField(label=gettext_lazy("Quelle enveloppe"))
    amount = forms.CharField(
        label=gettext_lazy("Nouveau montant"), widget=forms.TextInput(attrs={"data-kind": "amount"}), max_length=30,
        error_messages={"required": gettext_lazy("Indiquez le montant, par exemple 600 000.")},
    )  # fmt: skip
    field_order = ("code", "amount", "reason", "reference")

    def prepare(self) -> None:
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one["code"], f"{one['label']} : {in_euros(one['amount'])}") for one in self.document().get("envelopes", [])
        ]

    def clean_amount(self) -> str:
        try:
            cents = cents_typed(self.cleaned_data["amount"])
        except Wrong as wrong:
            raise forms.ValidationError(wrong.message) from wrong
        if cents < 0:
            raise forms.ValidationError(_("Le montant d’une enveloppe n’est pas négatif."))
        return plain_euros(cents)

    def payload(self) -> dict[str, Any]:
        return {"kind": "envelope", "code": self.cleaned_data["code"], "amount": self.cleaned_data["amount"]}


class ShareForm(forms.Form):
    """For how long a preview link works."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("Le lien sert pendant"), coerce=int, initial="14",
        choices=[("3", gettext_lazy("3 jours")), ("14", gettext_lazy("14 jours")), ("60", gettext_lazy("60 jours"))],
    )  # fmt: skip


#: What each act asks.
ASKED: dict[str, type[ReasonForm]] = {
    "prolong": ClosingForm,
    "close-early": ClosingForm,
    "correct": ErratumForm,
    "change-envelope": EnvelopeForm,
    "suspend": ReasonForm,
    "resume": ReasonForm,
}


def _place(place: str) -> str:
    labels = {
        "summary": _("Le résumé"), "contact.name": _("Le service"), "contact.phone": _("Le téléphone"),
        "contact.email": _("Le courriel"), "texts.aims": _("Objectifs"), "texts.audience": _("Pour qui"),
        "texts.how_much": _("Combien"), "texts.expenses": _("Dépenses"), "texts.process": _("Après le dépôt"),
        "texts.silence": _("Sans réponse"), "texts.remedies": _("Voies de recours"), "texts.duties": _("Engagements"),
        "texts.honour": _("Déclaration sur l’honneur"),
    }  # fmt: skip
    return labels.get(place, place)
