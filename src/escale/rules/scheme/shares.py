"""To whom and to when the cents of an aid belong: by year, by funder."""

from fractions import Fraction

from escale.rules.money import share_out
from escale.rules.scheme.parts import Sum


def by_year(out: Sum) -> dict[int | None, int]:
    """The aid by year: parts by their own years, lines over all in proportion unless they name a year."""
    years: dict[int | None, int] = {}
    for part in out.parts:
        for year, cents in part.years.items():
            years[year] = years.get(year, 0) + cents
    for line in out.lines:
        if line.years:
            for year, cents in line.years.items():
                years[year] = years.get(year, 0) + cents
        elif years:
            total = sum(years.values()) + line.cents
            years = dict(zip(years, share_out(total, list(years.values())), strict=True))
    return years


def by_funder(out: Sum, funders: list[str]) -> dict[str, int]:
    """The aid by funder: each component's cents by its payers, then lines over all, in proportion unless they name one."""
    if len(funders) == 1:
        return {funders[0]: out.cents}
    exact = dict.fromkeys(funders, Fraction(0))
    for part in out.parts:
        for payer, share in part.payers.items():
            exact[payer] += part.cents * share
    for line in out.lines:
        total = sum(exact.values())
        for funder in funders:
            if line.funders:
                exact[funder] += line.funders.get(funder, 0)
            elif total:
                exact[funder] += line.cents * exact[funder] / total
    return dict(zip(funders, share_out(out.cents, [exact[funder] for funder in funders]), strict=True))
