"""Measures: numbers, texts, days or lists computed from facts. None when a fact they need is unknown."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from escale.rules.legal import FAMILIES
from escale.rules.money import half_up
from escale.rules.period import days_after, whole_months
from escale.rules.scheme.case import Row, number
from escale.rules.scheme.facts import Facts
from escale.rules.shape.rates import rate_written
from escale.rules.shape.scalar import plain_number

type Measure = Callable[[Facts], Any]
type Truth = Callable[[Facts], bool | None]

#: the words by which a measure is recognised, in the order of the description.
MARKS = ("fact", "sum", "least", "greatest", "mean", "distinct", "sum_of", "count", "count_among", "total", "product", "ratio", "difference",
         "quotient", "lowest_of", "highest_of", "rounded", "cases", "elapsed", "number", "mail_domain")  # fmt: skip
#: those that no fact names by itself.
COMPUTED = (
    "total",
    "product",
    "ratio",
    "difference",
    "quotient",
    "lowest_of",
    "highest_of",
    "rounded",
    "cases",
    "elapsed",
    "sum_of",
)
#: the second measure of a form, by its mark.
_SECOND = {"ratio": "to", "difference": "minus", "quotient": "by"}


def mark_of(spec: dict[str, Any]) -> str:
    """Which kind of measure a canonical map is."""
    return next(mark for mark in MARKS if mark in spec)


def compiled(spec: dict[str, Any], condition: Callable[[dict[str, Any]], Truth]) -> Measure:
    """The function of a canonical measure; ``condition`` compiles the ``where`` of rows."""
    mark = mark_of(spec)
    if mark == "fact":
        name = spec["fact"]
        return lambda facts: facts.value(name)
    if mark in ("sum", "least", "greatest", "mean", "distinct", "count"):
        where = condition(spec["where"]) if "where" in spec else None
        return _over_rows(mark, spec[mark], where)
    if mark == "sum_of":
        where = condition(spec["where"]) if "where" in spec else None
        return _sum_of(spec["sum_of"], compiled(spec["each"], condition), where)
    if mark == "count_among":
        return _count_among(spec["count_among"], spec.get("of"))
    if mark == "number":
        fixed = number(spec["number"])
        return lambda facts: fixed
    if mark == "mail_domain":
        return _mail_domain(spec["mail_domain"])
    if mark == "elapsed":
        return _elapsed(spec)
    if mark == "cases":
        return _cases(spec, condition)
    if mark == "rounded":
        return _rounded(compiled(spec["rounded"], condition), number(spec.get("step", 1)), spec.get("how", "half_up"))
    parts = [spec[mark], spec[_SECOND[mark]]] if mark in _SECOND else spec[mark]
    return _arithmetic(mark, [compiled(part, condition) for part in parts])


def _elapsed(spec: dict[str, Any]) -> Measure:
    """Whole units between two days; unknown when the second comes first."""
    begin, end, unit = spec["elapsed"], spec["until"], spec.get("counted_in", "months")
    more = 1 if spec.get("until_included") else 0

    def measure(facts: Facts) -> Any:
        start, stop = facts.value(begin), facts.value(end)
        if not isinstance(start, date) or not isinstance(stop, date) or stop < start:
            return None
        stop = days_after(stop, more)
        if unit in ("days", "weeks"):
            return (stop - start).days // (7 if unit == "weeks" else 1)
        return whole_months(start, stop) // (12 if unit == "years" else 1)

    return measure


def _cases(spec: dict[str, Any], condition: Callable[[dict[str, Any]], Truth]) -> Measure:
    rows = [(condition(row["when"]), compiled(row["give"], condition)) for row in spec["cases"]]
    otherwise = compiled(spec["otherwise"], condition) if "otherwise" in spec else None

    def measure(facts: Facts) -> Any:
        for when, give in rows:
            truth = when(facts)
            if truth is None:
                return None
            if truth:
                return give(facts)
        return otherwise(facts) if otherwise else 0

    return measure


def _rounded(part: Measure, step: int | Fraction, how: str) -> Measure:
    def measure(facts: Facts) -> Any:
        value = part(facts)
        if not isinstance(value, int | Fraction) or not step:
            return None
        steps = Fraction(value) / Fraction(step)
        count = steps.__ceil__() if how == "up" else steps.__floor__()
        if how == "half_up":
            count = half_up(steps.numerator, steps.denominator)
        return count * step

    return measure


def _over_rows(mark: str, name: str, where: Truth | None) -> Measure:
    source, _point, column = name.rpartition(".") if mark != "count" and "." in name else (name, "", "")
    if mark == "count" and not name.startswith("answers."):
        source = name.split(".")[0]

    def measure(facts: Facts) -> Any:
        kept = _kept(source, where, facts)
        if kept is None or mark == "count":
            return None if kept is None else len(kept)
        values = [row.get(column) for row in kept]
        if any(value is None for value in values):
            return None
        return _reduced(mark, values)

    return measure


def _kept(source: str, where: Truth | None, facts: Facts) -> list[Row] | None:
    """The rows where a condition holds; None when they, or whether it holds, are unknown."""
    rows = facts.rows(source)
    if rows is None:
        return None
    kept: list[Row] = []
    for row in rows:
        keep = True if where is None else where(facts.at_row(row))
        if keep is None:
            return None
        if keep:
            kept.append(row)
    return kept


def _sum_of(source: str, each: Measure, where: Truth | None) -> Measure:
    def measure(facts: Facts) -> Any:
        kept = _kept(source, where, facts)
        values = None if kept is None else [each(facts.at_row(row)) for row in kept]
        if values is None or any(not isinstance(value, int | Fraction) for value in values):
            return None
        return sum(values)

    return measure


def _reduced(mark: str, values: list[Any]) -> Any:
    if mark == "distinct":
        return len(set(values))
    if mark == "sum":
        return sum(values, Fraction(0)) if any(isinstance(value, Fraction) for value in values) else sum(values)
    if not values:
        return None
    if mark == "mean":
        return Fraction(sum(values), len(values))
    return min(values) if mark == "least" else max(values)


def _count_among(name: str, among: list[str] | None) -> Measure:
    wanted = frozenset(among) if among else None

    def measure(facts: Facts) -> Any:
        chosen = facts.value(name)
        if chosen is None:
            return None
        options = set(chosen) if isinstance(chosen, tuple) else {str(chosen)}
        return len(options & wanted) if wanted else len(options)

    return measure


def _mail_domain(name: str) -> Measure:
    def measure(facts: Facts) -> Any:
        mail = facts.value(name)
        return None if mail is None else str(mail).rpartition("@")[2].casefold()

    return measure


def _arithmetic(mark: str, parts: list[Measure]) -> Measure:
    def measure(facts: Facts) -> Any:
        values = [part(facts) for part in parts]
        if any(not isinstance(value, int | Fraction) for value in values):
            return None
        if mark == "total":
            return sum(values)
        if mark == "difference":
            return values[0] - values[1]
        if mark == "product":
            out: int | Fraction = 1
            for value in values:
                out *= value
            return out
        if mark in ("lowest_of", "highest_of"):
            return min(values) if mark == "lowest_of" else max(values)
        if not values[1]:
            return None
        return Fraction(values[0]) / Fraction(values[1]) * (100 if mark == "ratio" else 1)

    return measure


def same(value: Any, wanted: Any) -> bool:
    """Equality of a fact's value and a written one; a family of legal forms equals its members."""
    if isinstance(value, bool):
        return value == (str(wanted) in ("yes", "true", "True"))
    if isinstance(value, int | Fraction):
        bound = bound_of(wanted, value)
        return bound is not None and value == bound
    if isinstance(value, date):
        return value.isoformat() == str(wanted)
    if isinstance(value, tuple):
        return [str(one) for one in value] == [str(wanted)]
    text, family = str(value), FAMILIES.get(str(wanted), ())
    return text == str(wanted) or text in family or (text in FAMILIES and set(FAMILIES[text]) <= set(family))


def unsigned(text: Any, *, per_cent: bool) -> Any:
    """A written rate as the number it is compared with: 20 beside a ``ratio`` (per cent), else 0.2 (a fraction stays exact);
    other texts as they are.
    """
    rate = rate_written(str(text))
    if rate is None:
        return text
    exact = rate * (100 if per_cent else 1)
    return str(exact) if "/" in str(text) else plain_number(exact)


def bound_of(written: Any, like: Any) -> Any:
    """A written bound as the type of the value it is compared with; None when it cannot be."""
    try:
        if isinstance(like, date):
            return date.fromisoformat(str(written))
        return number(written) if isinstance(written, int) else number(str(written))
    except ValueError:
        return None
