"""The two legal clocks of a request: is it complete, what is decided; what each silence means is the edition's word.

Asking for pieces suspends the running clock: whole days, Europe/Paris, from the day of the asking to the day of the
answer (code des relations entre le public et l'administration, L. 114-5). The due instant keeps the hour at which the
clock began: it is what the silence bears, whenever somebody looks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from escale.rules.figures import PARIS
from escale.rules.period import months_after

#: Asked at, answered at (None: still awaited).
type Pause = tuple[datetime, datetime | None]
#: What silence does: the act of the table of dossiers.
ON_COMPLETENESS = {"complete": "deem-complete"}
ON_DECISION = {"refusal": "deem-refused", "acceptance": "deem-accepted"}


@dataclass(frozen=True)
class Clock:
    """One clock: ``kind`` completeness|decision, when it began, when it is due (None: suspended now), the act that
    its silence does (empty: nothing), days of suspension counted so far.
    """

    kind: str
    since: datetime
    due: datetime | None
    act: str
    suspended_days: int = 0


def running(
    clocks: dict[str, Any], *, filed_at: datetime, completed_at: datetime | None, pauses: Iterable[Pause] = ()
) -> Clock | None:
    """The clock that runs now; None when the edition sets none.

    The decision's clock begins when the request is complete; at the filing when the edition gives no time to say so.
    """
    asked = sorted(pauses, key=lambda pause: pause[0])
    if completed_at is None and (days := clocks.get("completeness_days")):
        act = ON_COMPLETENESS.get(clocks.get("completeness_silence", "nothing"), "")
        return _clock("completeness", filed_at, _in_days(filed_at, int(days)), act, asked)
    if months := clocks.get("decision_months"):
        since = completed_at or filed_at
        act = ON_DECISION.get(clocks.get("decision_silence", "refusal"), "")
        return _clock("decision", since, _in_months(since, int(months)), act, asked)
    return None


def _clock(kind: str, since: datetime, due: datetime, act: str, asked: list[Pause]) -> Clock:
    days = 0
    last: date = date.min
    for begun, ended in asked:
        if (ended is not None and ended <= since) or begun >= due:
            continue
        first = max(_day(max(begun, since)), last)
        if ended is None:
            return Clock(kind, since, None, act, days)
        over = max(_day(ended), first)
        gained = (over - first).days
        days, last = days + gained, max(last, over)
        due = _in_days(due, gained)
    return Clock(kind, since, due, act, days)


def _day(at: datetime) -> date:
    return at.astimezone(PARIS).date()


def _at(at: datetime, day: date) -> datetime:
    """The same hour in Paris on another day."""
    local = at.astimezone(PARIS)
    return datetime.combine(day, local.time(), PARIS)


def _in_days(at: datetime, days: int) -> datetime:
    return _at(at, _day(at) + timedelta(days=days))


def _in_months(at: datetime, months: int) -> datetime:
    return _at(at, months_after(_day(at), months))
