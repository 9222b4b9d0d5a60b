"""Conditions compiled to functions: true, false or unknown, and what they saw, for the sentence."""

import operator
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

from escale.rules.figures import plain
from escale.rules.scheme import measures, sentences
from escale.rules.scheme.case import departement_of
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.lasting import lasting
from escale.rules.scheme.perimeter import in_perimeter, perimeter_words
from escale.rules.scheme.seen import Condition, Holds, Seen
from escale.rules.words import _

__all__ = ["Condition", "Seen", "compiled", "truth"]

type Test = Callable[[Any], bool]


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
    if "located" in spec:
        return _located(spec)
    return lasting(spec) if "from" in spec else _compared(spec)


def truth(spec: dict[str, Any]) -> Holds:
    """Only the truth of a condition."""
    return compiled(spec).holds


def _located(spec: dict[str, Any]) -> Condition:
    name, perimeter = spec["located"], spec["within"]
    around = {"applicant.commune": "territory", "row.commune": "row"}.get(name, name)

    def found(facts: Facts) -> tuple[bool | None, Any]:
        commune = facts.value(name)
        row = {"commune": commune, "epci": facts.value(f"{around}.epci")}
        if commune is not None:
            row["departement"] = departement_of(str(commune))
        return in_perimeter(perimeter, row, facts.value(f"{around}.zones")), commune

    def tell(facts: Facts) -> Seen:
        ok, commune = found(facts)
        label = spec.get("label") or facts.label(name)
        return Seen(ok, f"{label} : {perimeter_words(perimeter, ok, commune)}", {"value": commune})

    return Condition(lambda facts: found(facts)[0], tell)


def _joined(parts: list[Seen], between: str = " ; ") -> tuple[str, dict[str, Any]]:
    message = between.join(part.message for part in parts if part.message)
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
        value = True if len(met) >= count else (None if len(met) + len(unknown) >= count else False)
        message, figures = _joined({True: met, None: unknown, False: seen}[value], _(" ou ") if count == 1 else " ; ")
        if count > 1:
            counted = _("{n} conditions remplies sur {all} (minimum {least})")
            message = f"{counted.format(n=len(met), all=len(seen), least=count)} : {message}"
            figures = {"value": len(met), "minimum": count, "maximum": None, "unit": None}
        return Seen(value, message, figures)

    return Condition(holds, tell)


def _not(part: Condition) -> Condition:
    def holds(facts: Facts) -> bool | None:
        found = part.holds(facts)
        return None if found is None else not found

    def tell(facts: Facts) -> Seen:
        seen = part.tell(facts)
        message = _("ne doit pas être le cas : {what}").format(what=seen.message) if seen.message else ""
        figures = {**seen.figures, "minimum": None, "maximum": None} if seen.figures else {}
        return Seen(None if seen.truth is None else not seen.truth, message, figures)

    return Condition(holds, tell)


def _compared(spec: dict[str, Any]) -> Condition:
    measure, mark = measures.compiled(spec, truth), measures.mark_of(spec)
    name = spec[mark] if isinstance(spec[mark], str) else ""
    other = measures.compiled(spec["same_as"], truth) if "same_as" in spec else None
    written = spec
    spec = {
        word: measures.unsigned(value, per_cent=mark == "ratio") if word in _ONE_VALUE else value
        for word, value in spec.items()
    }
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
            "unit": sentences.unit_of(spec),
        }
        return Seen(ok, sentences.compared(written, label, value, facts), figures)

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


#: Comparisons with one written value.
_ONE_VALUE = frozenset(["is", "is_not", "at_least", "at_most", "more_than", "less_than"])
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge, "at_most": operator.le, "more_than": operator.gt, "less_than": operator.lt,
}  # fmt: skip


def _ordered(order: Callable[[Any, Any], bool], wanted: Any, number: int | Fraction | None, value: Any) -> bool:
    bound = measures.bound_of(wanted, value) if isinstance(value, date) else number
    return bound is not None and isinstance(value, int | Fraction | date) and order(value, bound)
