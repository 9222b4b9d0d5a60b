"""The days around one day in one zone of school holidays: what decides which week holds, looked up once for many places."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from escale.rules.holidays import Period, in_any, is_public_holiday
from escale.rules.hours import Regime

type Pairs = Sequence[Sequence[int]]
#: days after today → the openings (start, end) that begin on that day.
type SpansAhead = Callable[[int], Pairs]


class Almanac:
    """Days counted from ``today``: text (ISO), weekday, public holiday, school holidays; each worked out once."""

    def __init__(self, today: date, school_holidays: Sequence[Period] = ()) -> None:
        self.today, self.periods = today, school_holidays
        self.days: dict[int, tuple[str, int, bool, bool]] = {}

    def day(self, ahead: int) -> tuple[str, int, bool, bool]:
        """The day that is ``ahead`` days after today (−1 yesterday)."""
        found = self.days.get(ahead)
        if found is None:
            day = self.today + timedelta(days=ahead)
            found = day.isoformat(), day.weekday(), is_public_holiday(day), in_any(day, self.periods)
            self.days[ahead] = found
        return found


def spans_ahead(
    weeks: Mapping[str, Sequence[Pairs]], closures: Sequence[Sequence[str]], on_public_holidays: bool, almanac: Almanac
) -> SpansAhead:
    """What ``hours.spans_on`` says, over the packed record of a place: weeks as lists, closures as ISO days
    (first, until excluded).
    """
    normal = weeks.get(Regime.NORMAL)
    school, holidays = weeks.get(Regime.SCHOOL, normal), weeks.get(Regime.HOLIDAYS, normal)

    def spans(ahead: int) -> Pairs:
        text, weekday, public, off = almanac.day(ahead)
        if public and not on_public_holidays:
            return ()
        for first, until in closures:
            if first <= text < until:
                return ()
        week = holidays if off else school
        return week[weekday] if week else ()

    return spans
