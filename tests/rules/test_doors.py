"""What the door says, on ordinary days and on those when the clock changes."""

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from escale.rules.almanac import Almanac, spans_ahead
from escale.rules.doors import door, door_of, sentence
from escale.rules.holidays import Period
from escale.rules.hours import Closure, Opening, Regime, week

PARIS = ZoneInfo("Europe/Paris")
OFFICE = week({day: [(540, 750), (810, 1080)] for day in range(5)})
BAR = week({4: [(1080, 1560)], 5: [(1080, 1440)], 6: [(0, 180)]})


def said(opening, text):
    found = door(opening, datetime.fromisoformat(text).replace(tzinfo=PARIS))
    return sentence(found).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-03-03T09:00", "Ouvert jusqu’à 12 h 30"),
        ("2026-03-03T12:30", "Ouvre aujourd’hui à 13 h 30"),
        ("2026-03-03T18:00", "Ouvre demain à 9 h"),
        ("2026-03-06T18:00", "Ouvre lundi à 9 h"),
        ("2026-12-24T18:00", "Ouvre lundi à 9 h"),  # Christmas is a Friday
        ("2026-03-28T23:00", "Ouvre lundi à 9 h"),  # the night when an hour is lost
        ("2026-10-25T02:30", "Ouvre demain à 9 h"),  # the night when it is found again
    ],
)
def test_office(at, words):
    assert said(Opening({Regime.NORMAL: OFFICE}), at) == words


def test_openings_that_touch_at_midnight_are_one():
    assert said(Opening({Regime.NORMAL: BAR}), "2026-03-07T23:00") == "Ouvert jusqu’à 3 h"
    assert said(Opening({Regime.NORMAL: BAR}), "2026-03-07T01:30") == "Ouvert jusqu’à 2 h"


def test_closures_and_regimes():
    opening = Opening(
        {Regime.SCHOOL: OFFICE, Regime.HOLIDAYS: week({0: [(600, 660)]})},
        closures=[Closure(date(2026, 3, 3), date(2026, 3, 10), "Travaux")],
        school_holidays=[Period(date(2026, 2, 14), date(2026, 3, 16))],
    )
    found = door(opening, datetime(2026, 3, 3, 10, tzinfo=PARIS))
    assert (found.open, found.reason, found.day) == (False, "Travaux", date(2026, 3, 16))
    assert said(Opening({}), "2026-03-03T10:00") == "Horaires non communiqués"
    assert said(Opening({Regime.NORMAL: week({})}), "2026-03-03T10:00") == "Fermé pour le moment"


def some_week(random):
    """Two openings a day at most, some past midnight."""
    starts = [(random.randrange(0, 700), random.randrange(710, 1440)) for _day in range(7)]
    days = {
        day: [(a, random.randint(a + 1, 700 + 1)), (b, random.randint(b + 1, 2300))]
        for day, (a, b) in enumerate(starts)
    }
    return week({day: spans for day, spans in days.items() if random.random() < 0.6})


def test_the_packed_record_says_what_the_rules_say():
    random = Random(2026)
    for _round in range(400):
        read = {regime: some_week(random) for regime in random.sample(list(Regime), random.randint(1, 3))}
        at = datetime(2026, 1, 1, tzinfo=PARIS) + timedelta(minutes=random.randrange(525_600))
        first, on_holidays = at.date() + timedelta(days=random.randint(-9, 9)), random.random() < 0.5
        closures = [Closure(first, first + timedelta(days=3))]
        off = at.date() + timedelta(days=random.randint(-20, 20))
        periods = [Period(off, off + timedelta(days=15))]
        expected = door(Opening(read, closures, periods, on_holidays), at)
        packed = {regime.value: [[[s.start, s.end] for s in day] for day in one] for regime, one in read.items()}
        closed = [(one.first.isoformat(), one.until.isoformat()) for one in closures]
        ahead = spans_ahead(packed, closed, on_holidays, Almanac(at.date(), periods))
        assert door_of(ahead, at.date(), at.hour * 60 + at.minute) == expected
