"""Which places are open at an instant or on a day, as SQL over the openings of the index."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DateField

from escale.foundation.places import queries as places
from escale.foundation.territory import reach
from escale.rules.holidays import in_any, is_public_holiday
from escale.rules.hours import PARIS
from escale.rules.school import zone_of

_DAY: DateField[Any, Any] = DateField()


@dataclass(frozen=True)
class Day:
    """A day on which an opening may begin: ``off``, the zones then in school holidays, of those of the territory
    ``at_school`` the others; ``minute`` (None: any) of the wall clock at which it must be open, the day after when
    ``night``.
    """

    day: date
    off: tuple[str, ...]
    at_school: tuple[str, ...]
    minute: int | None = None
    night: bool = False


def days(at: datetime | None, on: date | None) -> list[Day]:
    """The days of which an opening answers: the instant's and its eve, as the clock on the wall of the place reads it
    (Europe/Paris); or the day asked.
    """
    here = sorted({zone_of(code) for code in reach.departements()})
    if at is None:
        return [Day(on, *_zones(here, on, places.holidays_between(on, on + timedelta(days=1))))] if on else []
    local = at.astimezone(PARIS)
    minute, today = local.hour * 60 + local.minute, local.date()
    eve = today - timedelta(days=1)
    calendar = places.holidays_between(eve, today + timedelta(days=1))
    return [
        Day(today, *_zones(here, today, calendar), minute),
        Day(eve, *_zones(here, eve, calendar), minute, night=True),
    ]


def clause(wanted: list[Day], *, probing: bool) -> tuple[str, list[Any]]:
    """The places of which an opening of one of these days answers: regime, public holidays and closures counted.

    ``probing``: asks each place in turn, quicker when few are left or the first few are wanted; else gathers all.
    """
    told = [_on(one, probing) for one in wanted]
    return f"({' OR '.join(text for text, _values in told)})", [value for _text, values in told for value in values]


def _zones(here: list[str], day: date, calendar: places.Holidays) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The zones in school holidays on this day, then the others."""
    off = [zone for zone in here if in_any(day, calendar.get(zone, ()))]
    return tuple(off), tuple(zone for zone in here if zone not in off)


def _on(one: Day, probing: bool) -> tuple[str, list[Any]]:
    text, values = _spans(one, probing, holidays=bool(one.off))
    if one.off and one.at_school:
        school, more = _spans(one, probing, holidays=False)
        zones = ", ".join(["%s"] * len(one.off))
        text = f"((zone IN ({zones}) AND {text}) OR (zone NOT IN ({zones}) AND {school}))"
        values = [*one.off, *values, *one.off, *more]
    if is_public_holiday(one.day):
        text = f"open_on_public_holidays AND {text}"
    if one.night:
        text = f"late AND {text}"
    day = _DAY.get_db_prep_value(one.day, connections[DEFAULT_DB_ALIAS])
    closed = "place_id NOT IN (SELECT place_id FROM places_closure WHERE first <= %s AND until > %s)"
    return f"({text} AND {closed})", [*values, day, day]


def _spans(one: Day, probing: bool, *, holidays: bool) -> tuple[str, list[Any]]:
    text, values = "holidays = %s AND weekday = %s AND night = %s", [holidays, one.day.weekday(), one.night]
    if one.minute is not None:
        text, values = f'{text} AND "start" <= %s AND "end" > %s', [*values, one.minute, one.minute]
    if probing:
        return f"EXISTS (SELECT 1 FROM directory_openspan WHERE listing_id = place_id AND {text})", values
    return f"place_id IN (SELECT listing_id FROM directory_openspan WHERE {text})", values
