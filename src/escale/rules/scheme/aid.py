"""The aid, in lines that explain every cent: base kept, rate and why, caps, limits, floor, rounding."""

from fractions import Fraction
from typing import Any

from escale.rules.figures import shown_number, shown_rate
from escale.rules.money import half_up, share_out, shown_euros
from escale.rules.scheme import caps, each, rates
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.parts import Line, Part, Sum, holds
from escale.rules.scheme.spending import Kept
from escale.rules.words import _

#: A hundred thousand billion euros: no aid is more.
MOST_CENTS = 10**16


def component(spec: dict[str, Any], facts: Facts, spending: Kept, funders: list[str], out: Sum) -> None:
    """Adds what one component of the scheme gives to the sum: once, or for each partner on what it bears."""
    if not spec.get("each_partner"):
        _component(spec, facts, spending, funders, out)
        return
    for row, own in each.partners_of(facts, spending, out):
        name, before = str(row.get("name") or facts.value("applicant.name") or ""), len(out.parts)
        label = _("{label} : {name}").format(label=spec["label"], name=name) if name else spec["label"]
        _component({**spec, "label": label}, facts.at_row(row), own, funders, out)
        for part in out.parts[before:]:
            part.partner = name


def _component(spec: dict[str, Any], facts: Facts, spending: Kept, funders: list[str], out: Sum) -> None:
    if "when" in spec and not holds(spec["when"], facts, spec["label"], out):
        return
    years, base = _base(spec, facts, spending, out)
    line = _computed(spec, facts, base, out)
    if base < sum(years.values()):
        line.reason += _(" ; assiette ramenée à {cap}").format(cap=shown_euros(base))
    lines = [line, *rates.on_the_aid(spec, facts, line, out)]
    total = sum(one.cents for one in lines)
    weights = years or {None: 1}
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1)
    part = Part(
        lines, dict(zip(weights, share_out(total, list(weights.values())), strict=True)), _payers(spec, funders)
    )
    if "rates" not in spec and spec.get("within_spending", True) and facts.case.expenses is not None:
        reason = _("Jamais plus que les dépenses retenues.")
        part.cut(base, f"{spec['code']}_spending", _("Dépenses retenues"), reason)
    for cap in spec.get("caps", []):
        if cap.get("on", "aid") == "aid":
            caps.on_component(cap, facts, part, spec["code"], out)
    if "floor" in spec and 0 < part.cents < spec["floor"]:
        reason = _("Sous le minimum de {floor} : rien n’est accordé ici.").format(floor=shown_euros(spec["floor"]))
        part.cut(0, f"{spec['code']}_floor", _("Plancher"), reason)
    part.group = spec.get("group", "")
    out.parts.append(part)


def _base(spec: dict[str, Any], facts: Facts, spending: Kept, out: Sum) -> tuple[dict[int | None, int], int]:
    """Kept cents of a component by year, and its base: yearly caps, the base's cap, what is taken off, caps in all."""
    base = spec.get("base") or {}
    years = spending.of(base.get("categories"), base.get("natures"), base.get("years"), base.get("year_ranks"))
    on_spending = [cap for cap in spec.get("caps", []) if cap.get("on") == "spending"]
    counted = dict(years)
    for cap in on_spending:
        if cap.get("per_year") and (most := caps.cents_of(cap, facts, out)) is not None:
            counted = {year: min(cents, most) for year, cents in counted.items()}
    total = sum(counted.values())
    total = max(0, min(total, base.get("cap", total)) - _less(base, facts, spec["label"], out))
    for cap in on_spending:
        if not cap.get("per_year") and (most := caps.cents_of(cap, facts, out)) is not None:
            total = min(total, most)
    return (counted if any(counted.values()) else years), total


def groups(specs: list[dict[str, Any]], out: Sum) -> None:
    """Keeps of each group of components the one that its rule takes, then caps the group."""
    for spec in specs:
        parts = [part for part in out.parts if part.group == spec["code"]]
        if not parts:
            continue
        if spec["take"] != "sum":
            pick = {"better": max, "worse": min}.get(spec["take"])
            taken = pick(parts, key=lambda part: part.cents) if pick else parts[0]
            compared = ", ".join(f"{part.lines[0].label} {shown_euros(part.cents)}" for part in parts)
            taken.lines[0].reason += _(" ; {label} ({compared})").format(label=spec["label"], compared=compared)
            out.parts = [part for part in out.parts if part is taken or part.group != spec["code"]]
            parts = [taken]
        total = sum(part.cents for part in parts)
        if "cap" in spec and total > spec["cap"]:
            for part, most in zip(parts, share_out(spec["cap"], [part.cents for part in parts]), strict=True):
                reason = _("Plafond de {cap}.").format(cap=shown_euros(spec["cap"]))
                part.cut(most, f"{spec['code']}_cap", spec["label"], reason)


def _less(base: dict[str, Any], facts: Facts, label: str, out: Sum) -> int:
    """Cents taken off the base."""
    if "less" not in base:
        return 0
    value = base["less"](facts)
    if not isinstance(value, int | Fraction):
        out.unknown.append(label)
        return 0
    return half_up((Fraction(value) * 100).numerator, (Fraction(value) * 100).denominator)


def _computed(spec: dict[str, Any], facts: Facts, base: int, out: Sum) -> Line:
    """The line of a component before its caps: by rate, flat, by unit or by scale."""
    if "rates" in spec:
        return rates.by_rate(spec, facts, base, out)
    if "per_unit" in spec:
        return _by_unit(spec, facts, out)
    if "scale" in spec:
        return _by_scale(spec, facts, base, out)
    return Line(spec["code"], spec["label"], None, None, spec["amount"], _("Somme forfaitaire"))


def _payers(spec: dict[str, Any], funders: list[str]) -> dict[str, Fraction]:
    if spec.get("split"):
        return {row["funder"]: row["share"] for row in spec["split"]}
    return {spec.get("funder", funders[0]): Fraction(1)}


def _units(spec: dict[str, Any], facts: Facts, out: Sum) -> Fraction:
    value = spec["units"](facts) if "units" in spec else None
    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        out.unknown.append(spec["label"])
        return Fraction(0)
    most = spec.get("units_at_most")
    return min(Fraction(value), Fraction(most)) if most is not None else Fraction(value)


def _believable(cents: int) -> int:
    """An amount that a database can hold, whatever number was typed."""
    return min(cents, MOST_CENTS)


def _by_unit(spec: dict[str, Any], facts: Facts, out: Sum) -> Line:
    units, each = _units(spec, facts, out), spec["per_unit"]
    cents = _believable(half_up(units.numerator * each, units.denominator))
    reason = _("{n} × {each}").format(n=shown_number(units), each=shown_euros(each))
    return Line(spec["code"], spec["label"], None, None, cents, reason)


def _by_scale(spec: dict[str, Any], facts: Facts, base: int, out: Sum) -> Line:
    """A scale reads its units, or kept spending in euros when it has none."""
    size = _units(spec, facts, out) if "units" in spec else Fraction(base, 100)
    total, below = Fraction(0), Fraction(0)
    marginal, words = spec.get("scale_mode", "whole") == "marginal", []
    for row in spec["scale"]:
        top = Fraction(row.get("up_to", row.get("below"))) if {"up_to", "below"} & set(row) else None
        reached = top is None or (size < top if "below" in row else size <= top)
        inside = (size if top is None else min(size, top)) - below
        if marginal and inside > 0:
            total += _bracket(row, inside)
            words.append(_("{n} au palier {row}").format(n=shown_number(inside), row=_in_words(row)))
        if reached:
            if not marginal:
                total = _bracket(row, size)
                words.append(_("{n} : palier {row}").format(n=shown_number(size), row=_in_words(row)))
            break
        below = top if top is not None else below
    cents = _believable(half_up(total.numerator, total.denominator))
    return Line(spec["code"], spec["label"], None if "units" in spec else base, None, cents, " ; ".join(words))


def _bracket(row: dict[str, Any], size: Fraction) -> Fraction:
    if "rate" in row:
        return size * 100 * row["rate"]
    each = row.get("amount", 0)
    return size * each if row.get("per_unit") else Fraction(each)


def _in_words(row: dict[str, Any]) -> str:
    return shown_rate(row["rate"]) if "rate" in row else shown_euros(row.get("amount", 0))
