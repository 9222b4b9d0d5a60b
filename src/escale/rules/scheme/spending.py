"""Spending kept: HT or TTC, eligible categories, caps, flat-rate costs, side costs limited to a share."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from escale.rules.figures import shown_rate
from escale.rules.money import half_up, part_of, share_out, shown_euros
from escale.rules.scheme.case import Case, Expense
from escale.rules.scheme.facts import Facts, expense_row
from escale.rules.words import _

#: A category and a year (None: not said).
type Place = tuple[str, int | None]


def amounts(case: Case, vat: str, own: dict[str, str]) -> tuple[int, ...]:
    """Each expense as it counts, in cents; ``vat`` is the rule of the scheme, ``own`` that of some categories.

    ``by_status``: with the VAT that the applicant does not recover, all of it or the rest of what it does.
    """
    borne = {"ttc": Fraction(1), "by_status": _vat_borne(case)}
    return tuple(
        expense.ht + part_of(expense.vat, borne.get(own.get(expense.category, vat), Fraction(0)))
        for expense in case.expenses or ()
    )


def _vat_borne(case: Case) -> Fraction:
    """The part of the VAT that the applicant pays for good (CGI, annexe II, article 206: a coefficient of deduction)."""
    status = case.facts.get("applicant.vat")
    if status == "partly":
        return 1 - Fraction(case.facts.get("applicant.vat_recovered", 1))
    return Fraction(1 if status == "not_recovered" else 0)


def vat_unknown(spec: dict[str, Any], facts: Facts) -> bool:
    """Whether nobody said if the VAT given in the expenses is recovered, and it matters."""
    by_status, status = spec.get("vat", "by_status") == "by_status", facts.value("applicant.vat")
    silent = status is None or (status == "partly" and facts.value("applicant.vat_recovered") is None)
    return by_status and silent and any(one.vat for one in facts.case.expenses or ())


@dataclass
class Kept:
    """Kept spending in cents by category and year (None: year not said), what was cut, what is unknown.

    ``borne``: what each partner declared of a category and year, before cuts (None: nobody was said).
    ``first_year``: the first of the plan; None: that of the cells.
    """

    cells: dict[Place, int]
    natures: dict[str, str]
    all_cents: int
    notes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    borne: dict[Place, dict[str | None, int]] = field(default_factory=dict)
    first_year: int | None = None

    def of(
        self, categories: Any = None, natures: Any = None, years: Any = None, ranks: Any = None
    ) -> dict[int | None, int]:
        """Kept cents by year, of some categories, natures, calendar years or ranks of year."""
        first = self.first_year or min((year for _c, year in self.cells if year is not None), default=None)
        out: dict[int | None, int] = {}
        for (category, year), cents in self.cells.items():
            rank = year - first + 1 if year is not None and first is not None else 1
            if (
                (not categories or category in categories)
                and (not natures or self.natures.get(category) in natures)
                and (not years or year in years)
                and (not ranks or rank in ranks)
            ):
                out[year] = out.get(year, 0) + cents
        return out

    @property
    def cents(self) -> int:
        return sum(self.cells.values())

    def total(self, category: str) -> int:
        return sum(cents for (one, _year), cents in self.cells.items() if one == category)

    def cut(
        self, categories: Collection[str], most: int, why: str, years: Collection[int | None] | None = None
    ) -> None:
        """Keeps at most ``most`` cents of categories (of some years), each cell cut in proportion, and says it."""
        places = [one for one in self.cells if one[0] in categories and (years is None or one[1] in years)]
        now = sum(self.cells[place] for place in places)
        if now <= most:
            return
        shares = share_out(most, [self.cells[place] for place in places])
        for place, cents in zip(places, shares, strict=True):
            self.cells[place] = cents
        self.notes.append(
            _("{why} : {kept} retenus sur {given}.").format(why=why, kept=shown_euros(most), given=shown_euros(now))
        )


def kept(
    specs: Sequence[dict[str, Any]], facts: Facts, expenses: tuple[int, ...], caps: Sequence[dict[str, Any]] = ()
) -> Kept:
    """The spending kept of a case; ``caps`` are those over several categories.

    Order: eligible lines, caps, flat rates (and their caps), shares of side costs, caps over several categories.
    """
    known = {spec["code"]: spec for spec in specs}
    natures = {code: spec.get("nature", "investment") for code, spec in known.items()}
    out = Kept({}, natures, sum(expenses))
    for expense, cents in zip(facts.case.expenses or (), expenses, strict=True):
        spec = known.get(expense.category)
        if spec is None:
            out.notes.append(_("Catégorie inconnue « {code} » : non retenue.").format(code=expense.category))
        elif _eligible(spec, facts, out) and (counted := _of_line(spec, facts, expense, cents, out)):
            place = (expense.category, expense.year)
            out.cells[place] = out.cells.get(place, 0) + counted
            by = out.borne.setdefault(place, {})
            by[expense.partner] = by.get(expense.partner, 0) + counted
    for code, spec in known.items():
        if "flat_per_unit" in spec and _eligible(spec, facts, out):
            _add_flat_units(code, spec, facts, out)
        if "prorata" in spec:
            _prorata(code, spec, facts, out)
        if "flat_rate" not in spec:
            _cap(code, spec, facts, out)
    for code, spec in known.items():
        if "flat_rate" in spec and _eligible(spec, facts, out):
            _add_flat_rate(code, spec, out)
            _cap(code, spec, facts, out)
    for code, spec in known.items():
        if "share_at_most" in spec:
            out.cut({code}, _most_share(spec, {code}, out), _share_words(spec, spec["label"]))
    for cap in caps:
        _cap_together(cap, facts, out)
    return out


def _of_line(spec: dict[str, Any], facts: Facts, expense: Expense, cents: int, out: Kept) -> int:
    """What is kept of one declared line: costs that are computed are not declared."""
    label = spec["label"]
    if "flat_rate" in spec or "flat_per_unit" in spec:
        text = _("« {label} » est calculé forfaitairement : {given} déclarés, non retenus.")
        out.notes.append(text.format(label=label, given=shown_euros(cents)))
        return 0
    if "where" in spec:
        truth = spec["where"].holds(facts.at_row(expense_row(expense, cents)))
        if truth is None:
            out.unknown.append(label)
        if not truth:
            text = _("« {label} » : {given} hors des conditions de l’appel, non retenus.")
            out.notes.append(text.format(label=label, given=shown_euros(cents)))
            return 0
    most = spec.get("cap_per_row")
    if most is not None and cents > most:
        text = _("« {label} » : {kept} retenus sur {given} (plafond par dépense).")
        out.notes.append(text.format(label=label, kept=shown_euros(most), given=shown_euros(cents)))
        return int(most)
    return cents


def _eligible(spec: dict[str, Any], facts: Facts, out: Kept) -> bool:
    if not spec.get("eligible", True):
        return False
    if "when" not in spec:
        return True
    truth = spec["when"].holds(facts)
    if truth is None:
        out.unknown.append(spec["label"])
    return truth is True


def _add_flat_rate(code: str, spec: dict[str, Any], out: Kept) -> None:
    """Rounded once on the whole, then shared by year."""
    years = out.of(categories=spec.get("flat_rate_of"))
    total = part_of(sum(years.values()), spec["flat_rate"])
    for year, cents in zip(years, share_out(total, list(years.values())), strict=True):
        out.cells[(code, year)] = out.cells.get((code, year), 0) + cents


def _measured(name: str, spec: dict[str, Any], facts: Facts, out: Kept) -> Fraction | None:
    """A measure of a category, None (and said) when unknown."""
    value = spec[name](facts) if name in spec else None
    if isinstance(value, int | Fraction):
        return Fraction(value)
    out.unknown.append(spec["label"])
    return None


def _add_flat_units(code: str, spec: dict[str, Any], facts: Facts, out: Kept) -> None:
    units = _measured("units", spec, facts, out)
    if units is not None:
        first = min((year for _c, year in out.cells if year is not None), default=None)
        out.cells[(code, first)] = half_up(units.numerator * spec["flat_per_unit"], units.denominator)


def _prorata(code: str, spec: dict[str, Any], facts: Facts, out: Kept) -> None:
    percent = _measured("prorata", spec, facts, out)
    if percent is not None and percent < 100:
        label = _("« {label} » au prorata de {rate}").format(label=spec["label"], rate=shown_rate(percent / 100))
        out.cut({code}, part_of(out.total(code), max(percent, Fraction(0)) / 100), label)


def _cap(code: str, spec: dict[str, Any], facts: Facts, out: Kept) -> None:
    label = spec["label"]
    if "cap_per_year" in spec:
        _cap_years(code, spec["cap_per_year"], label, out)
    if "cap" in spec:
        out.cut({code}, spec["cap"], _("Plafond de la catégorie « {label} »").format(label=label))
    if "cap_per_unit" in spec and "units" in spec:
        units = spec["units"](facts)
        if units is None:
            out.unknown.append(label)
            return
        most = half_up(Fraction(units).numerator * spec["cap_per_unit"], Fraction(units).denominator)
        out.cut({code}, most, _("Plafond par unité de « {label} »").format(label=label))


def _cap_years(code: str, most: int, label: str, out: Kept) -> None:
    for place, cents in out.cells.items():
        if place[0] == code and cents > most:
            out.cells[place] = most
            text = _("Plafond annuel de la catégorie « {label} » : {kept} retenus sur {given}.")
            out.notes.append(text.format(label=label, kept=shown_euros(most), given=shown_euros(cents)))


def _most_share(spec: dict[str, Any], mine: Collection[str], out: Kept) -> int:
    """The most that side costs may be: a share of named categories, of the other spending, or of all spending."""
    rate = spec["share_at_most"]
    if named := spec.get("share_of_categories"):
        return part_of(sum(out.total(one) for one in named), rate)
    own = sum(out.total(one) for one in mine)
    others = out.cents - own
    if spec.get("share_of", "other_spending") == "all_spending":
        # x ≤ r·(others + x)  ⇔  x ≤ r·others / (1 − r)
        return half_up(others * rate.numerator, rate.denominator - rate.numerator) if rate < 1 else own
    return part_of(others, rate)


def _share_words(spec: dict[str, Any], label: str) -> str:
    return _("« {label} » limité à {rate}").format(label=label, rate=shown_rate(spec["share_at_most"]))


def _cap_together(cap: dict[str, Any], facts: Facts, out: Kept) -> None:
    """A cap over several categories, each cut in proportion."""
    if "when" in cap and not _eligible(cap, facts, out):
        return
    mine, label = set(cap["categories"]), cap["label"]
    if "share_at_most" in cap:
        out.cut(mine, _most_share(cap, mine, out), _share_words(cap, label))
        return
    most = cap["amount"]
    if "per" in cap:
        units = _measured("per", cap, facts, out)
        if units is None:
            return
        most = half_up(units.numerator * most, units.denominator)
    why = _("Plafond de « {label} »").format(label=label)
    if not cap.get("per_year"):
        out.cut(mine, most, why)
        return
    for year in dict.fromkeys(year for category, year in out.cells if category in mine):
        out.cut(mine, most, why, [year])
