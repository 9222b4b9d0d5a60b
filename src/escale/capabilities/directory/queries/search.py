"""The one search behind the list, the map, the exports and the API: the same places in the same order."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from math import asin, cos, degrees, radians, sin

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from escale.capabilities.directory.models import Listing, OpenSpan
from escale.capabilities.directory.queries.question import Near, Question
from escale.capabilities.directory.queries.record import unit_vector
from escale.foundation.places.models import Closure, SchoolHoliday, Standing
from escale.foundation.territory import reach
from escale.foundation.territory.names import fold
from escale.rules.distances import EARTH_M
from escale.rules.holidays import is_public_holiday
from escale.rules.hours import DAY, PARIS

type Found = QuerySet[Listing]


def matching(asked: Question, at: datetime) -> Found:
    """The listed places that answer, in their order: by distance when one searches near somewhere, else by name.

    ``kind``: any of those named. ``equipment``, ``service``, ``public``, ``access``, ``standing``: all of
    them. A price is compared in its own unit only. What is not known never answers yes.
    """
    found = Listing.objects.all()
    for word in fold(asked.q).split():
        found = found.filter(words__contains=word)
    found = _coded(found, asked)
    for kind in asked.codes.get("standing", ()):
        found = found.filter(pk__in=Standing.objects.holding(at).filter(kind=kind).values("place"))
    if asked.unit:
        found = found.filter(Q((f"price_{asked.unit}__isnull", False)))
        if asked.price_max is not None:
            found = found.filter(Q((f"price_{asked.unit}__lte", asked.price_max)))
    if asked.open_at is not None:
        found = found.filter(open_at(asked.open_at))
    if asked.open_on is not None:
        found = found.filter(_opening_on(asked.open_on))
    return _around(found, asked)


def _coded(found: Found, asked: Question) -> Found:
    kinds = Q()
    for code in asked.codes.get("kind", ()):
        kinds |= Q(kinds__contains=f"|{code}|")
    found = found.filter(kinds)
    for name, column in (("equipment", "equipment"), ("service", "services"), ("public", "publics")):
        for code in asked.codes.get(name, ()):
            found = found.filter(Q((f"{column}__contains", f"|{code}|")))
    for need, answer in asked.access:
        found = found.filter(_access(need, answer))
    return found


def _access(need: str, answer: str) -> Q:
    yes, no = Q(access_yes__contains=f"|{need}|"), Q(access_no__contains=f"|{need}|")
    return {"yes": yes, "no": no, "unknown": ~yes & ~no}[answer]


def _around(found: Found, asked: Question) -> Found:
    if asked.near is None:
        return found.order_by("rank", "place_id")
    found = found.annotate(far=_chord_squared(asked.near))
    if asked.km is not None:
        found = found.filter(_box(asked.near, asked.km), far__lte=(2 * sin(asked.km * 1000 / EARTH_M / 2)) ** 2)
    if asked.minutes is not None:
        found = found.filter(commune__in=sorted(reach.within(asked.near.commune, asked.minutes)))
    return found.order_by(F("far").asc(nulls_last=True), "rank", "place_id")


def _box(near: Near, km: float) -> Q:
    """What cannot be nearer, left out by an index before distances are computed; all longitudes beside a pole."""
    up = degrees(km * 1000 / EARTH_M) * 1.001 + 1e-9
    inside = Q(lat__range=(near.lat - up, near.lat + up))
    edge = abs(near.lat) + up
    if edge >= 89.0:
        return inside
    # Meridians draw together towards the pole: the box is as wide as its nearer edge needs.
    across = up / cos(radians(edge))
    west, east = near.lon - across, near.lon + across
    return inside & Q(lon__range=(west, east)) if west >= -180 and east <= 180 else inside


def _chord_squared(near: Near) -> Combinable:
    """Square of the straight line through the unit sphere: grows with the great circle, and is plain SQL."""
    x, y, z = (
        F(name) - Value(here, output_field=FloatField())
        for name, here in zip(("x", "y", "z"), unit_vector(near.lon, near.lat), strict=True)
    )
    return Cast(x * x + y * y + z * z, FloatField())


def kilometres(far: float | None) -> float | None:
    """Great-circle kilometres of an annotated ``far``."""
    return None if far is None else 2 * EARTH_M * asin(min(1.0, far**0.5 / 2)) / 1000


def open_at(at: datetime) -> Q:
    """Open at this instant, as the clock on the wall of the place reads it (Europe/Paris)."""
    local = at.astimezone(PARIS)
    minute, today = local.hour * 60 + local.minute, local.date()
    eve = today - timedelta(days=1)
    off = _off(eve, today)
    return _on(today, _spanning(minute), off) | _on(eve, _spanning(minute + DAY), off)


def _spanning(minute: int) -> "QuerySet[OpenSpan]":
    return OpenSpan.objects.filter(start__lte=minute, end__gt=minute)


def _opening_on(day: date) -> Q:
    return _on(day, OpenSpan.objects.all(), _off(day, day))


def _off(first: date, last: date) -> list[tuple[str, date, date]]:
    """The school holidays (zone, first day, day after the last) that touch these days."""
    found = SchoolHoliday.objects.filter(first__lte=last, until__gt=first).order_by()
    return list(found.values_list("zone", "first", "until"))


def _on(day: date, spans: "QuerySet[OpenSpan]", off: list[tuple[str, date, date]]) -> Q:
    """The places of which one of ``spans`` begins on ``day``: regime, public holidays and closures counted."""
    spans = spans.filter(weekday=day.weekday()).order_by()
    zones = sorted({zone for zone, first, until in off if first <= day < until})
    school = Q(pk__in=spans.filter(holidays=False).values("listing"))
    holidays = Q(pk__in=spans.filter(holidays=True).values("listing"))
    found = (holidays & Q(zone__in=zones)) | (school & ~Q(zone__in=zones)) if zones else school
    if is_public_holiday(day):
        found &= Q(open_on_public_holidays=True)
    closed = Closure.objects.filter(first__lte=day, until__gt=day).order_by().values("place")
    return found & ~Q(pk__in=closed)


def slugs(found: Found) -> Iterable[str]:
    """The addresses of the places found, in order."""
    return found.values_list("slug", flat=True)
