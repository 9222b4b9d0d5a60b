"""Lambert-93 against published points, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.rules.lambert93 import from_lambert93, to_lambert93


@pytest.mark.parametrize(
    ("lon", "lat", "x", "y"),
    [
        (3.0, 46.5, 700_000.0, 6_600_000.0),  # the origin, by definition of the projection
        (2.3499021, 48.8529682, 652_297.1, 6_861_632.8),  # Notre-Dame de Paris, as PROJ gives it
    ],
)
def test_known_points(lon, lat, x, y):
    assert to_lambert93(lon, lat) == pytest.approx((x, y), abs=0.1)


@given(st.floats(-5, 9), st.floats(42, 51))
def test_there_and_back(lon, lat):
    assert from_lambert93(*to_lambert93(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)
