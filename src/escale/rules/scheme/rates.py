"""Aid by rate: which row holds, its bonuses, its cap."""

from fractions import Fraction
from typing import Any

from escale.rules.figures import shown_rate
from escale.rules.money import part_of, shown_euros
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.parts import Line, Sum, holds
from escale.rules.words import _


def by_rate(spec: dict[str, Any], facts: Facts, base: int, out: Sum) -> Line:
    """The line of the row that holds: the first, or the one that gives most or least."""
    options = []
    for row in spec["rates"]:
        if "when" in row and not holds(row["when"], facts, row.get("label", spec["label"]), out):
            continue
        options.append(_row(row, spec, facts, base, out))
        if spec.get("choose", "first") == "first":
            break
    if not options:
        return Line(spec["code"], spec["label"], base, None, 0, _("Aucun taux ne s’applique à ce dossier."))
    if spec.get("choose") == "worse":
        return min(options, key=lambda line: line.cents)
    return max(options, key=lambda line: line.cents) if spec.get("choose") == "better" else options[0]


def _row(row: dict[str, Any], spec: dict[str, Any], facts: Facts, base: int, out: Sum) -> Line:
    first = _rate_of(row, spec, facts, out)
    rate, why = _with_bonuses(first, spec, facts, out)
    cap, on_spending = row.get("cap"), spec.get("cap_on", "aid") == "spending"
    kept_base = min(base, cap) if on_spending and cap is not None else base
    cents = part_of(kept_base, rate)
    reason = (
        f"{row['label']} : {shown_rate(first)}" if row.get("label") else _("Taux {rate}").format(rate=shown_rate(first))
    )
    reason += f" {why}" if why else ""
    if kept_base < base:
        reason += _(" ; dépenses plafonnées à {cap}").format(cap=shown_euros(kept_base))
    if cap is not None and not on_spending and cents > cap:
        reason += _(" ; {full} ramenés au plafond de {cap}").format(full=shown_euros(cents), cap=shown_euros(cap))
        cents = cap
    return Line(spec["code"], spec["label"], kept_base, rate, cents, reason)


def _rate_of(row: dict[str, Any], spec: dict[str, Any], facts: Facts, out: Sum) -> Fraction:
    """The rate of a row, written or computed; a computed one is kept between 0 and 100 %."""
    if "rate" in row:
        rate: Fraction = row["rate"]
        return rate
    value = row["percent"](facts)
    if not isinstance(value, int | Fraction):
        out.unknown.append(row.get("label", spec["label"]))
        return Fraction(0)
    return min(max(Fraction(value) / 100, Fraction(0)), Fraction(1))


def _bonuses(spec: dict[str, Any], of: str, facts: Facts, out: Sum) -> list[dict[str, Any]]:
    """The bonuses that apply, on the rate or on the aid."""
    found = [
        row
        for row in spec.get("bonuses", [])
        if row.get("of", "rate") == of and holds(row["when"], facts, row.get("label", _("Majoration")), out)
    ]
    if spec.get("bonuses_take") == "better" and found:
        return [max(found, key=lambda row: row["points"])]
    return found


def _with_bonuses(rate: Fraction, spec: dict[str, Any], facts: Facts, out: Sum) -> tuple[Fraction, str]:
    words = []
    for bonus in _bonuses(spec, "rate", facts, out):
        rate += bonus["points"]
        words.append(f"{_signed(bonus['points'])} {bonus.get('label', '')}".strip())
    if "rate_at_most" in spec and rate > spec["rate_at_most"]:
        rate = spec["rate_at_most"]
        words.append(_("plafonné à {rate}").format(rate=shown_rate(rate)))
    elif words:
        words.append(_("soit {rate}").format(rate=shown_rate(rate)))
    return min(max(rate, Fraction(0)), Fraction(1)), ", ".join(words)


def _signed(points: Fraction) -> str:
    return f"{'−' if points < 0 else '+'} {shown_rate(abs(points))}"


def on_the_aid(spec: dict[str, Any], facts: Facts, line: Line, out: Sum) -> list[Line]:
    """A line for each bonus that is a share of the aid."""
    lines = []
    for bonus in _bonuses(spec, "aid", facts, out):
        label = bonus.get("label", _("Majoration"))
        cents = part_of(line.cents, bonus["points"])
        reason = _("{points} de l’aide de {aid}").format(points=_signed(bonus["points"]), aid=shown_euros(line.cents))
        lines.append(Line(f"{spec['code']}_bonus", label, line.cents, bonus["points"], cents, reason))
    return lines
