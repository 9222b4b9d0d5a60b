"""Arranging one's desk: views kept, absences, specialties, who has what open."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.instruction.models import Absence, Opening, SavedView, Specialty
from escale.capabilities.calls.instruction.queries.asking import Ask
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person
from escale.rules.refusal import NoHat, Refused, Unknown


def keep_view(ask: Ask, *, name: str, shared: bool, by: Person, at: datetime) -> SavedView:
    """Keeps a view; the same name replaces it. Shared: with the first of the person's services."""
    services = sorted(organisations.services_of(by, at))
    if not services:
        raise NoHat
    query = ask.address()
    if len(query) > 1000:
        raise Refused("too_long", _("Cette vue a trop de filtres pour être gardée : enlevez-en quelques-uns."))
    values = {"query": query, "service_id": services[0] if shared else None}
    view, _made = SavedView.objects.update_or_create(owner=by, name=name, defaults=values)
    return view


def forget_view(pk: int, *, by: Person) -> None:
    """Forgets a view of one's own; those of others are unknown."""
    if not SavedView.objects.filter(pk=pk, owner=by).delete()[0]:
        raise Unknown


def open_sheet(dossier: Dossier, *, by: Person, at: datetime) -> list[Opening]:
    """Notes that the sheet was opened; gives the latest openings of others."""
    others = list(
        Opening.objects.filter(dossier=dossier).exclude(person=by).select_related("person").order_by("-at")[:3]
    )
    Opening.objects.bulk_create(
        [Opening(dossier=dossier, person=by, at=at)],
        update_conflicts=True, unique_fields=["dossier", "person"], update_fields=["at"],
    )  # fmt: skip
    return others


def go_away(*, replacement: Person, since: datetime, until: datetime, by: Person, at: datetime) -> Absence:
    """Says when one is away and who sees to one's dossiers meanwhile: someone of one of the same services."""
    shared = organisations.services_of(by, at) & organisations.services_of(replacement, at)
    if replacement.pk == by.pk or not shared:
        sentence = _("{name} ne peut pas vous remplacer : choisissez quelqu’un de votre service.")
        raise Refused("not_a_colleague", sentence.format(name=replacement.name))
    if until <= since:
        raise Refused("impossible_dates", _("Le retour précède le départ : corrigez les dates."))
    return Absence.objects.create(person=by, replacement=replacement, since=since, until=until)


def come_back(*, by: Person, at: datetime) -> None:
    """Ends one's absences now."""
    with transaction.atomic():
        Absence.objects.filter(person=by, since__lt=at, until__gt=at).update(until=at)
        Absence.objects.filter(person=by, since__gte=at).delete()


def set_specialties(person: Person, service: Service, themes: list[str], *, by: Person, at: datetime) -> None:
    """Says which themes an officer takes first; the head of the service says it, or the officer."""
    lead = organisations.has_mandate(by, "lead_officer", at, service)
    if service.pk not in organisations.services_of(person, at) or (by.pk != person.pk and not lead):
        raise NoHat
    with transaction.atomic():
        Specialty.objects.filter(person=person, service=service).delete()
        Specialty.objects.bulk_create(
            [Specialty(person=person, service=service, theme=one[:60]) for one in dict.fromkeys(themes)]
        )
