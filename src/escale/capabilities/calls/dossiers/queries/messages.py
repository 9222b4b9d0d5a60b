"""Messages of a dossier, and which of them someone has not read."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from escale.capabilities.calls.dossiers.models import Dossier, MailChoice, Message, Pace, Reading, Side
from escale.capabilities.calls.dossiers.models.conflict import interested
from escale.capabilities.calls.dossiers.policy import Hat
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person


def of(dossier: Dossier) -> "QuerySet[Message]":
    """The messages of a dossier in order, with their authors and files."""
    found = Message.objects.filter(dossier=dossier).select_related("by")
    return found.prefetch_related("files__document").order_by("pk")


def unread(person: Person) -> "QuerySet[Message]":
    """The messages of others that the person has not had before them, of any dossier: narrow it further."""
    seen = Reading.objects.filter(person=person, dossier=OuterRef("dossier")).values("upto")[:1]
    found = Message.objects.exclude(by=person).annotate(seen=Coalesce(Subquery(seen), 0))
    return found.filter(pk__gt=F("seen"))


def unread_counts(person: Person, dossiers: Iterable[Dossier]) -> dict[int, int]:
    """Dossier key → how many unread messages, in one query; those without any are left out."""
    rows = unread(person).filter(dossier__in=[one.pk for one in dossiers]).order_by("dossier")
    return dict(rows.values("dossier").annotate(n=Count("pk")).values_list("dossier", "n"))


def side_of(dossier: Dossier, person: Person, at: datetime) -> Side:
    """For whom the person writes: the applicant's hat wins over the service's."""
    return Side.SERVICE if set(dossier.hats_of(person, at)) == {Hat.OFFICER} else Side.APPLICANT


def other_side(dossier: Dossier, side: Side, at: datetime) -> "QuerySet[Person]":
    """Who is told of a message that ``side`` wrote: those who act for the organisation; or the officer to whom the
    dossier is given, as long as they may read it, else all of its service's.
    """
    if side is Side.SERVICE:
        members = organisations.members_of(dossier.organisation, at).values("person")
        return Person.objects.filter(pk__in=members, is_active=True).order_by("pk")
    mandates = Mandate.objects.holding(at).filter(
        service=dossier.service_id or dossier.scheme.service_id, kind__in=organisations.OFFICERS
    )
    found = Person.objects.filter(pk__in=mandates.values("person"), is_active=True)
    found = found.exclude(pk__in=interested(dossier.pk, at).values("pk")).order_by("pk")
    if dossier.officer_id is None:
        return found
    handling = found.filter(pk=dossier.officer_id)
    return handling if handling.exists() else found


def pace_of(person: Person) -> Pace:
    """How often the person wants mail about messages."""
    chosen = MailChoice.objects.filter(person=person).values_list("pace", flat=True).first()
    return Pace(chosen) if chosen else Pace.NOW
