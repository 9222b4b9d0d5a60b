"""A day's hours as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.rules.day_text import read_day, write_day
from escale.rules.shape.problem import Wrong


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9h-12h30, 14h-18h", [(540, 750), (840, 1080)]),
        ("09:00-12:30 14:00–18:00", [(540, 750), (840, 1080)]),
        ("9 h à 12 h", [(540, 720)]),
        ("18h-2h", [(1080, 1560)]),
        ("0h-24h", [(0, 1440)]),
        ("fermé", []),
        ("", []),
    ],
)
def test_read(text, spans):
    assert read_day(text) == spans


@pytest.mark.parametrize("text", ["le matin", "9h", "25h-26h", "9h75-10h", "9h-12h, 11h-13h", "9-", "<b>"])
def test_not_hours(text):
    with pytest.raises(Wrong):
        read_day(text)


@given(st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True).map(sorted))
def test_there_and_back(quarters):
    pairs = [(a * 15, b * 15) for a, b in zip(quarters[::2], quarters[1::2], strict=False)]
    assert read_day(write_day(pairs)) == pairs
