"""Who must be told of what happens to a place's label."""

from datetime import date, datetime, timedelta

from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person
from escale.foundation.places.models import Place
from escale.rules.figures import PARIS


def keepers(place: Place, at: datetime) -> list[Person]:
    """Who keeps the place's page: its stewards, and those who act for its organisation; each once."""
    people = [one.person for one in place.stewards.holding(at).select_related("person")]
    if place.carrier is not None:
        members = organisations.members_of(place.carrier, at).exclude(role="reader")
        people += [one.person for one in members]
    return list({one.pk: one for one in people}.values())


def leads(at: datetime) -> list[Person]:
    """The heads of service of the Region; each once."""
    rows = Mandate.objects.holding(at).filter(kind="lead_officer").select_related("person").order_by("pk")
    return list({one.person_id: one.person for one in rows}.values())


def paris(at: datetime) -> date:
    """The day in Paris."""
    return at.astimezone(PARIS).date()


def last_instant(until: datetime) -> datetime:
    """The last minute of what ends before ``until``: people read « jusqu’au 2 mars à 23 h 59 »."""
    return until - timedelta(minutes=1)
