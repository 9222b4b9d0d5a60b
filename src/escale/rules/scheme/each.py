"""Spending by partner, for the components that are computed for each of them."""

from typing import Any

from escale.rules.money import share_out
from escale.rules.scheme.facts import Facts
from escale.rules.scheme.parts import Sum
from escale.rules.scheme.spending import Kept, Place
from escale.rules.words import _


def partners_of(facts: Facts, spending: Kept, out: Sum) -> list[tuple[dict[str, Any], Kept]]:
    """Each partner counted with the kept spending that it bears; the cells of all add up to the whole, but for what
    partners that are not counted bear. Unknown (and said) when nobody tells who bears a line.
    """
    names = [str(row.get("name", "")) for row in facts.partners]
    told = {one.partner for one in facts.case.expenses or ()}
    everyone = {str(row.get("name", "")) for row in facts.case.partners or facts.partners}
    alone = len(names) == 1 and facts.case.partners is None
    if not alone and (None in told or told - everyone or len(set(names)) < len(names)):
        out.unknown.append(_("partenaire qui porte chaque dépense"))
        return []
    first = min((year for _c, year in spending.cells if year is not None), default=None)
    cells: dict[str, dict[Place, int]] = {name: {} for name in names}
    for place, cents in spending.cells.items():
        by = _weights(place, spending)
        for name, part in zip(by, share_out(cents, list(by.values())), strict=True):
            owner = names[0] if alone else str(name)
            if owner in cells:
                cells[owner][place] = cells[owner].get(place, 0) + part
    return [
        (row, Kept(cells[name], spending.natures, sum(cells[name].values()), first_year=first))
        for name, row in zip(names, facts.partners, strict=True)
    ]


def _weights(place: Place, spending: Kept) -> dict[str | None, int]:
    """Who bears a cell, and for how much: as declared; computed costs follow the declared ones of their year."""
    if by := spending.borne.get(place):
        return by
    found: dict[str | None, int] = {}
    same = [by for (_category, year), by in spending.borne.items() if year == place[1]]
    for by in same or list(spending.borne.values()):
        for name, cents in by.items():
            found[name] = found.get(name, 0) + cents
    return found or {None: 1}
