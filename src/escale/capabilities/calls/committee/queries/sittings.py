"""Sittings and what may be put on their agenda."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from escale.capabilities.calls.committee.models import Item, Member, Sitting
from escale.capabilities.calls.committee.policy import SittingState
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person

#: The mandates of who may be called to sit.
SITTING = ("committee", "elected", "lead_officer")
_OVER = (SittingState.CLOSED, SittingState.CANCELLED)


def whole() -> "QuerySet[Sitting]":
    """Sittings with what a page of one needs."""
    return Sitting.objects.select_related("service", "subject", "current__dossier", "created_by")


def listed(person: Person, at: datetime) -> "QuerySet[Sitting]":
    """The sittings that the person sees, the latest first, each with the number of its dossiers."""
    found = Sitting.objects.visible_to(person, at).select_related("service")
    free = Dossier.objects.free_of(person, at).values("pk")
    return found.annotate(dossiers=Count("items", filter=Q(items__dossier__in=free))).order_by("-held_at", "-pk")


def items_of(sitting: Sitting, person: Person, at: datetime) -> "QuerySet[Item]":
    """The agenda, without the dossiers in which the person has an interest."""
    free = Dossier.objects.free_of(person, at).values("pk")
    return _with_dossiers(sitting).filter(dossier__in=free)


def all_items(sitting: Sitting) -> "QuerySet[Item]":
    """The whole agenda: the session's own truth, never a page of someone."""
    return _with_dossiers(sitting)


def addable(sitting: Sitting, person: Person, at: datetime) -> "QuerySet[Dossier]":
    """The examined dossiers of the service that no sitting awaits, without those in which the person has an interest."""
    taken = Item.objects.exclude(sitting__state__in=_OVER).values("dossier")
    found = Dossier.objects.filter(service=sitting.service_id, state=State.EXAMINED).free_of(person, at)
    return found.exclude(pk__in=taken).select_related("scheme", "edition").order_by("scheme__title", "number")


def members_of(sitting: Sitting) -> list[Member]:
    """Who sits: who presides first, then by name."""
    rows = list(Member.objects.filter(sitting=sitting).select_related("person").order_by("person__name", "pk"))
    return sorted(rows, key=lambda row: ("chair", "member", "observer").index(row.role))


def callable_people(sitting: Sitting, at: datetime) -> list[Person]:
    """Who may be called and is not yet: members of the committee, elected members, heads of service."""
    held = Mandate.objects.holding(at).filter(kind__in=SITTING).values("person")
    seated = Member.objects.filter(sitting=sitting).values("person")
    return list(Person.objects.filter(pk__in=held).exclude(pk__in=seated).order_by("name", "pk"))


def _with_dossiers(sitting: Sitting) -> "QuerySet[Item]":
    rows = Item.objects.filter(sitting=sitting).prefetch_related("advices__by", "departures__member__person")
    return rows.select_related(
        "dossier__scheme", "dossier__edition", "dossier__organisation__commune", "dossier__subject", "dossier__service"
    ).order_by("dossier__scheme__title", "dossier__number")
