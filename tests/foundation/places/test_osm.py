"""Opening hours in OpenStreetMap's words: read, written, refused in ours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.foundation.places import osm
from escale.rules.hours import Regime, days_a_week, minutes_a_week, week

H = 60
OFFICE = week({day: [(9 * H, 12 * H), (14 * H, 18 * H)] for day in range(5)})


def test_a_plain_week():
    found = osm.read("Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:30")
    assert found.problems == ()
    assert found.weeks == {
        Regime.NORMAL: week({**{day: [(540, 720), (840, 1080)] for day in range(5)}, 5: [(600, 750)]})
    }
    assert not found.open_on_public_holidays


@pytest.mark.parametrize(
    ("text", "days", "hours"),
    [
        ("Mo-We 08:00-20:00", 3, 36),
        ("Mo-Tu 08:00-23:30", 2, 31),
        ("Mo,We,Fr 09:00-12:00", 3, 9),
        ("Mo-Tu 09:00-17:00", 2, 16),
        ("24/7", 7, 168),
        ("Fr 18:00-02:00", 1, 8),
        ("Mo-Fr 08:00-18:00; We off", 4, 40),
        ("Mo-Fr 09:00-12:00; PH off", 5, 15),
        ("Mo-Sa 09:00-12:00; Su,PH off", 6, 18),
    ],
)
def test_days_and_hours(text, days, hours):
    one = osm.read(text).weeks[Regime.NORMAL]
    assert (days_a_week(one), minutes_a_week(one)) == (days, hours * 60)


def test_school_holidays_are_a_regime():
    found = osm.read("Tu-Fr 09:00-12:30,14:00-18:00; Sa 10:00-12:30; SH off; SH Mo-Fr 09:30-12:30,14:00-17:00; PH off")
    assert minutes_a_week(found.weeks[Regime.SCHOOL]) == 1950
    assert minutes_a_week(found.weeks[Regime.HOLIDAYS]) == 1800


def test_without_sh_off_the_other_days_go_on():
    found = osm.read("Mo-Sa 09:00-12:00; SH Mo 10:00-11:00")
    assert days_a_week(found.weeks[Regime.HOLIDAYS]) == 6
    assert minutes_a_week(found.weeks[Regime.HOLIDAYS]) == 5 * 180 + 60


def test_closed_during_school_holidays():
    found = osm.read("Mo-Fr 09:00-17:00; SH off")
    assert days_a_week(found.weeks[Regime.HOLIDAYS]) == 0


def test_open_on_public_holidays():
    assert osm.read("Mo-Su,PH 10:00-18:00").open_on_public_holidays


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("lundi au vendredi 9h-17h", "illisibles"),
        ("Mo-Fr 25:00-28:00", "illisibles"),
        ("Apr-Sep Mo-Fr 09:00-18:00; Oct-Mar Mo-Fr 10:00-16:00", "saison"),
        ("PH off", "ordinaire"),
        ("Mo-Fr 09:00-18:00; PH 10:00-12:00", "fériés"),
        ("x" * 1001, "longs"),
    ],
)
def test_what_cannot_be_held_is_said(text, word):
    found = osm.read(text)
    assert found.weeks == {}
    assert any(word in problem for problem in found.problems)


def test_writing():
    assert osm.write_week(OFFICE) == "Mo-Fr 09:00-12:00,14:00-18:00"
    assert osm.write({Regime.NORMAL: OFFICE}) == "Mo-Fr 09:00-12:00,14:00-18:00; PH off"
    assert osm.write_week(week({4: [(18 * H, 26 * H)]})) == "Fr 18:00-02:00"
    assert osm.write({}) == ""


opening = st.tuples(st.integers(0, 47), st.integers(1, 20)).map(lambda p: [(p[0] * 30, (p[0] + p[1]) * 30)])
weeks = st.dictionaries(st.integers(0, 6), opening, min_size=1).map(week).filter(lambda one: _apart(one))


def _apart(one):
    """No opening runs past midnight into the next day's."""
    return all(
        not (spans and after and spans[-1].end - 1440 >= after[0].start)
        for spans, after in zip(one, [*one[1:], one[0]], strict=True)
    )


@given(weeks, st.none() | weeks, st.booleans())
def test_what_is_written_is_read_back(normal, holidays, public):
    known = {Regime.NORMAL: normal} if holidays is None else {Regime.SCHOOL: normal, Regime.HOLIDAYS: holidays}
    found = osm.read(osm.write(known, open_on_public_holidays=public))
    assert found.problems == ()
    assert found.weeks == known


@pytest.mark.parametrize(
    ("rule", "first", "until"),
    [
        ("2026 Dec 24-2027 Jan 02 off", date(2026, 12, 24), date(2027, 1, 3)),
        ("2026 Aug 01-15 off", date(2026, 8, 1), date(2026, 8, 16)),
        ("2026 May 14 closed", date(2026, 5, 14), date(2026, 5, 15)),
    ],
)
def test_dated_closures_come_in_and_go_out(rule, first, until):
    found = osm.read(f"Mo-Fr 09:00-12:00; {rule}")
    assert (found.closures, minutes_a_week(found.weeks[Regime.NORMAL])) == (((first, until),), 15 * 60)
    out = osm.write(found.weeks, open_on_public_holidays=True, closures=found.closures)
    assert osm.read(out).closures == found.closures


@pytest.mark.parametrize("rule", ["2026 Feb 30 off", "2026 Aug 15-01 off", "2026 Aug 01-15 10:00-12:00"])
def test_a_dated_rule_that_cannot_be_held_is_said(rule):
    assert osm.read(f"Mo-Fr 09:00-12:00; {rule}").problems
