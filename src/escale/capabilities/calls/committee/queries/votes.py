"""Votes, and whose service they are of."""

from datetime import datetime

from django.db.models import QuerySet

from escale.capabilities.calls.committee.models import Sitting, Vote, VoteLine
from escale.capabilities.calls.committee.policy import SittingState
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person


def whole() -> "QuerySet[Vote]":
    """Votes with what a page of one needs."""
    return Vote.objects.select_related("service", "subject", "sitting", "evidence", "created_by", "recorded_by")


def listed(person: Person, at: datetime) -> "QuerySet[Vote]":
    """The votes that the person sees, the latest first, without count nor sum: they would tell of what is not shown."""
    return Vote.objects.visible_to(person, at).select_related("service").order_by("-created_at", "-pk")


def lines_of(vote: Vote, person: Person, at: datetime) -> "QuerySet[VoteLine]":
    """The annex, without the dossiers in which the person has an interest."""
    free = Dossier.objects.free_of(person, at).values("pk")
    return whole_lines(vote).filter(dossier__in=free)


def whole_lines(vote: Vote) -> "QuerySet[VoteLine]":
    """The whole annex, in its order: the vote's own truth, never a page of someone."""
    rows = VoteLine.objects.filter(vote=vote).select_related(
        "dossier__scheme__edition", "dossier__edition", "dossier__organisation__commune", "vote"
    )
    return rows.prefetch_related("shares", "releases", "recusals__person").order_by(
        "dossier__scheme__title", "position", "dossier__number"
    )


def votable(vote: Vote, person: Person, at: datetime) -> dict[str, Dossier]:
    """By number: the dossiers of the vote's service that a vote may decide, and that the person may see."""
    rows = Dossier.objects.filter(service=vote.service_id, state__in=(State.EXAMINED, State.ADVISED))
    return {one.number: one for one in rows.free_of(person, at)}


def services_for(person: Person, at: datetime) -> list[Service]:
    """The services for which the person holds sittings and prepares votes: theirs, all for the secretary."""
    if organisations.has_mandate(person, "secretary", at):
        return list(Service.objects.order_by("name", "pk"))
    return list(Service.objects.filter(pk__in=organisations.services_of(person, at)).order_by("name", "pk"))


def sittings_to_vote(services: list[Service]) -> list[Sitting]:
    """The closed sittings of these services, the latest first."""
    found = Sitting.objects.filter(service__in=services, state=SittingState.CLOSED).select_related("service")
    return list(found.order_by("-held_at", "-pk")[:50])
