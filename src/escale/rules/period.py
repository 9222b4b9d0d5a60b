"""Durations between days: "n months after d" is the same day n months later, else that month's last day."""

from calendar import monthrange
from datetime import date, timedelta


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month when it is shorter; never beyond the calendar."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= years <= date.max.year:
        return date.max if months > 0 else date.min
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def days_after(day: date, days: int) -> date:
    """The day that lies ``days`` later, never beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def after(day: date, duration: str) -> date:
    """The day that lies a canonical duration (``90 days``, ``24 months``, ``3 years``) after ``day``."""
    count, unit = duration.split()
    if unit.startswith("day"):
        return days_after(day, int(count))
    return months_after(day, int(count) * (12 if unit.startswith("year") else 1))


def before(day: date, duration: str) -> date:
    """``day`` − ``duration``: the same day n months earlier, else that month's last day."""
    n, _space, unit = duration.partition(" ")
    if unit.startswith("day"):
        return days_after(day, -int(n))
    return months_after(day, -int(n) * (12 if unit.startswith("year") else 1))


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between two days; negative when ``end`` comes first."""
    if end < start:
        return -whole_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if months_after(start, months) <= end else months - 1
