"""When a place is open: weeks by regime, dated closures, and what follows from them.

Times are local wall times (Europe/Paris) in minutes from midnight of the day on which the opening
begins; an opening may run past midnight (``end`` up to 48 h). What is open is decided on the wall clock,
so that both nights of the clock change come out as people read them on the door.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from escale.rules.holidays import Period, in_any, is_public_holiday

PARIS = ZoneInfo("Europe/Paris")
DAY = 1440


class Regime(StrEnum):
    """Which week holds: always, in school time, or in the school holidays."""

    NORMAL = "normal"
    SCHOOL = "school"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, order=True)
class Span:
    """An opening: ``start`` to ``end`` in minutes from midnight, ``end`` excluded, past 1440 the next day."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and self.start < self.end <= 2 * DAY):
            raise ValueError(f"not an opening: {self.start}-{self.end}")


#: Monday to Sunday, each day's openings in order and apart.
type Week = tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Closure:
    """Days on which the place is closed whatever its week. ``until`` is excluded."""

    first: date
    until: date
    reason: str = ""
    ordered_by_government: bool = False


@dataclass(frozen=True)
class Opening:
    """All that decides when one place is open.

    ``weeks`` holds one week by regime; a missing ``school`` or ``holidays`` falls back on ``normal``.
    ``school_holidays`` are those of the place's zone. Public holidays are closed unless said otherwise.
    """

    weeks: Mapping[Regime, Week]
    closures: Sequence[Closure] = ()
    school_holidays: Sequence[Period] = field(default=())
    open_on_public_holidays: bool = False


def week(days: Mapping[int, Sequence[tuple[int, int]]]) -> Week:
    """A week from {weekday (Monday 0): [(start, end) in minutes]}; touching openings are joined.

    Raises ``ValueError`` when two openings of a day overlap.
    """
    return tuple(_joined([Span(*pair) for pair in days.get(day, ())]) for day in range(7))


def spans_on(opening: Opening, day: date) -> tuple[Span, ...]:
    """The openings that begin on ``day``, closures, holidays and regime taken into account."""
    if opening.closures and any(closure.first <= day < closure.until for closure in opening.closures):
        return ()
    if is_public_holiday(day) and not opening.open_on_public_holidays:
        return ()
    holidays = in_any(day, opening.school_holidays)
    wanted = Regime.HOLIDAYS if holidays else Regime.SCHOOL
    found = opening.weeks.get(wanted, opening.weeks.get(Regime.NORMAL))
    return found[day.weekday()] if found else ()


def open_at(opening: Opening, at: datetime) -> bool:
    """Whether the place is open at this instant (aware)."""
    local = at.astimezone(PARIS)
    minute = local.hour * 60 + local.minute
    today, yesterday = local.date(), local.date() - timedelta(days=1)
    return any(span.start <= minute < span.end for span in spans_on(opening, today)) or any(
        span.start <= minute + DAY < span.end for span in spans_on(opening, yesterday)
    )


def next_change(opening: Opening, at: datetime, days: int = 60) -> datetime | None:
    """The next instant (UTC) at which the place opens if closed now, closes if open; None within ``days``."""
    now = open_at(opening, at)
    first = at.astimezone(PARIS).date() - timedelta(days=1)
    for ahead in range(days + 2):
        for candidate in sorted(_boundaries(opening, first + timedelta(days=ahead))):
            if candidate > at and open_at(opening, candidate) != now:
                return candidate
    return None


def days_a_week(one: Week) -> int:
    """How many days of the week have an opening."""
    return sum(1 for spans in one if spans)


def minutes_a_week(one: Week) -> int:
    """How many minutes the place is open in an ordinary week."""
    return sum(span.end - span.start for spans in one for span in spans)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            raise ValueError(f"openings overlap: {joined[-1]} and {span}")
        if joined and span.start == joined[-1].end:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)


def _boundaries(opening: Opening, day: date) -> Iterator[datetime]:
    """Instants at which something may change because of openings begun on ``day``, clock change included."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a wall time: its zone comes below
    for span in spans_on(opening, day):
        for minute in (span.start, span.end):
            wall = midnight + timedelta(minutes=minute)
            yield wall.replace(tzinfo=PARIS, fold=0).astimezone(UTC)
            yield wall.replace(tzinfo=PARIS, fold=1).astimezone(UTC)
    before = midnight.replace(tzinfo=PARIS).astimezone(UTC)
    for hour in range(26):
        instant = before + timedelta(hours=hour)
        later = instant + timedelta(hours=1)
        if instant.astimezone(PARIS).utcoffset() != later.astimezone(PARIS).utcoffset():
            yield later
