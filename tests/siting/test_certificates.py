"""Bounds by territories, merging, relabelling, more places: what must hold whatever the instance."""

import numpy as np
import pytest

from escale.siting.bounds import bounds_by_places, multiplier_bound
from escale.siting.certify import certify, undecided
from escale.siting.choose import choose
from escale.siting.exact import Effort, solve, value_of
from escale.siting.merge import merge, shrink
from escale.siting.pairs import pairs_from_table, pairs_within
from escale.siting.question import ask
from escale.siting.relaxation import PrimalDual
from escale.siting.run import Run
from escale.siting.search import complete


def world(seed, d=220, s=70):
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(0, 0.9, d), rng.uniform(49, 49.6, d)
    pairs = pairs_within(lon, lat, lon[:s], lat[:s], float(rng.choice([6_000.0, 9_000.0])))
    weight = np.floor(rng.lognormal(5, 1, d))
    if seed % 2:
        cost = rng.integers(5, 40, s) * 1000.0
        return ask(pairs, weight, budget=float(rng.integers(100, 300)) * 1000.0, cost=cost)
    return ask(pairs, weight, places=int(rng.integers(3, 18)))


@pytest.mark.parametrize("seed", range(16))
@pytest.mark.parametrize("cap", [6, 15, 40])
def test_territories_never_bound_below_the_optimum(seed, cap):
    q = world(seed)
    m = merge(q)
    solved = solve(m, Effort(gap=0.0))
    assert solved.finished
    best = m.base + solved.value
    relaxed = PrimalDual(m).run(1e-3, 800)
    run = Run(q, m, 0.0, seed, 60.0, None, None)
    run.y, run.u, run.dual, run.v = relaxed.y, relaxed.u, m, np.zeros(0)
    run.offer(complete(m, np.zeros(m.n_sites, dtype=bool)))
    run.bound = float(q.weight.sum())
    certify(run, cap)
    assert run.value <= best <= run.bound
    kept, opened = undecided(run)
    core = shrink(m, kept, opened)
    again = solve(core, Effort(gap=0.0))
    assert max(run.value, m.base + core.base + again.value) == pytest.approx(best)


@pytest.mark.parametrize("seed", range(8))
def test_merging_changes_no_value(seed):
    q = world(seed)
    m = merge(q)
    rng = np.random.default_rng(seed)
    for _ in range(20):
        chosen = rng.random(m.n_sites) < 0.1
        flags = np.zeros(q.pairs.n_sites, dtype=bool)
        flags[m.site[chosen]] = True
        assert m.base + value_of(m, chosen) == pytest.approx(q.value(flags))
        opened = np.flatnonzero(chosen)
        rest = np.setdiff1d(np.arange(m.n_sites), opened)
        assert shrink(m, rest, opened).base == pytest.approx(value_of(m, chosen))


@pytest.mark.parametrize("seed", range(6))
def test_relabelling_changes_nothing(seed):
    q = world(seed)
    rng = np.random.default_rng(seed + 100)
    d, s = rng.permutation(q.pairs.n_demand), rng.permutation(q.pairs.n_sites)
    pairs = pairs_from_table(d[q.pairs.demand], s[q.pairs.site], q.pairs.value, len(d), len(s))
    weight, cost = np.empty(len(d)), np.empty(len(s))
    weight[d], cost[s] = q.weight, q.cost
    other = ask(pairs, weight, budget=q.limit, cost=cost)
    one, two = choose(q, gap=0.0), choose(other, gap=0.0)
    assert (one.covered, one.bound, one.status) == (two.covered, two.bound, two.status)


@pytest.mark.parametrize("seed", [0, 2, 4, 6])
def test_one_more_place_never_covers_less(seed):
    q = world(seed)
    last = 0.0
    for k in range(0, 12, 2):
        plan = choose(q.with_limit(float(k)), gap=0.0)
        assert plan.status == "proven"
        assert last <= plan.covered <= plan.bound <= plan.bound_multipliers
        last = plan.covered


@pytest.mark.parametrize("seed", [0, 2, 4])
def test_one_set_of_multipliers_bounds_every_number_of_places(seed):
    q = world(seed)
    plan = choose(q)
    bounds = bounds_by_places(q, plan.multipliers, 20)
    for k in (1, 4, 9, 20):
        other = q.with_limit(float(k))
        assert bounds[k] == pytest.approx(min(multiplier_bound(other, plan.multipliers), q.weight.sum()), abs=1)
        assert choose(other, gap=0.0).covered <= bounds[k]


def test_the_same_seed_gives_the_same_plan():
    q = world(3)
    one, two = choose(q, seed=5), choose(q, seed=5)
    assert (one.chosen == two.chosen).all()
    assert (one.bound, one.bound_multipliers) == (two.bound, two.bound_multipliers)


def test_a_run_can_be_stopped_and_keeps_its_best():
    q = world(2)
    told = []
    plan = choose(q, gap=0.0, progress=told.append, stop=lambda: len(told) > 0)
    assert plan.covered <= plan.bound
    assert plan.status in ("stopped", "proven")
    assert all(one.bound >= one.covered for one in told)


@pytest.mark.parametrize("places", [0, 70, 500])
def test_none_or_every_site(places):
    q = world(0).with_limit(float(places))
    plan = choose(q, gap=0.0)
    assert plan.status == "proven"
    assert plan.covered == (0.0 if places == 0 else q.value(np.ones(70, dtype=bool)))
    assert plan.bound == plan.covered
