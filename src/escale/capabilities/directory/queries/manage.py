"""What the people of a place see first: today, what is missing, what waits for them."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.rules.places import NEEDS


def steps(place: Place) -> list[dict[str, Any]]:
    """The sections of the page in order, each with what it still lacks."""
    return [
        _step(place, _("Le lieu"), "identite", _lacking(place, {"kinds": _("la sorte de lieu"), "summary": _("une phrase"), "opened_on": _("la date d’ouverture"), "pivot": _("le SIRET")})),
        _step(place, _("L’adresse"), "adresse", _lacking(place, {"address": _("l’adresse"), "postcode": _("le code postal"), "lon": _("le point sur la carte")})),
        _step(place, _("Les horaires"), "set-hours", [] if places.weeks(place) else [_("les horaires")]),
        _step(place, _("Espaces, équipement, accessibilité"), "furnish", _inside(place)),
        _step(place, _("Les tarifs"), "price", [] if list(place.tariffs.all()) else [_("un tarif, ou « gratuit »")]),
        _step(place, _("Qui accueille"), "name-people", [] if list(place.staff.all()) else [_("une personne")]),
        _step(place, _("Les services et les publics"), "services", _lacking(place, {"services": _("les services"), "publics": _("les publics")})),
        _step(place, _("Le contact et les règles"), "contact", _lacking(place, {"phone": _("le téléphone"), "emails": _("un courriel")})),
        _step(place, _("Les photos"), "add-photo", [] if list(place.photos.all()) else [_("une photo")]),
    ]  # fmt: skip


def first_missing(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Where to go next: the first section that lacks something."""
    return next((one for one in found if one["missing"]), None)


def waiting(place: Place) -> int:
    """How many reports of visitors nobody read yet."""
    return place.reports.filter(state="new").count()


def origins(place: Place) -> list[tuple[str, str, str]]:
    """(value in words, who said it, which day) of each value whose source is known."""
    told = []
    for name, said in sorted(place.origins.items()):
        field = next((one for one in Place._meta.fields if one.name == name), None)
        label = _("horaires") if name == "hours" else str(field.verbose_name) if field else name
        source = _("écrit sur la fiche") if said.get("source") == "page" else str(said.get("source", ""))
        day = date.fromisoformat(said["on"]).strftime("%d/%m/%Y") if said.get("on") else ""
        told.append((label, source, day))
    return told


def closures_ahead(place: Place, at: datetime) -> list[Any]:
    """The closures of today and later."""
    return [one for one in place.closures.all() if one.until > at.date()]


def _step(place: Place, label: str, where: str, missing: list[str]) -> dict[str, Any]:
    acts = ("set-hours", "furnish", "price", "name-people", "add-photo")
    url = (
        reverse(f"place-{where}", args=[place.slug])
        if where in acts
        else reverse("place-edit", args=[place.slug, where])
    )
    words = _("Il manque : {what}").format(what=", ".join(missing)) if missing else ""
    return {"label": label, "url": url, "state": "empty" if missing else "complete", "missing": words, "current": False}


def _lacking(place: Place, wanted: dict[str, str]) -> list[str]:
    return [words for name, words in wanted.items() if getattr(place, name) in ("", None, ())]


def _inside(place: Place) -> list[str]:
    missing = []
    if not list(place.spaces.all()):
        missing.append(_("les espaces"))
    said = {one.need for one in place.access.all()}
    if "step_free" not in said:
        missing.append(_("l’accès de plain-pied"))
    unsaid = len(NEEDS) - len(said)
    if unsaid and "step_free" in said and unsaid > len(NEEDS) // 2:
        missing.append(_("{n} réponses d’accessibilité").format(n=unsaid))
    return missing
