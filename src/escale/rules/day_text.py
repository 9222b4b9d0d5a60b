"""A day's opening as people type it: « 9h-12h30, 14h-18h », « 09:00-12:30 14:00-18:00 », « fermé »."""

import itertools
import re

from escale.rules.hours import DAY
from escale.rules.shape.problem import Wrong, quoted
from escale.rules.words import _

_SPAN = re.compile(
    r"(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?\s*(?:-|–|—|à|a)\s*(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?", re.IGNORECASE
)
_CLOSED = ("", "fermé", "ferme", "fermée", "-", "off")


def read_day(text: str) -> list[tuple[int, int]]:
    """(start, end) in minutes of each opening; an end at or before its start is of the next day. Raises ``Wrong``."""
    bare = text.strip().casefold()
    if bare in _CLOSED:
        return []
    spans, left = [], _SPAN.sub("", bare)
    if left.strip(" ,;et/\u00a0\u202f"):
        raise Wrong("wrong_hours", _wanted(text))
    for found in _SPAN.finditer(bare):
        start, end = (int(found[n]) * 60 + int(found[n + 1] or 0) for n in (1, 3))
        if int(found[2] or 0) > 59 or int(found[4] or 0) > 59 or start >= DAY or end > DAY:
            raise Wrong("wrong_hours", _wanted(text))
        spans.append((start, end if end > start else end + DAY))
    spans.sort()
    if any(after[0] < before[1] for before, after in itertools.pairwise(spans)):
        raise Wrong("wrong_hours", _("{text} : deux ouvertures se chevauchent.").format(text=quoted(text)))
    return spans


def write_day(spans: list[tuple[int, int]]) -> str:
    """``9h-12h30, 14h-18h``: what ``read_day`` reads back."""
    return ", ".join(f"{_hour(start)}-{_hour(end)}" for start, end in spans)


def _hour(minute: int) -> str:
    hours, rest = divmod(minute if minute <= DAY else minute - DAY, 60)
    return f"{hours}h{rest:02}" if rest else f"{hours}h"


def _wanted(text: str) -> str:
    return _("{text} ne se lit pas comme des heures. Écrivez par exemple : 9h-12h30, 14h-18h.").format(
        text=quoted(text)
    )
