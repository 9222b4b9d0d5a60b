"""The Region's board: labels by state, those that end soon, alerts open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from escale.capabilities.label.models import Alert, Label
from escale.foundation.people.models import Person

SOON = timedelta(days=180)


@dataclass(frozen=True)
class Board:
    """What the Region sees of its labels at an instant."""

    valid: int
    suspended: int
    expired: int
    soon: list[Label]
    alerts: list[Alert]
    listed: list[Label]


def board(person: Person, at: datetime) -> Board:
    """A constant number of queries."""
    seen = Label.objects.visible_to(person, at)
    counts = seen.aggregate(
        valid=Count("pk", filter=Q(state="held", since__lte=at, until__gt=at)),
        suspended=Count("pk", filter=Q(state="suspended")),
        expired=Count("pk", filter=Q(state="held", until__lte=at)),
    )
    joined = seen.select_related("place__commune", "referential")
    soon = joined.valid(at).filter(until__lte=at + SOON).order_by("until", "pk")
    alerts = Alert.objects.filter(ended_at__isnull=True, label__in=seen).select_related(
        "label__place", "label__referential"
    )
    return Board(
        counts["valid"],
        counts["suspended"],
        counts["expired"],
        list(soon[:100]),
        list(alerts[:200]),
        list(joined[:500]),
    )
