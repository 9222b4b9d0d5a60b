"""Every point of a curve: plan <= optimum <= bound, by number of places and by budget, floors included."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from escale.siting.arrays import BadInput
from escale.siting.frontier import frontier, spending
from tests.siting.test_truth import optimum, random_question


def holds(q, points):
    for point in points:
        asked = q.with_limit(point.limit)
        best = optimum(asked)
        if best is None:
            assert not point.chosen.any() and (not point.feasible or point.covered == 0)
            continue
        assert point.feasible
        assert point.covered <= best + 1e-6 and best <= point.bound + 1e-6
        if point.covered > 0 or not q.has_floors:
            assert not (q.forced & ~point.chosen).any() and not (q.forbidden & point.chosen).any()
            assert q.cost[point.chosen].sum() == point.spent <= point.limit
            assert asked.keeps_floors(point.chosen)
            assert asked.value(point.chosen) == pytest.approx(point.covered)
    for curve in ([one.covered for one in points], [one.bound for one in points]):
        assert all(after >= before - 1e-9 for before, after in itertools.pairwise(curve))


@pytest.mark.parametrize("seed", range(40))
def test_each_number_of_places_stands_between_its_plan_and_its_bound(seed):
    q = random_question(seed)
    q = replace(q, cost=np.ones(q.pairs.n_sites))
    first = max(1, int(q.forced.sum()))
    holds(q, frontier(q, first + 3, gap=0.0, seconds=5.0, seed=seed))


@pytest.mark.parametrize("seed", range(40))
def test_each_budget_stands_between_its_plan_and_its_bound(seed):
    q = random_question(1000 + seed)
    least = float(q.cost[q.forced].sum())
    budgets = np.unique(np.round(np.linspace(least, max(q.limit, least), 5)))
    points = spending(q, budgets, gap=0.0, seconds=5.0, seed=seed)
    assert [one.limit for one in points] == budgets.tolist()
    holds(q, points)


def test_a_curve_is_the_same_for_a_seed():
    q = random_question(7)
    q = replace(q, cost=np.ones(q.pairs.n_sites))
    one, two = (frontier(q, max(3, int(q.forced.sum())), gap=0.0, seed=3) for _ in range(2))
    assert [(p.covered, p.bound, p.chosen.tolist()) for p in one] == [
        (p.covered, p.bound, p.chosen.tolist()) for p in two
    ]


def test_a_curve_that_cannot_be_is_refused_in_words():
    q = random_question(3)
    with pytest.raises(BadInput, match="budgets"):
        spending(q, np.array([np.nan]))
    with pytest.raises(BadInput, match="budgets"):
        spending(q, np.array([-1.0]))
    with pytest.raises(BadInput, match="costs"):
        frontier(replace(q, cost=np.full(q.pairs.n_sites, 2.0)), 3)
