"""What stands around the desk's list: calls, officers, views kept, who has what open, what awaits me."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction.models import Opening, SavedView, Specialty
from escale.capabilities.calls.instruction.queries.asking import SCOPES, Ask
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.questions import Block, Kind

#: Someone who opened a sheet this long ago is still told of.
STILL_OPEN = timedelta(minutes=15)


def schemes_of(services: Iterable[int]) -> list[Scheme]:
    """The calls of these services, by title."""
    return list(
        Scheme.objects.filter(service__in=services).select_related("edition", "service").order_by("title", "pk")
    )


def tabs(ask: Ask, schemes: Iterable[Scheme]) -> list[tuple[Any, str, bool]]:
    """Mine, all, and one tab for each of the person's services that has calls, when there are several."""
    found: list[tuple[Any, str, bool]] = [
        (SCOPES[scope], f"?{ask.address(scope=scope, service='')}", ask.scope == scope and not ask.service)
        for scope in ("mine", "all")
    ]
    services = {one.service_id: one.service.name for one in schemes if one.service}
    for key, name in sorted(services.items(), key=lambda pair: pair[1]) if len(services) > 1 else ():
        found.append((name, f"?{ask.address(scope='all', service=str(key))}", ask.service == str(key)))
    return found


def officers_of(services: Iterable[int], at: datetime) -> list[Person]:
    """The officers of these services, by name."""
    rows = Mandate.objects.holding(at).filter(service__in=services, kind__in=organisations.OFFICERS)
    return list(Person.objects.filter(pk__in=rows.values("person")).order_by("name", "pk"))


def views_of(person: Person, services: Iterable[int]) -> "QuerySet[SavedView]":
    """The person's views and those shared with their services."""
    return (
        SavedView.objects.filter(Q(owner=person) | Q(service__in=services))
        .select_related("owner")
        .order_by("name", "pk")
    )


def opened(dossiers: list[Dossier], person: Person, at: datetime) -> dict[int, str]:
    """By dossier: who else has it open, in words."""
    rows = Opening.objects.filter(dossier__in=[one.pk for one in dossiers], at__gt=at - STILL_OPEN)
    found: dict[int, str] = {}
    for row in rows.exclude(person=person).select_related("person").order_by("-at"):
        found.setdefault(row.dossier_id, told(row, at))
    return found


def told(row: Opening, at: datetime) -> str:
    """« Ouvert par Samira Haddad il y a 3 min »."""
    minutes = max(0, int((at - row.at).total_seconds() // 60))
    if minutes == 0:
        return _("Ouvert par {name} à l’instant").format(name=row.person.name)
    sentence = ngettext("Ouvert par {name} il y a {n} min", "Ouvert par {name} il y a {n} min", minutes)
    return sentence.format(name=row.person.name, n=minutes)


@dataclass(frozen=True)
class Asked:
    """What the desk knows of the call it is asked about: the labels of its answers, the typed column in which each is
    compared, whether its dossiers are scored.
    """

    labels: dict[str, str] = field(default_factory=dict)
    compared: dict[str, str] = field(default_factory=dict)
    scored: bool = False


#: Kind of a question → the typed column of its answers; texts for the others.
COMPARED = {Kind.NUMBER: "number", Kind.WHOLE: "number", Kind.AMOUNT: "number", Kind.DATE: "day"}


def asked_of(scheme: Scheme | None) -> Asked:
    """What is known of a call, its questions that may be columns among it. One query."""
    if scheme is None or scheme.edition is None:
        return Asked()
    call = call_of(scheme.edition)
    labels, compared = {}, {}
    for code in call.rules.questions:
        item = call.form.items.get(code)
        if item is not None and not isinstance(item, Block) and item.kind is not Kind.STATEMENT:
            labels[code], compared[code] = item.label, COMPARED.get(item.kind, "text")
    return Asked(labels, compared, bool(call.document.get("scoring")))


def due_soon(person: Person, at: datetime, services: set[int], most: int = 4) -> list[Dossier]:
    """What awaits the person first: their dossiers whose legal date comes, the most pressing first."""
    mine = Dossier.objects.handled_by(person, at, services).filter(
        officer=person, awaited="service", due_at__isnull=False
    )
    return list(mine.order_by("due_at", "pk")[:most])


def context(person: Person, at: datetime, services: set[int]) -> dict[str, Any]:
    """Calls, officers and views of the person's services."""
    return {
        "schemes": schemes_of(services),
        "officers": officers_of(services, at),
        "views": list(views_of(person, services)),
    }


def themes_of(services: Iterable[int]) -> list[tuple[str, str]]:
    """The themes of the services' calls: code, label, once each."""
    found: dict[str, str] = {}
    for scheme in schemes_of(services):
        for one in call_of(scheme.edition).document.get("themes", []) if scheme.edition else []:
            found.setdefault(one["code"], one["label"])
    return sorted(found.items(), key=lambda pair: pair[1])


def specialties(person: Person) -> list[str]:
    """The themes that the person takes first."""
    return list(Specialty.objects.filter(person=person).order_by("theme").values_list("theme", flat=True).distinct())
