"""Measures: numbers, texts, days or lists computed from facts. None when a fact they need is unknown."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from escale.rules.legal import FAMILIES
from escale.rules.scheme.case import Row, number
from escale.rules.scheme.facts import Facts

type Measure = Callable[[Facts], Any]
type Truth = Callable[[Facts], bool | None]

#: the words by which a measure is recognised, in the order of the description.
MARKS = ("fact", "sum", "least", "greatest", "mean", "distinct", "count", "count_among", "total", "product", "ratio", "difference",
         "number", "mail_domain")  # fmt: skip


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
    if mark == "count_among":
        return _count_among(spec["count_among"], spec.get("of"))
    if mark == "number":
        fixed = number(spec["number"])
        return lambda facts: fixed
    if mark == "mail_domain":
        return _mail_domain(spec["mail_domain"])
    parts = [spec[mark]] if mark in ("ratio", "difference") else spec[mark]
    parts = [*parts, *([spec["to"]] if mark == "ratio" else []), *([spec["minus"]] if mark == "difference" else [])]
    return _arithmetic(mark, [compiled(part, condition) for part in parts])


def _over_rows(mark: str, name: str, where: Truth | None) -> Measure:
    source, _point, column = name.rpartition(".") if mark != "count" and "." in name else (name, "", "")
    if mark == "count" and not name.startswith("answers."):
        source = name.split(".")[0]

    def measure(facts: Facts) -> Any:
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
        if mark == "count":
            return len(kept)
        values = [row.get(column) for row in kept]
        if any(value is None for value in values):
            return None
        return _reduced(mark, values)

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
        return None if not values[1] else Fraction(values[0]) / Fraction(values[1]) * 100

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


def bound_of(written: Any, like: Any) -> Any:
    """A written bound as the type of the value it is compared with; None when it cannot be."""
    try:
        if isinstance(like, date):
            return date.fromisoformat(str(written))
        return number(written) if isinstance(written, int) else number(str(written))
    except ValueError:
        return None
