"""Rates as they are written: with their sign, ``33.33 %``, or exactly, as a fraction, ``1/3``."""

import re
from fractions import Fraction

_PERCENT = re.compile(r"(-?\d{1,3}(?:[.,]\d{1,6})?)[ \u00a0\u202f]?%\Z")
_PARTS = re.compile(r"-?\d{1,3}/[1-9]\d{0,2}\Z")


def rate_written(text: str) -> Fraction | None:
    """The exact rate of a text; None when it is none."""
    if found := _PERCENT.match(text):
        return Fraction(found[1].replace(",", ".")) / 100
    return Fraction(text) if _PARTS.match(text) else None


def rate_of(text: str) -> Fraction:
    """The exact value of a canonical rate, ``50 %`` or ``1/3``."""
    return Fraction(text) if "/" in text else Fraction(text.rstrip(" %")) / 100
