"""Caps on the aid: of one component or of all, by unit, by year, or as a cap on spending read in proportion."""

from fractions import Fraction
from typing import Any

from escale.rules.money import half_up, shown_euros
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.parts import Line, Part, Sum, holds
from escale.rules.scheme.shares import by_year
from escale.rules.scheme.spending import Kept
from escale.rules.words import _


def cents_of(cap: dict[str, Any], facts: Facts, out: Sum) -> int | None:
    """The amount of a cap for this dossier; None when it does not apply or is unknown (and said)."""
    label = cap.get("label", _("Plafond"))
    if "when" in cap and not holds(cap["when"], facts, label, out):
        return None
    most: int = cap["amount"]
    if "per" not in cap:
        return most
    units = cap["per"](facts)
    if not isinstance(units, int | Fraction):
        out.unknown.append(label)
        return None
    exact = max(Fraction(units), Fraction(0))
    return half_up(exact.numerator * most, exact.denominator)


def on_component(cap: dict[str, Any], facts: Facts, part: Part, code: str, out: Sum) -> None:
    """A cap on the aid of one component, in all or by year."""
    most, label = cents_of(cap, facts, out), cap.get("label", _("Plafond"))
    if most is None:
        return
    if not cap.get("per_year"):
        part.cut(most, f"{code}_cap", label, _("Plafond de {cap}.").format(cap=shown_euros(most)))
        return
    reason = _("Plafond annuel de {cap}").format(cap=shown_euros(most))
    for year, cents in list(part.years.items()):
        if cents > most:
            part.lines.append(Line(f"{code}_cap", label, None, None, most - cents, f"{year or ''} {reason}".strip()))
            part.years[year] = most


def on_the_whole(cap: dict[str, Any], facts: Facts, spending: Kept, out: Sum) -> None:
    """A cap over all components."""
    most, label = cents_of(cap, facts, out), cap.get("label", _("Plafond d’ensemble"))
    if most is None:
        return
    on_spending = cap.get("on") == "spending"
    if cap.get("per_year"):
        spent = spending.of()
        for year, cents in by_year(out).items():
            allowed = _in_proportion(cents, most, spent.get(year, 0)) if on_spending else most
            if cents > allowed:
                reason = _("{year} : plafond annuel de {cap}.").format(year=year or "", cap=shown_euros(most))
                out.lines.append(Line("cap_year", label, None, None, allowed - cents, reason, {year: allowed - cents}))
        return
    allowed = _in_proportion(out.cents, most, spending.cents) if on_spending else most
    out.cut(allowed, "cap", label, _("Plafond de {cap}.").format(cap=shown_euros(most)))


def _in_proportion(cents: int, most: int, spent: int) -> int:
    """The aid when the spending behind it is cut to ``most``."""
    return half_up(cents * most, spent) if spent > most else cents
