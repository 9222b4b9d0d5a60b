"""Distances and minutes, redone by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.rules.distances import density, great_circle_m, minutes_by_road, speed_kmh

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


def test_known_distances():
    assert great_circle_m(0, 0, 1, 0) == pytest.approx(111_195.08, abs=0.1)
    assert great_circle_m(-0.37, 49.18, 1.10, 49.44) / 1000 == pytest.approx(110.4, abs=0.5)  # Caen to Rouen


@given(LON, LAT, LON, LAT)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_the_earth(a, b, c, d):
    there, back = great_circle_m(a, b, c, d), great_circle_m(c, d, a, b)
    assert there == pytest.approx(back, abs=1e-3)
    assert 0 <= there <= 20_015_116


def test_the_road_is_longer_and_slower_where_people_live_closer():
    assert minutes_by_road(2, 20, 20) == pytest.approx(2 * 1.3)  # all of it at 60 km/h
    assert minutes_by_road(2, 20, 2000) == pytest.approx(1.3 / 60 * 60 + 1.3 / 28 * 60)
    assert minutes_by_road(10, 20, 2000) == pytest.approx(4 + 4 / 28 * 60 + 5 / 65 * 60)
    assert minutes_by_road(0, 20, 2000) == 0
    assert [speed_kmh(people) for people in (0, 100, 400, 1500)] == [60, 52, 40, 28]
    assert density(None, 0) == 0
    assert density(50, 0) == 500
