"""What pages of organisations share: the sheet as pairs, acts of whoever looks, what someone else changed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from escale.foundation.journal.models import Entry
from escale.foundation.organisations import wording
from escale.foundation.organisations.models import Mandate, Organisation
from escale.foundation.people.models import Person
from escale.foundation.territory.models import Commune
from escale.rules.legal import LEGAL_FORMS, SIZES
from escale.ui import figures

_CHOICES: dict[str, dict[str, Any]] = {"legal_form": LEGAL_FORMS, "size": SIZES, "vat": wording.VAT}


def shown(name: str, value: Any) -> str:
    """A value of the sheet in words; a dash when it is unknown."""
    match value:
        case None | "" | False:
            return "–" if value is not False else _("non")
        case True:
            return _("oui")
        case Decimal():
            return figures.number(value, 0 if value == value.to_integral() else 2)
        case date():
            return figures.day(value, week=False)
        case Commune():
            return f"{value.name} ({value.code})"
    if name == "siret":
        return f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}"
    return str(_CHOICES.get(name, {}).get(value, value))


def facts(organisation: Organisation) -> list[tuple[str, str]]:
    """The sheet as pairs, without what is unknown and does not matter for its legal form."""
    pairs = [
        (_("Forme juridique"), "legal_form"), ("SIRET", "siret"), ("RNA", "rna"), (_("Commune du siège"), "commune"),
        (_("Date de création"), "created_on"), (_("Effectif en équivalents temps plein"), "fte"),
        (_("Taille"), "size"), (_("TVA"), "vat"),
        (_("Part de TVA récupérée (%)"), "vat_recovered"),
    ]  # fmt: skip
    found = [(label, shown(name, getattr(organisation, name))) for label, name in pairs]
    if organisation.is_ess:
        found.append((_("Économie sociale et solidaire"), _("oui")))
    place = " ".join(part for part in (organisation.address, organisation.postcode) if part)
    who = ", ".join(part for part in (organisation.representative, organisation.quality) if part)
    found += [(_("Adresse"), place or "–"), (_("Représentée par"), who or "–")]
    return [pair for pair in found if pair[1] != "–"]


def missing(organisation: Organisation) -> list[str]:
    """What most calls ask and the sheet does not say yet, in words."""
    asked = [
        ("siret", _("le SIRET")),
        ("vat", _("la TVA")),
        ("representative", _("le représentant ou la représentante légale")),
    ]
    return [label for name, label in asked if not getattr(organisation, name)]


@dataclass(frozen=True)
class Difference:
    """A field that the sheet now tells otherwise than what was typed."""

    label: str
    now: str
    field: str


def differences(form: forms.Form, fresh: Organisation) -> list[Difference]:
    """Field by field, what the sheet says now where it differs from what was typed."""
    return [
        Difference(str(form.fields[name].label), shown(name, getattr(fresh, name)), f"field-{name}")
        for name, typed in form.cleaned_data.items()
        if hasattr(fresh, name) and getattr(fresh, name) != typed
    ]


def acts_of(organisation: Organisation, person: Person, at: datetime) -> set[str]:
    """The acts that the person may do to the organisation as it stands."""
    hats = list(organisation.hats_of(person, at))
    return {row.name for row in organisation.POLICY.open_to(hats=hats, state=organisation.state)}


def told(entries: list[Entry]) -> list[dict[str, Any]]:
    """Lines of the journal in words, for a timeline."""
    words = {**wording.ORGANISATION.acts, "create": _("Création de la fiche")}
    return [
        {
            "at": entry.at,
            "what": words.get(entry.act, entry.act),
            "by": entry.by or "",
            "note": entry.note,
            "state": "past",
        }
        for entry in entries
    ]


def told_region(entries: list[Entry]) -> list[dict[str, Any]]:
    """Lines of the Region's journal in words: the mandate and the person, when they can still be named."""
    keys = {entry.data.get("person") for entry in entries if entry.data.get("person")}
    names = {str(one.key): str(one) for one in Person.objects.filter(key__in=keys)}
    words = {**wording.REGION.acts, "create": _("Installation")}
    lines = []
    for entry in entries:
        data = entry.data
        parts = (
            names.get(data.get("person", "")),
            wording.MANDATES.get(data.get("kind", "")),
            data.get("service"),
            entry.note,
        )
        note = " · ".join(str(part) for part in parts if part)
        by = entry.by or _("commande d’installation")
        lines.append({"at": entry.at, "what": words.get(entry.act, entry.act), "by": by, "note": note, "state": "past"})
    return lines


@dataclass(frozen=True)
class Mandated:
    """Someone with mandates: those that hold, those to come, those that ended."""

    person: Person
    holding: list[Mandate]
    coming: list[Mandate]
    ended: list[Mandate]


def mandated(person: Person, at: datetime) -> Mandated:
    """Sorts the mandates of a person read with ``queries.with_mandates``."""
    rows = list(person.mandates.all())
    ended = [row for row in rows if row.until and row.until <= at]
    coming = [row for row in rows if row.since > at and row not in ended]
    return Mandated(person, [row for row in rows if row not in ended and row not in coming], coming, ended)
