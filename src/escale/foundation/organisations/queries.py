"""Who acts for which organisation, who is what for the Region, at an instant."""

from datetime import datetime

from django.db.models import QuerySet

from escale.foundation.organisations.models import Mandate, Membership, Organisation, Service
from escale.foundation.people.models import Person

OFFICERS = ("officer", "lead_officer")


def role_of(person: Person, organisation: Organisation, at: datetime) -> str | None:
    """``owner``, ``editor``, ``reader``, or None."""
    rows = Membership.objects.holding(at).filter(person=person, organisation=organisation)
    return rows.values_list("role", flat=True).first()


def organisations_of(person: Person, at: datetime, *roles: str) -> "QuerySet[Organisation]":
    """The active organisations for which the person acts, in one of ``roles`` when given."""
    rows = Membership.objects.holding(at).filter(person=person)
    rows = rows.filter(role__in=roles) if roles else rows
    return Organisation.objects.filter(pk__in=rows.values("organisation"), state="active")


def members_of(organisation: Organisation, at: datetime) -> "QuerySet[Membership]":
    """Those who act for the organisation now, persons joined."""
    return Membership.objects.holding(at).filter(organisation=organisation).select_related("person")


def services_of(person: Person, at: datetime) -> set[int]:
    """Keys of the services in which the person is an officer."""
    rows = Mandate.objects.holding(at).filter(person=person, kind__in=OFFICERS, service__isnull=False)
    return set(rows.values_list("service_id", flat=True))


def has_mandate(person: Person, kind: str, at: datetime, service: Service | None = None) -> bool:
    """Whether the person holds such a mandate (in that service)."""
    rows = Mandate.objects.holding(at).filter(person=person, kind=kind)
    return (rows.filter(service=service) if service else rows).exists()


def mandates_of(person: Person, at: datetime) -> set[str]:
    """The kinds of mandates the person holds."""
    return set(Mandate.objects.holding(at).filter(person=person).values_list("kind", flat=True))


def is_of_the_region(person: Person, at: datetime) -> bool:
    """Whether the person works for the Region: officer of any service, or administrator."""
    kinds = (*OFFICERS, "administrator", "secretary")
    return Mandate.objects.holding(at).filter(person=person, kind__in=kinds).exists()
