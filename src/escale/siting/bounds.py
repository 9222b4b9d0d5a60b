"""Bounds that a stranger can recompute: from multipliers over the question itself, never from a solver.

For u between 0 and the weight of each demand point not served already, no plan covers more than

    weight served already + sum of (weight - u) + best filling of what may be spent with the sites' sums of u.

With floors each weight counts 1 + v of its group times, less v times the floor in people. Sums are exact, or
rounded up; with whole weights the result is rounded down, since nobody can cover half a person.
"""

import math
from fractions import Fraction

import numpy as np

from escale.siting.arrays import BadInput, Flags, Floats
from escale.siting.merge import COVERED, Merged
from escale.siting.question import Question


def spread(question: Question, m: Merged, u: Floats, v: Floats | None = None) -> Floats:
    """Multipliers of demand points (D,) from those of merged rows (R,), safe whatever the rounding.

    With whole weights they are multiples of a power of two small enough for their sums to be exact.
    """
    heavy = weighted(question, v)
    row = m.row_of
    merged = row >= 0
    full = np.bincount(row[merged], heavy[merged], m.n_rows)
    part = np.divide(np.clip(u, 0.0, None), full, out=np.zeros(m.n_rows), where=full > 0)
    result = heavy.copy()
    result[merged] = heavy[merged] * np.minimum(part[row[merged]], 1.0)
    result[row == COVERED] = 0.0
    kept = np.minimum(_grid(question, result, heavy), heavy)
    if question.whole or v is None or not v.any():
        return kept
    # The product of a weight and 1 + v may have been rounded up: stay under the true one.
    return np.maximum(np.nextafter(kept, 0.0), 0.0)


def _grid(question: Question, u: Floats, heavy: Floats) -> Floats:
    if not question.whole:
        return u
    step = _step(float(heavy.sum()))
    whole = np.rint(u / step) * step
    return np.where(u >= heavy, heavy, whole)


def _step(total: float) -> float:
    """A power of two whose multiples, added up to ``total``, stay exact in 53 bits; at least 2^-16."""
    return 2.0 ** max(-16, math.ceil(math.log2(max(total, 1.0))) - 50)


def weighted(question: Question, v: Floats | None) -> Floats:
    """Weights (D,) counted 1 + v of their group times."""
    if v is None or not len(v):
        return question.weight
    factor = np.concatenate((1.0 + v, [1.0]))
    return question.weight * factor[question.group]


def multiplier_bound(question: Question, u: Floats, v: Floats | None = None) -> float:
    """Bound on the weight of every plan from multipliers ``u`` (D,) and ``v`` (G,).

    Raises BadInput when a multiplier is outside its range: then it proves nothing.
    """
    v = np.zeros(len(question.floor)) if v is None else v
    heavy = weighted(question, v)
    served = question.served
    faults = []
    if u.shape != heavy.shape or not (np.isfinite(u).all() and (u >= 0).all() and (u <= heavy)[~served].all()):
        faults.append("multipliers: each must lie between 0 and the weight of its demand point")
    if v.shape != question.floor.shape or not (np.isfinite(v).all() and (v >= 0).all()):
        faults.append("floor multipliers: each must be at least 0")
    if faults:
        raise BadInput(faults)
    u, sums = np.where(served, 0.0, u), site_sums(question, u, served)
    terms = [*heavy.tolist(), *(-u).tolist()]
    terms.append(best_filling(sums[question.free], question.cost[question.free], question.left))
    terms += [-_round_down(Fraction(a) * Fraction(b)) for a, b in zip(v.tolist(), question.floor, strict=True)]
    bound = math.nextafter(math.fsum(terms), math.inf)
    if not (question.whole or not v.any()):
        bound += 1e-15 * float(heavy.sum())
    return rounded(question, bound)


def site_sums(question: Question, u: Floats, served: Flags) -> Floats:
    """Sum of the multipliers (S,) of the demand each site would newly serve; exact, or rounded up."""
    pairs = question.pairs
    held = np.where(served, 0.0, u)
    sums = np.bincount(pairs.site, np.repeat(held, np.diff(pairs.start)), pairs.n_sites).astype(np.float64)
    step = _step(float(np.maximum(question.weight, held).sum()) * 2.0)
    if question.whole and (held / step == np.rint(held / step)).all() and held.sum() < 2.0**36:
        return sums
    return sums * (1.0 + 2.3e-16 * np.maximum(np.bincount(pairs.site, minlength=pairs.n_sites), 1))


def bounds_by_places(question: Question, u: Floats, last: int) -> Floats:
    """Bounds (last + 1,) from multipliers ``u`` (D,) for 0..``last`` new places, forced included; no floors.

    Numbers of places below the number of forced sites have no plan; their bound is that of the forced.
    """
    served = question.served
    sums = np.sort(site_sums(question, u, served)[question.free])[::-1]
    base = math.fsum([*question.weight.tolist(), *np.where(served, 0.0, -u).tolist()])
    best = np.concatenate(([0.0], np.cumsum(sums)))
    free = np.clip(np.arange(last + 1) - int(question.forced.sum()), 0, len(sums))
    total = float(question.weight.sum())
    margin = 1e-6 if question.whole else 1e-12 * total
    raised = base + best[free] + margin
    return np.minimum(np.floor(raised) if question.whole else raised, total)


def bounds_by_limit(question: Question, u: Floats, limits: Floats) -> Floats:
    """Bounds (L,) from multipliers ``u`` (D,) for each of ``limits`` (L,): places or budgets; no floors."""
    served = question.served
    sums = site_sums(question, u, served)[question.free]
    cost = question.cost[question.free]
    total = float(question.weight.sum())
    terms = [*question.weight.tolist(), *np.where(served, 0.0, -u).tolist()]
    base = math.fsum(terms)
    paid = float(question.cost[question.forced].sum())
    found = []
    for limit in limits.tolist():
        best = best_filling(sums, cost, max(limit - paid, 0.0))
        found.append(rounded(question, math.nextafter(math.fsum((base, best, 1e-15 * total)), math.inf)))
    return np.minimum(np.array(found), total)


def rounded(question: Question, bound: float) -> float:
    """Round a bound down to a whole number when every weight is whole."""
    return float(math.floor(bound)) if question.whole else bound


def _round_down(value: Fraction) -> float:
    near = float(value)
    return near if Fraction(near) <= value else math.nextafter(near, -math.inf)


def best_filling(gain: Floats, cost: Floats, left: float) -> float:
    """Fractional knapsack rounded up: the most ``gain`` that ``left`` can buy, the last item in part.

    Any price of one unit proves a bound; the price of the last item is taken, as an exact fraction.
    """
    if len(gain) == 0:
        return 0.0
    if (cost == 1.0).all():
        k = int(left)
        best = np.sort(gain)[::-1][:k]
        return math.nextafter(math.fsum(best.tolist()), math.inf) if len(best) else 0.0
    paid = cost > 0
    ratio = np.divide(gain, cost, out=np.full(len(gain), np.inf), where=paid)
    order = np.argsort(-ratio, kind="stable")
    spent = np.cumsum(cost[order])
    last = int(np.searchsorted(spent, left, side="right"))
    if last >= len(order):
        return math.nextafter(math.fsum(gain[gain > 0].tolist()), math.inf)
    price = Fraction(float(gain[order[last]])) / Fraction(float(cost[order[last]]))
    total = price * Fraction(left)
    near = np.flatnonzero(ratio >= float(price) * (1.0 - 1e-9))
    for item in near:
        total += max(Fraction(0), Fraction(float(gain[item])) - price * Fraction(float(cost[item])))
    value = float(total)
    return value if Fraction(value) >= total else math.nextafter(value, math.inf)


def dyadic(v: Floats) -> Floats:
    """Floor multipliers on a coarse power of two, so that 1 + v times a whole weight is exact."""
    return np.rint(np.maximum(v, 0.0) * 1024.0) / 1024.0
