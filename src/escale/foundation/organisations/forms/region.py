"""The Region's own people, as an administrator types them: services, persons, dated mandates."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from escale.foundation.organisations import wording
from escale.foundation.organisations.forms.naming import OrganisationField
from escale.foundation.organisations.models import Service
from escale.foundation.territory.forms import CommuneField
from escale.rules.figures import PARIS

_ADDRESS = _("Indiquez une adresse électronique complète, comme prenom.nom@region.fr.")
_DAY = _("Indiquez la date comme 31/12/2026.")
#: Mandates that belong to a service, and those of people who also sit elsewhere.
OF_A_SERVICE = ("officer", "lead_officer")
SEAT_ELSEWHERE = ("committee", "elected")


class ServiceForm(forms.Form):
    """A service: the code that schemes write, its name, how to reach it."""

    key = forms.SlugField(
        label=_("Code"), max_length=40,
        help_text=_("Court, sans accent ni espace, comme numerique : les fichiers d’appels l’écrivent. Il ne change plus."),
        error_messages={
            "required": _("Indiquez un code."),
            "invalid": _("Lettres sans accent, chiffres et tirets seulement."),
        },
    )  # fmt: skip
    name = forms.CharField(
        label=_("Nom"), max_length=150, error_messages={"required": _("Indiquez le nom du service.")}
    )
    email = forms.EmailField(
        label=_("Adresse électronique"), max_length=254, required=False, error_messages={"invalid": _ADDRESS}
    )
    phone = forms.CharField(label=_("Téléphone"), max_length=20, required=False)

    def __init__(self, *args: Any, kept: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kept:
            del self.fields["key"]


class PersonForm(forms.Form):
    """Someone who works with the Region. The address signs in; it is then theirs to change."""

    name = forms.CharField(
        label=_("Prénom et nom"), max_length=200, error_messages={"required": _("Indiquez le prénom et le nom.")}
    )
    email = forms.EmailField(
        label=_("Adresse électronique"), max_length=254, help_text=_("La personne se connecte avec elle, par un code."),
        error_messages={"required": _ADDRESS, "invalid": _ADDRESS},
    )  # fmt: skip
    phone = forms.CharField(label=_("Téléphone"), max_length=30, required=False)

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["email"]


def _day(**kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"data-kind": "date"})
    errors = {"invalid": _DAY, "required": _DAY}
    return forms.DateField(input_formats=["%Y-%m-%d", "%d/%m/%Y"], widget=widget, error_messages=errors, **kwargs)


class MandateForm(forms.Form):
    """What someone is for the Region, where, from when to when."""

    kind = forms.ChoiceField(
        label=_("Fonction"), choices=list(wording.MANDATES.items()), widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la fonction."), "invalid_choice": _("Choisissez la fonction.")},
    )  # fmt: skip
    service = forms.ModelChoiceField(
        Service.objects.all(), label=_("Service"), required=False, empty_label=_("Aucun"),
        help_text=_("Pour une mission d’instruction : la personne lit les dossiers de ce service, d’aucun autre. Pour une délégation de signature : les lettres de ce service seul."),
        error_messages={"invalid_choice": _("Choisissez le service dans la liste.")},
    )  # fmt: skip
    since = _day(label=_("À partir du"))
    until = _day(label=_("Jusqu’au"), required=False, help_text=_("Ce jour compris. Vide : jusqu’à nouvel ordre."))
    commune = CommuneField(
        label=_("Commune où la personne siège aussi"), required=False,
        help_text=_("Pour une personne élue : elle se retire quand un dossier vient de là."),
    )  # fmt: skip
    organisation = OrganisationField(label=_("Organisation où la personne siège aussi"), required=False)
    reference = forms.CharField(
        label=_("Acte de désignation"),
        max_length=200,
        required=False,
        help_text=_("Arrêté, délibération : numéro et date."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind in OF_A_SERVICE and not given.get("service") and "service" not in self.errors:
            self.add_error("service", _("Choisissez le service : cette fonction s’exerce dans un service."))
        if kind == "signatory" and not given.get("reference"):
            self.add_error("reference", _("Indiquez l’arrêté de délégation : les lettres signées le citent."))
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("La fin vient avant le début : vérifiez les deux dates."))
        return given

    def where(self) -> dict[str, Any]:
        """What the chosen kind takes of the places; the others are left aside."""
        given, kind = self.cleaned_data, self.cleaned_data["kind"]
        found = {"service": given["service"]} if kind in OF_A_SERVICE or kind == "signatory" else {}
        if kind in SEAT_ELSEWHERE:
            found |= {"commune": given["commune"], "organisation": given["organisation"]}
        return found


class EndForm(forms.Form):
    """The last day of a mandate; nothing means now."""

    until = _day(label=_("Dernier jour"), required=False, help_text=_("Ce jour compris. Vide : tout de suite."))


def begins(day: date, at: datetime) -> datetime:
    """The instant at which what begins on ``day`` begins: now when it is today, else midnight in Paris."""
    return at if day == at.astimezone(PARIS).date() else datetime.combine(day, time(), PARIS)


def ends(day: date | None) -> datetime | None:
    """The instant at which what holds until ``day`` included ends: the midnight that follows."""
    return datetime.combine(day + timedelta(days=1), time(), PARIS) if day else None
