"""The Region's board: labels by what they are worth now, what ends soon, what is late, where they are."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from escale.capabilities.label.models import Alert, Label, Step, Visit
from escale.capabilities.label.queries import following, people
from escale.foundation.people.models import Person
from escale.rules.period import months_after

#: Months before the end from which a label is listed as ending soon, and the furthest that a campaign reaches.
SOON, FURTHEST = 6, 36
MOST = 1000


@dataclass(frozen=True)
class Asked:
    """What the board is asked: a referential's key, what labels are worth, a département, months before the end."""

    referential: str = ""
    worth: str = ""
    departement: str = ""
    months: int = SOON

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The filters as an address writes them."""
        told = [("label", self.referential), ("etat", self.worth), ("departement", self.departement)]
        return [pair for pair in told if pair[1]] + ([("mois", str(self.months))] if self.months != SOON else [])


@dataclass(frozen=True)
class Board:
    """What the Region sees of its labels at an instant."""

    counts: dict[str, int]
    soon: list[Label]
    alerts: list[Alert]
    late: list[Step]
    unreported: list[tuple[Label, int]]
    visits: list[Visit]
    listed: list[Label]
    coverage: list[tuple[str, str, int]] = field(default_factory=list)


def worth(at: datetime) -> Case:
    """``Label.checked`` for a query: one of ``wording.CHECKED``."""
    return Case(
        When(state="held", until__lte=at, then=Value("expired")),
        When(state="held", since__gt=at, then=Value("coming")),
        When(state="held", then=Value("valid")),
        When(state="lapsed", then=Value("expired")),
        default="state",
        output_field=CharField(),
    )


def labels(person: Person, at: datetime, asked: Asked) -> "QuerySet[Label]":
    """The labels asked for, each with ``worth``, in one order for page and exports."""
    rows = Label.objects.visible_to(person, at).annotate(worth=worth(at))
    rows = rows.filter(referential__key=asked.referential) if asked.referential else rows
    rows = rows.filter(worth=asked.worth) if asked.worth else rows
    rows = rows.filter(place__commune__departement=asked.departement) if asked.departement else rows
    return rows.select_related("place__commune", "referential", "edition", "subject", "place__carrier").order_by(
        "place__name", "number"
    )


def ending(person: Person, at: datetime, asked: Asked) -> "QuerySet[Label]":
    """Valid labels that end within the months asked, the first to end first."""
    until = following.midnight(months_after(people.paris(at), asked.months))
    rows = labels(person, at, Asked(asked.referential, "valid", asked.departement))
    return rows.filter(until__lte=until).order_by("until", "number")


def board(person: Person, at: datetime, asked: Asked) -> Board:
    """A constant number of queries, but for labels of more than a year."""
    seen: Any = labels(person, at, asked)  # annotated with ``worth``
    counts = dict(seen.order_by("worth").values_list("worth").annotate(n=Count("pk")))
    alerts = Alert.objects.filter(ended_at__isnull=True, label__in=seen.values("pk"))
    late = Step.objects.filter(done_at__isnull=True, due_on__lt=people.paris(at), label__in=seen.values("pk"))
    visits = Visit.objects.visible_to(person, at).filter(state="planned")
    visits = visits.filter(referential__key=asked.referential) if asked.referential else visits
    return Board(
        counts=counts,
        soon=list(ending(person, at, asked)[:MOST]),
        alerts=list(alerts.select_related("label__place", "label__referential")[:MOST]),
        late=list(late.filter(label__state__in=("held", "suspended")).select_related("label__place")[:MOST]),
        unreported=unreported(seen, at),
        visits=list(visits.select_related("place", "visitor", "referential")[:MOST]),
        listed=list(seen[:MOST]),
        coverage=coverage(seen),
    )


def unreported(seen: Any, at: datetime) -> list[tuple[Label, int]]:
    """Valid labels whose last year has no report, with that year."""
    told = []
    old = seen.filter(Q(worth="valid"), since__lte=following.midnight(months_after(people.paris(at), -12)))
    for label in old.prefetch_related("reports")[:MOST]:
        year = following.year_of(label, at)
        if year and year not in {one.year for one in label.reports.all()}:
            told.append((label, year))
    return told


def coverage(seen: Any) -> list[tuple[str, str, int]]:
    """Valid labels by label and département."""
    rows = seen.filter(worth="valid").values_list("referential__title", "place__commune__departement", "place")
    counted = Counter((title, departement) for title, departement, _place in rows)
    return [(title, departement, n) for (title, departement), n in sorted(counted.items())]


def facts(rows: list[Label]) -> dict[str, dict[int, Any]]:
    """What a table adds to each label, in three queries: open alerts, last visit, next visit."""
    pks = [one.pk for one in rows]
    alerts = Counter(Alert.objects.filter(label__in=pks, ended_at__isnull=True).values_list("label", flat=True))
    places = {(one.place_id, one.referential_id): one.pk for one in rows}
    last: dict[int, Any] = {}
    coming: dict[int, Any] = {}
    visits = Visit.objects.filter(place__in=[one.place_id for one in rows]).order_by("planned_for", "pk")
    for place, referential, state, day, planned in visits.values_list(
        "place", "referential", "state", "visited_on", "planned_for"
    ):
        pk = places.get((place, referential))
        if pk is not None and state == "reported":
            last[pk] = day
        elif pk is not None and state == "planned":
            coming.setdefault(pk, planned)
    return {"alerts": dict(alerts), "last": last, "coming": coming}
