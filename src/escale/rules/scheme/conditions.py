"""Conditions compiled to functions: true, false or unknown, and what they saw, for the sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from escale.rules.figures import plain, shown_day, shown_number
from escale.rules.legal import FAMILIES, LEGAL_FORMS
from escale.rules.period import after, whole_months
from escale.rules.scheme import measures
from escale.rules.scheme.facts import Facts
from escale.rules.words import _


@dataclass(frozen=True)
class Seen:
    """The outcome of a condition: its truth (None: unknown), its sentence, its figures."""

    truth: bool | None
    message: str
    figures: dict[str, Any] = field(default_factory=dict)


type Condition = Callable[[Facts], Seen]


def compiled(spec: dict[str, Any]) -> Condition:
    """The function of a canonical condition."""
    if "always" in spec:
        fixed = bool(spec["always"])
        return lambda facts: Seen(fixed, "")
    if "all" in spec:
        return _all([compiled(one) for one in spec["all"]])
    if "any" in spec:
        return _at_least(1, [compiled(one) for one in spec["any"]])
    if "at_least_of" in spec:
        return _at_least(spec["at_least_of"], [compiled(one) for one in spec["of"]])
    if "not" in spec:
        return _not(compiled(spec["not"]))
    if "from" in spec:
        return _lasting(spec)
    return _compared(spec)


def truth(spec: dict[str, Any]) -> Callable[[Facts], bool | None]:
    """Only the truth of a condition."""
    found = compiled(spec)
    return lambda facts: found(facts).truth


def _joined(parts: list[Seen]) -> tuple[str, dict[str, Any]]:
    message = " ; ".join(part.message for part in parts if part.message)
    figures = next((part.figures for part in parts if part.figures), {})
    return message, figures


def _all(parts: list[Condition]) -> Condition:
    def condition(facts: Facts) -> Seen:
        seen = [part(facts) for part in parts]
        failed = [one for one in seen if one.truth is False]
        unknown = [one for one in seen if one.truth is None]
        value = False if failed else (None if unknown else True)
        return Seen(value, *_joined(failed or unknown or seen))

    return condition


def _at_least(count: int, parts: list[Condition]) -> Condition:
    def condition(facts: Facts) -> Seen:
        seen = [part(facts) for part in parts]
        met = [one for one in seen if one.truth]
        unknown = [one for one in seen if one.truth is None]
        if len(met) >= count:
            return Seen(True, *_joined(met))
        value = None if len(met) + len(unknown) >= count else False
        return Seen(value, *_joined(unknown if value is None else seen))

    return condition


def _not(part: Condition) -> Condition:
    def condition(facts: Facts) -> Seen:
        seen = part(facts)
        return Seen(None if seen.truth is None else not seen.truth, seen.message, seen.figures)

    return condition


def _lasting(spec: dict[str, Any]) -> Condition:
    begin, end = spec["from"], spec["to"]
    least, most = spec.get("lasts_at_least"), spec.get("lasts_at_most")

    def condition(facts: Facts) -> Seen:
        start, stop = facts.value(begin), facts.value(end)
        label = spec.get("label") or _("Du {a} au {b}").format(a=facts.label(begin), b=facts.label(end))
        if not isinstance(start, date) or not isinstance(stop, date):
            absent = begin if not isinstance(start, date) else end
            return Seen(None, _("{label} : à préciser ({fact}).").format(label=label, fact=facts.label(absent)))
        ok = (least is None or after(start, least) <= stop) and (most is None or stop <= after(start, most))
        in_days = "day" in (least or most or "")
        value = (stop - start).days if in_days else whole_months(start, stop)
        unit = "days" if in_days else "months"
        figures = {"value": value, "minimum": _count(least, in_days), "maximum": _count(most, in_days), "unit": unit}
        days = _("{n} jours").format(n=(stop - start).days)
        period = _("du {a} au {b}").format(a=shown_day(start), b=shown_day(stop))
        return Seen(ok, f"{label} : {period}, {_span(value, in_days) or days}{_limits(least, most)}", figures)

    return condition


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
    known = spec.get("known")

    def condition(facts: Facts) -> Seen:
        value = measure(facts)
        label = spec.get("label") or (facts.label(name) if name else _("Valeur"))
        if known is not None:
            return Seen((value is not None) == known, label)
        if value is None:
            return Seen(None, _("{label} : à préciser.").format(label=label))
        wanted = other(facts) if other else None
        if other and wanted is None:
            return Seen(None, _("{label} : à préciser.").format(label=label))
        ok = _holds(spec, value) and (other is None or value == wanted)
        figures = {
            "value": plain(value),
            "minimum": plain(_bound(spec, value, "at_least", "more_than")),
            "maximum": plain(_bound(spec, value, "at_most", "less_than")),
            "unit": spec.get("unit"),
        }
        return Seen(ok, _sentence(spec, label, value, facts), figures)

    return condition


def _bound(spec: dict[str, Any], value: Any, *words: str) -> Any:
    return next((measures.bound_of(spec[word], value) for word in words if word in spec), None)


def _holds(spec: dict[str, Any], value: Any) -> bool:
    """Whether every comparison written holds for a known value."""
    options = {str(one) for one in value} if isinstance(value, tuple) else {str(value)}
    for word, wanted in spec.items():
        match word:
            case "is":
                ok = measures.same(value, wanted)
            case "is_not":
                ok = not measures.same(value, wanted)
            case "in":
                ok = any(measures.same(value, one) for one in wanted)
            case "not_in":
                ok = not any(measures.same(value, one) for one in wanted)
            case "at_least" | "at_most" | "more_than" | "less_than":
                ok = _ordered(word, value, measures.bound_of(wanted, value))
            case "includes_any":
                ok = bool(options & set(wanted))
            case "includes_all":
                ok = options >= set(wanted)
            case "includes_none":
                ok = not options & set(wanted)
            case _:
                continue
        if not ok:
            return False
    return True


def _ordered(word: str, value: Any, bound: Any) -> bool:
    if bound is None or not isinstance(value, int | Fraction | date):
        return False
    if word == "at_least":
        return bool(value >= bound)
    if word == "at_most":
        return bool(value <= bound)
    return bool(value > bound) if word == "more_than" else bool(value < bound)


def shown(value: Any) -> str:
    """A value in a sentence."""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, int | Fraction):
        return shown_number(value)
    if isinstance(value, date):
        return shown_day(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or _("aucun")
    text = str(value)
    return _(LEGAL_FORMS[text]) if text in LEGAL_FORMS else text


def _sentence(spec: dict[str, Any], label: str, value: Any, facts: Facts) -> str:
    unit = f" {spec['unit']}" if spec.get("unit") else ""
    parts = []
    for word, template in _EXPECTED.items():
        if word in spec:
            wanted = spec[word]
            text = ", ".join(_option(one) for one in wanted) if isinstance(wanted, list) else _option(wanted, value)
            parts.append(_(template).format(x=text))
    expected = f" ({', '.join(parts)})" if parts else ""
    names = facts.labels
    several = isinstance(value, tuple) and bool(value)
    text = ", ".join(names.get(f"={one}", str(one)) for one in value) if several else shown(value)
    return f"{label} : {names.get(f'={value}', text)}{unit}{expected}"


_EXPECTED = {
    "is": "attendu : {x}",
    "is_not": "autre que {x}",
    "in": "attendu : {x}",
    "not_in": "sauf {x}",
    "at_least": "minimum {x}",
    "at_most": "maximum {x}",
    "more_than": "plus de {x}",
    "less_than": "moins de {x}",
    "includes_any": "au moins l’un de : {x}",
    "includes_all": "tous : {x}",
    "includes_none": "aucun de : {x}",
}


def _option(wanted: Any, value: Any = None) -> str:
    text = str(wanted)
    if text in ("yes", "no"):
        return _("oui") if text == "yes" else _("non")
    if text in LEGAL_FORMS:
        return _(LEGAL_FORMS[text])
    if text in FAMILIES:
        return ", ".join(_(LEGAL_FORMS[one]) for one in FAMILIES[text])
    bound = measures.bound_of(wanted, value) if isinstance(value, int | Fraction | date) else None
    return shown(bound) if bound is not None else text
