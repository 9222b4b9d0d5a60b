"""The sections of a place's page: what it is, where, how to reach it, what it offers."""

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.directory.queries.communes import Communes
from escale.foundation.organisations.models import Organisation
from escale.foundation.places import standard
from escale.foundation.places.models import Place
from escale.rules import places as words
from escale.rules.refusal import Refused

_LINK = re.compile(r"https?://[\w.-]+\.[a-z]{2,}(:\d+)?([/?#]\S*)?\Z", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s|]+@[^@\s|]+\.[^@\s|]+\Z")


class CodesChoice(forms.MultipleChoiceField):
    """Several codes of a closed list, kept as a tuple in the order of the list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, labels: dict[str, str], **kwargs: Any) -> None:
        self.codes = tuple(labels)
        super().__init__(
            choices=[(code, _(label)) for code, label in labels.items()],
            required=kwargs.pop("required", False),
            **kwargs,
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        kept = set(super().clean(value))
        return tuple(code for code in self.codes if code in kept)


class Lines(forms.CharField):
    """One value a line, kept as a tuple; each must look right."""

    widget = forms.Textarea(attrs={"rows": 2})

    def __init__(self, pattern: re.Pattern[str], wrong: Any, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=1500, **kwargs)
        self.pattern, self.wrong = pattern, wrong

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = [one.strip().replace("|", "") for one in str(super().clean(value)).splitlines() if one.strip()]
        if any(not self.pattern.match(one) for one in lines):
            raise forms.ValidationError(self.wrong)
        return tuple(lines)


class SheetForm(forms.Form):
    """Base of the sections: ``rev`` is the revision that was seen."""

    rev = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def values(self) -> dict[str, Any]:
        """The fields of the place, checked."""
        return {name: value for name, value in self.cleaned_data.items() if name != "rev"}


class IdentityForm(SheetForm):
    """What the place is."""

    name = forms.CharField(
        label=_("Nom du lieu"), max_length=150, error_messages={"required": _("Indiquez le nom du lieu.")}
    )
    kinds = CodesChoice(words.KINDS, label=_("Sorte de lieu"), help_text=_("Une ou plusieurs."))
    summary = forms.CharField(
        label=_("En une phrase"),
        max_length=280,
        required=False,
        help_text=_("Ce que l’on y fait, pour qui. 280 caractères."),
    )
    description = forms.CharField(
        label=_("Présentation"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    carrier_name = forms.CharField(label=_("Structure porteuse"), max_length=200, required=False)
    pivot = forms.RegexField(
        r"\A[a-zA-Z0-9]{9,14}\Z", label=_("SIRET ou RNA"), required=False, strip=True,
        error_messages={"invalid": _("Indiquez le SIRET : 14 chiffres, sur l’avis de situation Insee ; ou le numéro RNA.")},
    )  # fmt: skip
    opened_on = forms.DateField(
        label=_("Ouvert depuis le"), required=False, widget=forms.DateInput(attrs={"data-kind": "date"})
    )
    languages = CodesChoice(words.LANGUAGES, label=_("Langues parlées"))


class WhereForm(SheetForm):
    """Where the place is."""

    commune = forms.CharField(
        label=_("Commune"), max_length=120, widget=forms.TextInput(attrs={"data-kind": "commune", "data-url": "/communes/"}),
        error_messages={"required": _("Indiquez la commune.")},
    )  # fmt: skip
    address = forms.CharField(label=_("Adresse"), max_length=200, help_text=_("Numéro et voie."),
                              error_messages={"required": _("Indiquez l’adresse : numéro et voie.")})  # fmt: skip
    complement = forms.CharField(label=_("Complément d’adresse"), max_length=200, required=False)
    postcode = forms.RegexField(r"\A\d{5}\Z", label=_("Code postal"), required=False,
                                error_messages={"invalid": _("Un code postal a cinq chiffres.")})  # fmt: skip
    lat = forms.FloatField(
        label=_("Latitude"), required=False, localize=False, help_text=_("Par exemple 49.18"), widget=forms.TextInput
    )
    lon = forms.FloatField(
        label=_("Longitude"), required=False, localize=False, help_text=_("Par exemple -0.37"), widget=forms.TextInput
    )
    premises = forms.ChoiceField(
        label=_("Titre d’occupation"),
        required=False,
        choices=[("", "…"), *((code, _(label)) for code, label in words.PREMISES.items())],
    )
    premises_until = forms.DateField(
        label=_("Fin d’occupation des locaux"), required=False, widget=forms.DateInput(attrs={"data-kind": "date"})
    )

    def clean(self) -> dict[str, Any]:
        data = dict(super().clean() or self.cleaned_data)
        if typed := data.get("commune"):
            code = re.search(r"\b(\d{5}|2[AB]\d{3})\b", typed)
            try:
                data["commune"], former = Communes().find(
                    code[1] if code else "", typed, data.get("postcode", ""), None
                )
                data["former_commune"] = former
            except Refused as refused:
                self.add_error("commune", refused.message)
        return data


class ContactForm(SheetForm):
    """How to reach the place, and its rules."""

    phone = forms.CharField(label=_("Téléphone public"), max_length=30, required=False)
    emails = Lines(
        _MAIL, _("Une adresse électronique par ligne, comme contact@exemple.fr."), label=_("Courriels publics")
    )
    websites = Lines(_LINK, _("Une adresse complète par ligne, qui commence par https://."), label=_("Sites"))
    booking_url = forms.RegexField(_LINK, label=_("Prise de rendez-vous"), required=False, max_length=300,
                                   error_messages={"invalid": _("Une adresse complète, qui commence par https://.")})  # fmt: skip
    acceslibre = forms.RegexField(_LINK, label=_("Fiche Acceslibre"), required=False, max_length=300,
                                  error_messages={"invalid": _("Une adresse complète, qui commence par https://.")})  # fmt: skip
    welcome_hours = forms.CharField(label=_("Quand quelqu’un accueille"), max_length=200, required=False)
    house_rules = forms.CharField(
        label=_("Règles de la maison"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def clean_phone(self) -> str:
        return standard.phone(str(self.cleaned_data["phone"]))


class ServicesForm(SheetForm):
    """What one finds, for whom, how."""

    services = CodesChoice(words.SERVICES, label=_("Services"))
    publics = CodesChoice(words.PUBLICS, label=_("Publics"))
    care = CodesChoice(words.CARE, label=_("Accueil particulier"))
    fees = CodesChoice(words.FEES, label=_("Frais"))
    access_modes = CodesChoice(words.ACCESS_MODES, label=_("Pour venir"))
    support = CodesChoice(words.SUPPORT, label=_("Accompagnement"))
    programmes = CodesChoice(words.PROGRAMMES, label=_("Programmes nationaux"))
    trainings = CodesChoice(words.TRAININGS, label=_("Formations et labels nationaux"))
    roaming = CodesChoice(words.ROAMING, label=_("Fixe ou itinérant"))


class CarrierForm(SheetForm):
    """The organisation that carries the place: by its SIRET, or its exact name."""

    organisation = forms.CharField(
        label=_("Organisation qui porte le lieu"), max_length=200, required=False,
        help_text=_("Son SIRET ou son nom exact. Ses responsables tiendront aussi cette fiche. Vide : aucun lien."),
    )  # fmt: skip

    def clean_organisation(self) -> Organisation | None:
        text = str(self.cleaned_data["organisation"]).strip()
        if not text:
            return None
        number = re.sub(r"[\s.]", "", text)
        chosen = Q(siret=number) if re.fullmatch(r"\d{14}", number) else Q(name__iexact=text)
        found = list(Organisation.objects.filter(chosen, state="active").order_by("pk")[:2])
        if not found:
            raise forms.ValidationError(_("Aucune organisation de ce nom ou de ce SIRET n’est inscrite ici."))
        if len(found) > 1:
            raise forms.ValidationError(_("Plusieurs organisations portent ce nom : donnez le SIRET."))
        return found[0]


SECTIONS: dict[str, tuple[Any, type[SheetForm]]] = {
    "identite": (_("Le lieu"), IdentityForm),
    "adresse": (_("L’adresse"), WhereForm),
    "contact": (_("Le contact et les règles"), ContactForm),
    "services": (_("Les services et les publics"), ServicesForm),
}


def initial(place: Place, form: type[SheetForm]) -> dict[str, Any]:
    """What the section shows first."""
    told = {name: getattr(place, name) for name in form.base_fields if name != "rev"}
    if "commune" in told:
        told["commune"] = f"{place.commune.name} ({place.commune_id})"
    return {**told, "rev": place.rev}
