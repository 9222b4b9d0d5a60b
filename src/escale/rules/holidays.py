"""Public holidays of mainland France and school holidays as given periods."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``until``, the latter excluded."""

    first: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.until


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of the Labour Code (article L. 3133-1)."""
    sunday = easter(year)
    fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
    moving = [sunday + timedelta(days=after) for after in (1, 39, 50)]
    return frozenset([*(date(year, month, day) for month, day in fixed), *moving])


def is_public_holiday(day: date) -> bool:
    """Whether ``day`` is a public holiday."""
    return day in public_holidays(day.year)


def in_any(day: date, periods: Iterable[Period]) -> bool:
    """Whether ``day`` falls in one of the periods."""
    return any(day in period for period in periods)
