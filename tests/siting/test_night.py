"""Committee night: no set inside the envelope beats the ones that are shown."""

from itertools import product

import numpy as np
import pytest

from escale.siting.arrays import BadInput
from escale.siting.night import night
from escale.siting.pairs import pairs_from_table
from escale.siting.question import ask


def drawn(seed, sites=9, demand=30):
    rng = np.random.default_rng(seed)
    near = rng.random((demand, sites)) < 0.25
    i, j = np.nonzero(near)
    pairs = pairs_from_table(i, j, np.zeros(len(i)), demand, sites)
    cost = rng.integers(10, 60, sites) * 1000.0
    weight = rng.integers(1, 500, demand).astype(float)
    question = ask(pairs, weight, budget=float(cost.sum() // 3), cost=cost, covered=rng.random(demand) < 0.1)
    return question, np.round(rng.random(sites) * 100, 1)


def everything(question, score):
    """(people, points) of every set inside the envelope."""
    for picked in product((False, True), repeat=question.pairs.n_sites):
        chosen = np.array(picked)
        if question.cost[chosen].sum() <= question.limit:
            yield question.value(chosen), float(score[chosen].sum())


@pytest.mark.parametrize("seed", range(12))
def test_no_set_beats_a_shown_one_on_both(seed):
    question, score = drawn(seed)
    shown = night(question, score, gap=0.0)
    known = list(everything(question, score))
    assert max(people for people, _points in known) == shown[0].covered
    assert max(points for _people, points in known) == pytest.approx(shown[-1].score)
    for one in shown:
        assert question.cost[one.chosen].sum() <= question.limit
        better = [p for p in known if p[0] > one.covered and p[1] > one.score + 1e-9]
        assert better == []


def test_the_frontier_falls_on_one_side_and_rises_on_the_other():
    question, score = drawn(3)
    shown = night(question, score)
    assert len(shown) >= 2
    people, points = [one.covered for one in shown], [one.score for one in shown]
    assert people == sorted(people, reverse=True)
    assert points == sorted(points)


def test_wrong_points_are_told():
    question, score = drawn(1)
    with pytest.raises(BadInput, match="score"):
        night(question, score[:-1])
    with pytest.raises(BadInput, match="negative"):
        night(question, -score)
