"""Reads of places: their hours as the rules want them, what is open where, facts for other services."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import DateField, Q, QuerySet

from escale.foundation.places.models import OldAddress, Place, SchoolHoliday, Standing
from escale.foundation.prepared import Prepared, Slot
from escale.rules import hours
from escale.rules.doors import LOOK_AHEAD
from escale.rules.holidays import Period
from escale.rules.school import zone_of

type Holidays = dict[str, list[Period]]


def holidays() -> Holidays:
    """School holidays by zone, all of them, in one query."""
    return _by_zone(SchoolHoliday.objects.values_list("zone", "first", "until"))


def holidays_near(at: datetime) -> Holidays:
    """Those that can matter to what a door says at ``at``: from two days before to as far ahead as it looks."""
    day = at.date()
    return holidays_between(day - timedelta(days=2), day + timedelta(days=LOOK_AHEAD + 2))


def holidays_between(first: date, until: date) -> Holidays:
    """Those of which a day lies between ``first`` and ``until``, which is excluded."""
    return _by_zone(_NEAR.rows(first=first, until=until))


def _near() -> "QuerySet[SchoolHoliday, tuple[str, date, date]]":
    rows = SchoolHoliday.objects.filter(until__gt=Slot("first", DateField()), first__lt=Slot("until", DateField()))
    return rows.order_by().values_list("zone", "first", "until")


_NEAR: Prepared[SchoolHoliday, tuple[str, date, date]] = Prepared(_near)


def _by_zone(rows: Iterable[tuple[str, date, date]]) -> Holidays:
    found: Holidays = {}
    for zone, first, until in rows:
        found.setdefault(zone, []).append(Period(first, until))
    return found


def zone(place: Place) -> str:
    """The school zone of the place."""
    return zone_of(place.commune.departement)


def whole(places: "QuerySet[Place]") -> "QuerySet[Place]":
    """With everything that a page or an export shows: a constant number of queries."""
    return places.select_related("commune", "carrier", "subject").prefetch_related(
        "weeks__openings", "closures", "spaces__part_of", "equipment", "tariffs", "access", "staff", "standings",
        "photos__document",
    )  # fmt: skip


def weeks(place: Place) -> dict[hours.Regime, hours.Week]:
    """The weeks of the place by regime."""
    found: dict[hours.Regime, hours.Week] = {}
    for row in place.weeks.all():
        days: dict[int, list[tuple[int, int]]] = {}
        for one in row.openings.all():
            days.setdefault(one.weekday, []).append((one.start, one.end))
        found[hours.Regime(row.regime)] = hours.week(days)
    return found


def opening(place: Place, calendar: Holidays) -> hours.Opening:
    """All that decides when the place is open."""
    return hours.Opening(
        weeks=weeks(place),
        closures=[
            hours.Closure(one.first, one.until, one.reason, one.ordered_by_government) for one in place.closures.all()
        ],
        school_holidays=calendar.get(zone(place), ()),
        open_on_public_holidays=place.open_on_public_holidays,
    )


def ordinary_week(found: dict[hours.Regime, hours.Week]) -> hours.Week | None:
    """The week that holds in ordinary times: all year, else school time; None when no hours are known."""
    return found.get(hours.Regime.NORMAL) or found.get(hours.Regime.SCHOOL)


def facts(place: Place) -> dict[str, object]:
    """``place.opened_on``, ``place.hours_per_week`` (decimal text) and ``place.days_per_week`` of conditions.

    What is not known is absent. The week counted is that of ordinary times (issue of the label: "in normal times").
    """
    told: dict[str, object] = {}
    if place.opened_on:
        told["place.opened_on"] = place.opened_on.isoformat()
    if (week := ordinary_week(weeks(place))) is not None:
        told["place.hours_per_week"] = f"{hours.minutes_a_week(week) / 60:g}"
        told["place.days_per_week"] = hours.days_a_week(week)
    return told


def facts_of_carrier(siret: str) -> dict[str, object]:
    """The facts of the one living place that the organisation of this SIRET carries; nothing when it carries none, or
    several, since nobody said which.
    """
    if len(siret) != 14:
        return {}
    carried = Place.objects.filter(Q(carrier__siret=siret) | Q(pivot=siret), state__in=("draft", "listed"))
    found = list(carried.order_by("pk").prefetch_related("weeks__openings")[:2])
    return facts(found[0]) if len(found) == 1 else {}


def by_address(slug: str) -> Place | None:
    """The place at this address of today or of yesterday."""
    found = Place.objects.filter(slug=slug).first()
    if found is None:
        old = OldAddress.objects.filter(slug=slug).select_related("place").first()
        found = old.place if old else None
    return found


def open_points(at: datetime, standing: str = "") -> list[tuple[str, str, float, float]]:
    """(slug, commune, lon, lat) of listed places with a point that are open to the public now in their life.

    ``standing``: only those that stand so at ``at`` (``labelled``). For whoever computes the nearest place.
    """
    found = Place.objects.listed().filter(lon__isnull=False)
    if standing:
        found = found.filter(pk__in=Standing.objects.holding(at).filter(kind=standing).values("place"))
    found = found.exclude(opened_on__gt=at.date())
    rows = found.values_list("slug", "commune_id", "lon", "lat")
    return [(slug, code, lon, lat) for slug, code, lon, lat in rows if lon is not None and lat is not None]


def calendar(one: hours.Opening, days: Iterable[date]) -> list[tuple[date, tuple[hours.Span, ...], str]]:
    """Each day with its openings and, when closed for a reason, that reason."""
    told = []
    for day in days:
        spans = hours.spans_on(one, day)
        reason = next((c.reason for c in one.closures if c.first <= day < c.until), "")
        told.append((day, spans, reason))
    return told
