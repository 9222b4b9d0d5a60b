"""Durations between two facts that are days."""

from datetime import date
from typing import Any

from escale.rules.figures import shown_day
from escale.rules.period import after, whole_months
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.seen import Condition, Seen
from escale.rules.words import _


def lasting(spec: dict[str, Any]) -> Condition:
    """A duration between two days, its bounds included (at least, at most) or not (more than, less than)."""
    begin, end = spec["from"], spec["to"]
    least, more = spec.get("lasts_at_least"), spec.get("lasts_more_than")
    most, less = spec.get("lasts_at_most"), spec.get("lasts_less_than")

    def holds(facts: Facts) -> bool | None:
        start, stop = facts.value(begin), facts.value(end)
        if not isinstance(start, date) or not isinstance(stop, date):
            return None
        return (
            (least is None or after(start, least) <= stop)
            and (most is None or stop <= after(start, most))
            and (more is None or after(start, more) < stop)
            and (less is None or stop < after(start, less))
        )

    def tell(facts: Facts) -> Seen:
        start, stop = facts.value(begin), facts.value(end)
        label = spec.get("label") or _("De « {a} » à « {b} »").format(a=facts.label(begin), b=facts.label(end))
        if not isinstance(start, date) or not isinstance(stop, date):
            absent = begin if not isinstance(start, date) else end
            return Seen(None, _("{label} : à préciser ({fact}).").format(label=label, fact=facts.label(absent)))
        in_days = "day" in (least or most or more or less or "")
        value = (stop - start).days if in_days else whole_months(start, stop)
        unit = "days" if in_days else "months"
        low, high = _count(least or more, in_days), _count(most or less, in_days)
        figures = {"value": value, "minimum": low, "maximum": high, "unit": unit}
        days = _("{n} jours").format(n=(stop - start).days)
        period = _("du {a} au {b}").format(a=shown_day(start), b=shown_day(stop))
        return Seen(holds(facts), f"{label} : {period}, {_span(value, in_days) or days}{_limits(spec)}", figures)

    return Condition(holds, tell)


def _count(duration: str | None, in_days: bool) -> int | None:
    if duration is None:
        return None
    count, unit = duration.split()
    return int(count) if in_days else int(count) * (12 if unit.startswith("year") else 1)


def _span(value: int, in_days: bool) -> str:
    if in_days:
        return _("{n} jours").format(n=value)
    years, months = divmod(value, 12)
    if value < 1:
        return ""
    parts = ([_("{n} an").format(n=1) if years == 1 else _("{n} ans").format(n=years)] if years else []) + (
        [_("{n} mois").format(n=months)] if months else []
    )
    return " ".join(parts)


_UNITS = {"day": "jours", "days": "jours", "month": "mois", "months": "mois", "year": "an", "years": "ans"}


def _limits(spec: dict[str, Any]) -> str:
    parts = []
    for word, name in (
        ("lasts_at_least", _("minimum")), ("lasts_more_than", _("plus de")),
        ("lasts_at_most", _("maximum")), ("lasts_less_than", _("moins de")),
    ):  # fmt: skip
        if word in spec:
            count, unit = spec[word].split()
            parts.append(f"{name} {count} {_(_UNITS[unit])}")
    return f" ({', '.join(parts)})" if parts else ""
