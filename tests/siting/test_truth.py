"""Plan <= optimum <= bound, on random questions solved by enumeration, with a stranger's own arithmetic."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from escale.siting.choose import choose
from escale.siting.pairs import pairs_from_table
from escale.siting.question import Question, ask


def random_question(seed):
    rng = np.random.default_rng(seed)
    d, s = int(rng.integers(1, 30)), int(rng.integers(1, 10))
    reach = rng.random((d, s)) < rng.choice([0.1, 0.3, 0.6])
    if rng.random() < 0.3:
        reach[:, 0] = reach[:, -1]
    i, j = np.nonzero(reach)
    weight = rng.integers(0, 100, d).astype(float)
    if rng.random() < 0.2:
        weight = weight + np.round(rng.random(d), 2)
    options = {"covered": rng.random(d) < rng.choice([0.0, 0.3])}
    options["forced"] = rng.random(s) < rng.choice([0.0, 0.2])
    options["forbidden"] = ~options["forced"] & (rng.random(s) < rng.choice([0.0, 0.2]))
    if rng.random() < 0.5:
        options["places"] = int(options["forced"].sum() + rng.integers(0, s + 3))
    else:
        options["cost"] = rng.integers(0, 50, s) * 100.0
        spare = float(rng.integers(0, 150)) * 100
        options["budget"] = float(options["cost"][options["forced"]].sum()) + spare
    if rng.random() < 0.4:
        options["group"] = rng.integers(-1, 3, d)
        inside = [weight[options["group"] == g].sum() for g in range(3)]
        options["floor"] = np.array(inside) * rng.choice([0.0, 0.2, 0.5], 3)
    return ask(pairs_from_table(i, j, np.zeros(len(i)), d, s), weight, **options)


def reach_of(q: Question):
    table = np.zeros((q.pairs.n_demand, q.pairs.n_sites), dtype=bool)
    table[q.pairs.demand, q.pairs.site] = True
    return table


def optimum(q: Question):
    """Enumerate everything; None when no plan keeps the floors."""
    table, best = reach_of(q), None
    for picked in itertools.product([False, True], repeat=q.pairs.n_sites):
        chosen = np.array(picked)
        if (q.forced & ~chosen).any() or (q.forbidden & chosen).any() or q.cost[chosen].sum() > q.limit:
            continue
        hit = q.covered | table[:, chosen].any(axis=1)
        if any(q.weight[hit & (q.group == g)].sum() < f - 1e-9 for g, f in enumerate(q.floor)):
            continue
        best = max(best or 0.0, float(q.weight[hit].sum()))
    return best


def stranger(q: Question, u, v):
    """The bound as anyone would recompute it from the plan file, in exact fractions."""
    table = reach_of(q)
    served = q.covered | table[:, q.forced].any(axis=1)
    factor = [1 + Fraction(float(v[g])) if g >= 0 else Fraction(1) for g in q.group]
    heavy = [Fraction(float(w)) * f for w, f in zip(q.weight, factor, strict=True)]
    assert all(0 <= Fraction(float(a)) <= b for a, b, s in zip(u, heavy, served, strict=True) if not s)
    total = sum((b if s else b - Fraction(float(a)) for a, b, s in zip(u, heavy, served, strict=True)), Fraction(0))
    items = [
        (sum((Fraction(float(u[i])) for i in np.flatnonzero(table[:, j] & ~served)), Fraction(0)), Fraction(c))
        for j, c in enumerate(q.cost.tolist())
        if not q.forced[j] and not q.forbidden[j]
    ]
    left = Fraction(q.limit) - sum((Fraction(c) for c in q.cost[q.forced].tolist()), Fraction(0))
    for gain, cost in sorted(items, key=lambda item: item[0] / item[1] if item[1] else 10**12, reverse=True):
        part = min(Fraction(1), left / cost) if cost else Fraction(1)
        total += gain * part
        left -= cost * part
    return total - sum((Fraction(float(a)) * Fraction(float(f)) for a, f in zip(v, q.floor, strict=True)), Fraction(0))


@pytest.mark.parametrize("block", range(12))
def test_plan_below_optimum_below_bound(block):
    for seed in range(block * 25, block * 25 + 25):
        q = random_question(seed)
        best = optimum(q)
        plan = choose(q, gap=0.0, seed=seed)
        if best is None:
            assert plan.status == "infeasible", seed
            continue
        assert plan.status == "proven", seed
        assert plan.covered == pytest.approx(best, abs=1e-9), seed
        assert plan.covered == pytest.approx(q.value(plan.chosen), abs=1e-9)
        assert plan.spent <= q.limit
        assert q.keeps_floors(plan.chosen)
        assert plan.bound >= best - 1e-9, seed
        exact = stranger(q, plan.multipliers, plan.floor_multipliers)
        assert plan.bound_multipliers >= best - 1e-9, seed
        if q.whole:
            assert abs(plan.bound_multipliers - exact // 1) <= (1 if q.has_floors else 0), seed
        else:
            assert float(exact) <= plan.bound_multipliers <= float(exact) * (1 + 1e-9) + 1e-9, seed
