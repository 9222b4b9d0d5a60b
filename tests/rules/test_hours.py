"""Opening hours: weeks, regimes, closures, holidays, both nights of the clock change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.rules.holidays import Period, easter, is_public_holiday
from escale.rules.hours import (
    PARIS,
    Closure,
    Opening,
    Regime,
    Span,
    days_a_week,
    minutes_a_week,
    next_change,
    open_at,
    spans_on,
    week,
)

H = 60
SCHOOL = week(
    {
        **{day: [(9 * H, 12 * H + 30), (14 * H, 18 * H)] for day in range(1, 5)},
        5: [(10 * H, 12 * H + 30)],
    }
)
HOLIDAYS = week({day: [(9 * H + 30, 12 * H + 30), (14 * H, 17 * H)] for day in range(5)})
WINTER = Period(date(2026, 2, 14), date(2026, 3, 2))
SAINT_JAMES = Opening({Regime.SCHOOL: SCHOOL, Regime.HOLIDAYS: HOLIDAYS}, school_holidays=(WINTER,))


def paris(*parts, fold=0):
    return datetime(*parts, tzinfo=PARIS, fold=fold)


def test_weekly_totals_of_a_public_digital_space():
    # Saint-James (Manche): 32.5 h over 5 days in school time, 30 h over 5 days in the holidays.
    assert (minutes_a_week(SCHOOL), days_a_week(SCHOOL)) == (1950, 5)
    assert (minutes_a_week(HOLIDAYS), days_a_week(HOLIDAYS)) == (1800, 5)


def test_regime_follows_the_school_calendar():
    monday_of_holidays, monday_of_school = paris(2026, 2, 16, 10), paris(2026, 3, 2, 10)
    assert open_at(SAINT_JAMES, monday_of_holidays)
    assert not open_at(SAINT_JAMES, monday_of_school)
    assert not open_at(SAINT_JAMES, paris(2026, 2, 21, 11))
    assert open_at(SAINT_JAMES, paris(2026, 3, 7, 11))


def test_public_holidays_are_closed_unless_said():
    always = week({day: [(9 * H, 18 * H)] for day in range(7)})
    ascension = paris(2026, 5, 14, 10)
    assert is_public_holiday(ascension.date())
    assert not open_at(Opening({Regime.NORMAL: always}), ascension)
    assert open_at(Opening({Regime.NORMAL: always}, open_on_public_holidays=True), ascension)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter(year, day):
    assert easter(year) == date(year, *day)


def test_end_is_excluded_and_midnight_is_passed():
    evening = Opening({Regime.NORMAL: week({4: [(18 * H, 26 * H)]})})
    assert open_at(evening, paris(2026, 3, 6, 18))
    assert open_at(evening, paris(2026, 3, 7, 1, 59))
    assert not open_at(evening, paris(2026, 3, 7, 2))


def test_closure_is_half_open():
    place = Opening(
        {Regime.NORMAL: week({day: [(9 * H, 18 * H)] for day in range(7)})},
        closures=(Closure(date(2026, 3, 3), date(2026, 3, 5), "inventaire"),),
    )
    assert [bool(spans_on(place, date(2026, 3, day))) for day in (2, 3, 4, 5)] == [True, False, False, True]


def test_spring_night_opens_when_the_clock_jumps_over_the_hour():
    # 29 March 2026: 02:00 becomes 03:00; an opening at 02:30 begins with the jump.
    night = Opening({Regime.NORMAL: week({6: [(2 * H + 30, 5 * H)]})})
    before = paris(2026, 3, 29, 1, 30)
    assert next_change(night, before) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert open_at(night, paris(2026, 3, 29, 3, 0))


def test_autumn_night_is_open_through_the_repeated_hour():
    # 25 October 2026: 03:00 becomes 02:00; the wall shows 02:30 twice, both inside.
    night = Opening({Regime.NORMAL: week({6: [(1 * H, 4 * H)]})})
    assert open_at(night, paris(2026, 10, 25, 2, 30, fold=0))
    assert open_at(night, paris(2026, 10, 25, 2, 30, fold=1))
    assert next_change(night, paris(2026, 10, 25, 1, 30)) == datetime(2026, 10, 25, 3, 0, tzinfo=UTC)


def test_overlapping_openings_are_refused_and_touching_ones_joined():
    with pytest.raises(ValueError, match="overlap"):
        week({0: [(9 * H, 12 * H), (11 * H, 13 * H)]})
    assert week({0: [(9 * H, 12 * H), (12 * H, 13 * H)]})[0] == (Span(9 * H, 13 * H),)


def test_a_place_that_never_opens_has_no_next_change():
    assert next_change(Opening({}), paris(2026, 3, 1, 12)) is None


days = st.dictionaries(
    st.integers(0, 6),
    st.tuples(st.integers(0, 700), st.integers(1, 700)).map(lambda p: [(p[0], p[0] + p[1])]),
    max_size=7,
)


@given(days, st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_nothing_changes_before_the_next_change(days, naive):
    place = Opening({Regime.NORMAL: week(days)}, school_holidays=(WINTER,))
    at = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    change = next_change(place, at)
    now = open_at(place, at)
    if change is None:
        assert not now
        return
    assert open_at(place, change) != now
    for part in range(1, 20):
        between = at + (change - at) * part / 20
        if between < change:
            assert open_at(place, between) == now
    assert open_at(place, change - timedelta(seconds=1)) == now
