"""Conditions compiled to functions: true, false or unknown, and what they saw, for the sentence."""

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from escale.rules.figures import plain, shown_day
from escale.rules.period import after, whole_months
from escale.rules.scheme import measures, sentences
from escale.rules.scheme.facts import Facts
from escale.rules.words import _


@dataclass(frozen=True)
class Seen:
    """The outcome of a condition: its truth (None: unknown), its sentence, its figures."""

    truth: bool | None
    message: str
    figures: dict[str, Any] = field(default_factory=dict)


type Test = Callable[[Any], bool]
type Holds = Callable[[Facts], bool | None]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition made ready: ``holds`` gives its truth alone, a call also says why, with the figures."""

    holds: Holds
    tell: Callable[[Facts], Seen]

    def __call__(self, facts: Facts) -> Seen:
        return self.tell(facts)


def compiled(spec: dict[str, Any]) -> Condition:
    """The functions of a canonical condition."""
    if "always" in spec:
        fixed = bool(spec["always"])
        return Condition(lambda facts: fixed, lambda facts: Seen(fixed, ""))
    if "all" in spec:
        return _all([compiled(one) for one in spec["all"]])
    if "any" in spec:
        return _at_least(1, [compiled(one) for one in spec["any"]])
    if "at_least_of" in spec:
        return _at_least(spec["at_least_of"], [compiled(one) for one in spec["of"]])
    if "not" in spec:
        return _not(compiled(spec["not"]))
    return _lasting(spec) if "from" in spec else _compared(spec)


def truth(spec: dict[str, Any]) -> Holds:
    """Only the truth of a condition."""
    return compiled(spec).holds


def _joined(parts: list[Seen]) -> tuple[str, dict[str, Any]]:
    message = " ; ".join(part.message for part in parts if part.message)
    figures = next((part.figures for part in parts if part.figures), {})
    return message, figures


def _all(parts: list[Condition]) -> Condition:
    tests = [part.holds for part in parts]

    def holds(facts: Facts) -> bool | None:
        unknown = False
        for test in tests:
            found = test(facts)
            if found is False:
                return False
            unknown = unknown or found is None
        return None if unknown else True

    def tell(facts: Facts) -> Seen:
        seen = [part.tell(facts) for part in parts]
        failed = [one for one in seen if one.truth is False]
        unknown = [one for one in seen if one.truth is None]
        value = False if failed else (None if unknown else True)
        return Seen(value, *_joined(failed or unknown or seen))

    return Condition(holds, tell)


def _at_least(count: int, parts: list[Condition]) -> Condition:
    tests = [part.holds for part in parts]

    def holds(facts: Facts) -> bool | None:
        found = [test(facts) for test in tests]
        if found.count(True) >= count:
            return True
        return None if found.count(True) + found.count(None) >= count else False

    def tell(facts: Facts) -> Seen:
        seen = [part.tell(facts) for part in parts]
        met = [one for one in seen if one.truth]
        unknown = [one for one in seen if one.truth is None]
        if len(met) >= count:
            return Seen(True, *_joined(met))
        value = None if len(met) + len(unknown) >= count else False
        return Seen(value, *_joined(unknown if value is None else seen))

    return Condition(holds, tell)


def _not(part: Condition) -> Condition:
    def holds(facts: Facts) -> bool | None:
        found = part.holds(facts)
        return None if found is None else not found

    def tell(facts: Facts) -> Seen:
        seen = part.tell(facts)
        return Seen(None if seen.truth is None else not seen.truth, seen.message, seen.figures)

    return Condition(holds, tell)


def _lasting(spec: dict[str, Any]) -> Condition:
    begin, end = spec["from"], spec["to"]
    least, most = spec.get("lasts_at_least"), spec.get("lasts_at_most")

    def holds(facts: Facts) -> bool | None:
        start, stop = facts.value(begin), facts.value(end)
        if not isinstance(start, date) or not isinstance(stop, date):
            return None
        return (least is None or after(start, least) <= stop) and (most is None or stop <= after(start, most))

    def tell(facts: Facts) -> Seen:
        start, stop = facts.value(begin), facts.value(end)
        label = spec.get("label") or _("Du {a} au {b}").format(a=facts.label(begin), b=facts.label(end))
        if not isinstance(start, date) or not isinstance(stop, date):
            absent = begin if not isinstance(start, date) else end
            return Seen(None, _("{label} : à préciser ({fact}).").format(label=label, fact=facts.label(absent)))
        in_days = "day" in (least or most or "")
        value = (stop - start).days if in_days else whole_months(start, stop)
        unit = "days" if in_days else "months"
        figures = {"value": value, "minimum": _count(least, in_days), "maximum": _count(most, in_days), "unit": unit}
        days = _("{n} jours").format(n=(stop - start).days)
        period = _("du {a} au {b}").format(a=shown_day(start), b=shown_day(stop))
        return Seen(holds(facts), f"{label} : {period}, {_span(value, in_days) or days}{_limits(least, most)}", figures)

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


def _limits(least: str | None, most: str | None) -> str:
    parts = []
    for word, duration in ((_("minimum"), least), (_("maximum"), most)):
        if duration:
            count, unit = duration.split()
            parts.append(f"{word} {count} {_(_UNITS[unit])}")
    return f" ({', '.join(parts)})" if parts else ""


def _compared(spec: dict[str, Any]) -> Condition:
    measure, mark = measures.compiled(spec, truth), measures.mark_of(spec)
    name = spec[mark] if isinstance(spec[mark], str) else ""
    other = measures.compiled(spec["same_as"], truth) if "same_as" in spec else None
    known, tests = spec.get("known"), _tests(spec)

    def decided(facts: Facts, value: Any) -> bool | None:
        if known is not None:
            return (value is not None) == known
        wanted = other(facts) if other else value
        if value is None or wanted is None:
            return None
        return value == wanted and all(test(value) for test in tests)

    def tell(facts: Facts) -> Seen:
        value = measure(facts)
        label = spec.get("label") or (facts.label(name) if name else _("Valeur"))
        ok = decided(facts, value)
        if known is not None:
            return Seen(ok, label)
        if ok is None:
            return Seen(None, _("{label} : à préciser.").format(label=label))
        figures = {
            "value": plain(value),
            "minimum": plain(_bound(spec, value, "at_least", "more_than")),
            "maximum": plain(_bound(spec, value, "at_most", "less_than")),
            "unit": spec.get("unit"),
        }
        return Seen(ok, sentences.compared(spec, label, value, facts), figures)

    return Condition(lambda facts: decided(facts, measure(facts)), tell)


def _bound(spec: dict[str, Any], value: Any, *words: str) -> Any:
    return next((measures.bound_of(spec[word], value) for word in words if word in spec), None)


def _tests(spec: dict[str, Any]) -> list[Test]:
    """One test of a known value for each comparison written."""
    out: list[Test] = []
    for word, wanted in spec.items():
        if word in ("is", "in"):
            out.append(partial(_among, wanted if word == "in" else [wanted], True))
        elif word in ("is_not", "not_in"):
            out.append(partial(_among, wanted if word == "not_in" else [wanted], False))
        elif word in _ORDERS:
            out.append(partial(_ordered, _ORDERS[word], wanted, measures.bound_of(wanted, 0)))
        elif word in ("includes_any", "includes_all", "includes_none"):
            out.append(partial(_including, word, frozenset(wanted)))
    return out


def _among(wanted: list[Any], expected: bool, value: Any) -> bool:
    return any(measures.same(value, one) for one in wanted) is expected


def _including(word: str, wanted: frozenset[str], value: Any) -> bool:
    options = {str(one) for one in value} if isinstance(value, tuple) else {str(value)}
    if word == "includes_all":
        return wanted <= options
    return wanted.isdisjoint(options) is (word == "includes_none")


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge, "at_most": operator.le, "more_than": operator.gt, "less_than": operator.lt,
}  # fmt: skip


def _ordered(order: Callable[[Any, Any], bool], wanted: Any, number: int | Fraction | None, value: Any) -> bool:
    bound = measures.bound_of(wanted, value) if isinstance(value, date) else number
    return bound is not None and isinstance(value, int | Fraction | date) and order(value, bound)
