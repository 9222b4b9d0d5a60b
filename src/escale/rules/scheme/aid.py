"""The aid, in lines that explain every cent: base kept, rate and why, caps, limits, floor, rounding."""

from fractions import Fraction
from typing import Any

from escale.rules.figures import shown_number, shown_rate
from escale.rules.money import half_up, part_of, share_out, shown_euros
from escale.rules.scheme.conditions import Condition
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.parts import Line, Part, Sum
from escale.rules.scheme.shares import by_year
from escale.rules.scheme.spending import Kept
from escale.rules.words import _


def component(spec: dict[str, Any], facts: Facts, spending: Kept, funders: list[str], out: Sum) -> None:
    """Adds what one component of the scheme gives to the sum."""
    if "when" in spec and not _true(spec["when"], facts, spec["label"], out):
        return
    base = spec.get("base") or {}
    years = spending.of(base.get("categories"), base.get("natures"), base.get("years"), base.get("year_ranks"))
    kept_cents = sum(years.values())
    less = _less(base, facts, spec["label"], out)
    cut_base = max(0, min(kept_cents, base.get("cap", kept_cents)) - less)
    line = _computed(spec, facts, cut_base, out)
    if cut_base < kept_cents:
        line.reason += _(" ; assiette ramenée à {cap}").format(cap=shown_euros(cut_base))
    weights = years or {None: 1}
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1)
    part = Part(
        [line], dict(zip(weights, share_out(line.cents, list(weights.values())), strict=True)), _payers(spec, funders)
    )
    if "rates" not in spec and spec.get("within_spending", True) and facts.case.expenses is not None:
        part.cut(
            kept_cents,
            f"{spec['code']}_spending",
            _("Dépenses retenues"),
            _("Jamais plus que les dépenses retenues."),
        )
    for cap in spec.get("caps", []):
        _apply_cap(cap, facts, part, spec["code"], out)
    if "floor" in spec and 0 < part.cents < spec["floor"]:
        reason = _("Sous le minimum de {floor} : rien n’est accordé ici.").format(floor=shown_euros(spec["floor"]))
        part.cut(0, f"{spec['code']}_floor", _("Plancher"), reason)
    part.group = spec.get("group", "")
    out.parts.append(part)


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
        return _by_rate(spec, facts, base, out)
    if "per_unit" in spec:
        return _by_unit(spec, facts, out)
    if "scale" in spec:
        return _by_scale(spec, facts, base, out)
    return Line(spec["code"], spec["label"], None, None, spec["amount"], _("Somme forfaitaire"))


def _payers(spec: dict[str, Any], funders: list[str]) -> dict[str, Fraction]:
    if spec.get("split"):
        return {row["funder"]: row["share"] for row in spec["split"]}
    return {spec.get("funder", funders[0]): Fraction(1)}


def _true(condition: Condition, facts: Facts, label: str, out: Sum) -> bool:
    truth = condition.holds(facts)
    if truth is None:
        out.unknown.append(label)
    return truth is True


def _by_rate(spec: dict[str, Any], facts: Facts, base: int, out: Sum) -> Line:
    options = []
    on_spending = spec.get("cap_on", "aid") == "spending"
    for row in spec["rates"]:
        if "when" in row and not _true(row["when"], facts, row.get("label", spec["label"]), out):
            continue
        rate, why = _with_bonuses(row["rate"], spec, facts, out)
        cap = row.get("cap")
        kept_base = min(base, cap) if on_spending and cap is not None else base
        cents = part_of(kept_base, rate)
        reason = " ; ".join(part for part in (row.get("label", ""), why) if part) or _("Taux {rate}").format(
            rate=shown_rate(rate)
        )
        if kept_base < base:
            reason += _(" ; dépenses plafonnées à {cap}").format(cap=shown_euros(kept_base))
        if cap is not None and not on_spending and cents > cap:
            reason += _(" ; {full} ramenés au plafond de {cap}").format(full=shown_euros(cents), cap=shown_euros(cap))
            cents = cap
        options.append(Line(spec["code"], spec["label"], kept_base, rate, cents, reason))
        if spec.get("choose", "first") == "first":
            break
    if not options:
        return Line(spec["code"], spec["label"], base, None, 0, _("Aucun taux ne s’applique à ce dossier."))
    if spec.get("choose") == "worse":
        return min(options, key=lambda line: line.cents)
    return max(options, key=lambda line: line.cents) if spec.get("choose") == "better" else options[0]


def _with_bonuses(rate: Fraction, spec: dict[str, Any], facts: Facts, out: Sum) -> tuple[Fraction, str]:
    words = []
    for bonus in spec.get("bonuses", []):
        if _true(bonus["when"], facts, bonus.get("label", _("Majoration")), out):
            rate += bonus["points"]
            words.append(f"+ {shown_rate(bonus['points'])} {bonus.get('label', '')}".strip())
    if "rate_at_most" in spec and rate > spec["rate_at_most"]:
        rate = spec["rate_at_most"]
        words.append(_("taux ramené à {rate}").format(rate=shown_rate(rate)))
    return rate, ", ".join(words)


def _units(spec: dict[str, Any], facts: Facts, out: Sum) -> Fraction:
    value = spec["units"](facts) if "units" in spec else None
    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        out.unknown.append(spec["label"])
        return Fraction(0)
    most = spec.get("units_at_most")
    return min(Fraction(value), Fraction(most)) if most is not None else Fraction(value)


def _by_unit(spec: dict[str, Any], facts: Facts, out: Sum) -> Line:
    units, each = _units(spec, facts, out), spec["per_unit"]
    cents = half_up(units.numerator * each, units.denominator)
    reason = _("{n} × {each}").format(n=shown_number(units), each=shown_euros(each))
    return Line(spec["code"], spec["label"], None, None, cents, reason)


def _by_scale(spec: dict[str, Any], facts: Facts, base: int, out: Sum) -> Line:
    """A scale reads its units, or kept spending in euros when it has none."""
    size = _units(spec, facts, out) if "units" in spec else Fraction(base, 100)
    total, below = Fraction(0), Fraction(0)
    marginal, words = spec.get("scale_mode", "whole") == "marginal", []
    for row in spec["scale"]:
        top = Fraction(row["up_to"]) if "up_to" in row else None
        reached = top is None or size <= top
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
    cents = half_up(total.numerator, total.denominator)
    return Line(spec["code"], spec["label"], None if "units" in spec else base, None, cents, " ; ".join(words))


def _bracket(row: dict[str, Any], size: Fraction) -> Fraction:
    if "rate" in row:
        return size * 100 * row["rate"]
    each = row.get("amount", 0)
    return size * each if row.get("per_unit") else Fraction(each)


def _in_words(row: dict[str, Any]) -> str:
    return shown_rate(row["rate"]) if "rate" in row else shown_euros(row.get("amount", 0))


def _apply_cap(cap: dict[str, Any], facts: Facts, part: Part, code: str, out: Sum) -> None:
    if "when" in cap and not _true(cap["when"], facts, cap.get("label", _("Plafond")), out):
        return
    label = cap.get("label", _("Plafond"))
    most = _cap_cents(cap, facts, label, out)
    if most is None:
        return
    if cap.get("per_year"):
        for year, cents in list(part.years.items()):
            if cents > most:
                reason = _("Plafond annuel de {cap}").format(cap=shown_euros(most))
                part.lines.append(
                    Line(f"{code}_cap", label, None, None, most - cents, f"{year or ''} {reason}".strip())
                )
                part.years[year] = most
    elif cap.get("on", "aid") == "spending":
        line = part.lines[0]
        if line.base is not None and line.rate is not None and line.base > most:
            part.cut(
                part_of(most, line.rate),
                f"{code}_cap",
                label,
                _("Dépenses plafonnées à {cap}.").format(cap=shown_euros(most)),
            )
    else:
        part.cut(most, f"{code}_cap", label, _("Plafond de {cap}.").format(cap=shown_euros(most)))


def _cap_cents(cap: dict[str, Any], facts: Facts, label: str, out: Sum) -> int | None:
    most = cap["amount"]
    if "per" not in cap:
        return most
    units = cap["per"](facts)
    if not isinstance(units, int | Fraction):
        out.unknown.append(label)
        return None
    exact = Fraction(units)
    return half_up(exact.numerator * most, exact.denominator)


def apply_whole_cap(cap: dict[str, Any], facts: Facts, spending: Kept, out: Sum) -> None:
    """A cap over all components."""
    if "when" in cap and not _true(cap["when"], facts, cap.get("label", _("Plafond")), out):
        return
    label = cap.get("label", _("Plafond d’ensemble"))
    most = _cap_cents(cap, facts, label, out)
    if most is None:
        return
    if cap.get("per_year"):
        for year, cents in by_year(out).items():
            if cents > most:
                reason = _("{year} : plafond annuel de {cap}.").format(year=year or "", cap=shown_euros(most))
                out.lines.append(Line("cap_year", label, None, None, most - cents, reason, {year: most - cents}))
        return
    if cap.get("on") == "spending" and spending.cents > most and spending.cents:
        most = half_up(out.cents * most, spending.cents)
    elif cap.get("on") == "spending":
        return
    out.cut(most, "cap", label, _("Plafond de {cap}.").format(cap=shown_euros(most)))
