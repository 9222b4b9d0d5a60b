"""When a label's year, renewal window and steps fall."""

from datetime import date, datetime, time, timedelta

from escale.capabilities.label.models import Label
from escale.capabilities.label.queries import diagnosis
from escale.rules.figures import PARIS
from escale.rules.period import after, before


def midnight(day: date) -> datetime:
    """The day's first instant in Paris."""
    return datetime.combine(day, time.min, PARIS)


def window(label: Label) -> tuple[datetime, datetime] | None:
    """From when to when the renewal is asked, by the label's own edition; None when it says nothing."""
    spec = diagnosis.READY.of(label.edition).document.get("renewal")
    if not spec:
        return None
    end = label.until.astimezone(PARIS).date()
    first = midnight(before(end, spec["opens"])) if "opens" in spec else label.since
    last = midnight(before(end, spec["closes"])) if "closes" in spec else label.until
    return first, last


def year_of(label: Label, at: datetime) -> int:
    """The year of the label that ended last (1: the first); 0 before its first anniversary."""
    first, day = label.since.astimezone(PARIS).date(), min(at, label.until).astimezone(PARIS).date()
    year = 0
    while after(first, f"{year + 1} years") <= day:
        year += 1
    return year


def report_due(label: Label, year: int) -> date:
    """The last day to report a year: two months after it ended."""
    return after(label.since.astimezone(PARIS).date(), f"{12 * year + 2} months") - timedelta(days=1)
