"""Reach, barriers, roads, measures and explanations: small worlds where the answer is known."""

import itertools
import json
from importlib.resources import files

import numpy as np
import pytest

from escale.siting.arrays import BadInput
from escale.siting.barriers import barriers_from_geojson, pairs_around
from escale.siting.choose import choose
from escale.siting.explain import Why, free_swaps, in_every_good_plan, reasons, why_not
from escale.siting.fewest import fewest
from escale.siting.frontier import frontier
from escale.siting.gradual import fading, layered
from escale.siting.measure import equity, nearest, overlap, shares, uncovered, worst_off
from escale.siting.pairs import pairs_from_table, pairs_within
from escale.siting.question import ask
from escale.siting.roads import minutes_by_road, roads
from escale.siting.sphere import EARTH_RADIUS_M, great_circle_m
from escale.siting.travel import estimated_minutes

SEINE = barriers_from_geojson(
    json.loads(files("escale.siting").joinpath("data/seine.geojson").read_text(encoding="utf-8"))
)


def point(lon, lat):
    return np.array([lon]), np.array([lat])


HAVRE, HONFLEUR = point(0.107, 49.494), point(0.233, 49.419)


def cloud(seed, d=40, s=12):
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(0, 0.5, d), rng.uniform(49, 49.3, d)
    pairs = pairs_within(lon, lat, lon[:s], lat[:s], 9_000.0)
    return pairs, rng.integers(1, 500, d).astype(float)


def test_great_circle_of_one_degree():
    assert great_circle_m(*point(0.0, 0.0), *point(0.0, 1.0))[0] == pytest.approx(EARTH_RADIUS_M * np.pi / 180)


def test_pairs_agree_with_every_distance():
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(-1, 1, 200), rng.uniform(48, 50, 200)
    pairs = pairs_within(lon, lat, lon[:50], lat[:50], 30_000.0)
    table = great_circle_m(*(np.broadcast_to(v, (200, 50)) for v in (lon[:, None], lat[:, None], lon[:50], lat[:50])))
    i, j = np.nonzero(table <= 30_000.0)
    assert (pairs.demand == i).all()
    assert (pairs.site == j).all()
    assert pairs.value == pytest.approx(table[i, j])


def test_water_is_crossed_by_its_bridges_only():
    straight = pairs_within(*HAVRE, *HONFLEUR, 40_000.0).value[0]
    around, _ = pairs_around(HAVRE, HONFLEUR, 40_000.0, SEINE)
    assert straight < 13_000 < 14_500 < around.value[0] < 25_000
    assert len(estimated_minutes(HAVRE, np.array([100.0]), HONFLEUR, 18.0, SEINE).site) == 0


def test_a_ferry_makes_people_wait():
    near, wait = pairs_around(point(0.53, 49.50), point(0.53, 49.465), 10_000.0, SEINE)
    assert len(near.site) == 1
    assert wait[0] == 12.0


def test_a_barrier_without_crossing_separates():
    wall = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[0.5, 48], [0.5, 50]]}}
    closed = barriers_from_geojson({"type": "FeatureCollection", "features": [wall]})
    near, _ = pairs_around(point(0.45, 49.0), point(0.55, 49.0), 50_000.0, closed)
    assert len(near.site) == 0


def test_a_barrier_that_cannot_be_read():
    with pytest.raises(BadInput, match=r"features\.0"):
        barriers_from_geojson({"features": [{"geometry": {"type": "Point", "coordinates": ["x", 1]}}]})


def test_roads_agree_with_one_walk_over_the_whole_graph():
    side = 12
    lon, lat = (v.ravel() for v in np.meshgrid(np.linspace(0, 0.9, side), np.linspace(49, 49.6, side)))
    number = np.arange(side * side).reshape(side, side)
    start = np.concatenate((number[:, :-1].ravel(), number[:-1].ravel()))
    end = np.concatenate((number[:, 1:].ravel(), number[1:].ravel()))
    minutes = np.random.default_rng(1).uniform(3, 9, len(start))
    found = minutes_by_road(roads(lon, lat, start, end, minutes), (lon, lat), (lon[::7], lat[::7]), 20.0)
    whole = np.full((len(lon), len(lon)), np.inf)
    np.fill_diagonal(whole, 0.0)
    whole[start, end] = whole[end, start] = minutes
    for k in range(len(lon)):
        whole = np.minimum(whole, whole[:, [k]] + whole[[k], :])
    i, j = np.nonzero(whole[:, ::7] <= 20.0)
    assert (found.demand == i).all()
    assert (found.site == j).all()
    assert found.value == pytest.approx(whole[:, ::7][i, j])


def test_a_graph_with_unknown_nodes_is_refused():
    one = np.array([0])
    with pytest.raises(BadInput, match="node numbers"):
        roads(np.array([0.0]), np.array([49.0]), one, one + 4, np.array([1.0]))


def test_shares_and_the_worst_off():
    minutes, weight = np.array([5.0, 12.0, np.inf, 40.0]), np.array([10.0, 20.0, 30.0, 40.0])
    everyone, first, second = shares(minutes, weight, (10, 15, 30), np.array([0, 0, 1, 1]))
    assert everyone.within == (10.0, 30.0, 30.0)
    assert first.shares == (1 / 3, 1.0, 1.0)
    assert second.shares == (0.0, 0.0, 0.0)
    assert uncovered(minutes, weight, 15).tolist() == [3, 2]
    assert worst_off(minutes, weight, 2).tolist() == [2, 3]
    judged = equity(minutes, weight)
    assert (judged.median, judged.ninth_decile, judged.beyond) == (40.0, np.inf, pytest.approx(0.3))
    assert equity(np.full(4, 7.0), weight).gini == pytest.approx(0.0)


def test_nearest_and_overlap():
    pairs = pairs_from_table(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([9.0, 4.0, 6.0]), 3, 2)
    minutes, who = nearest(pairs)
    assert minutes.tolist() == [4.0, 6.0, np.inf]
    assert who.tolist() == [1, 1, -1]
    counted = overlap(pairs, np.array([1.0, 2.0, 4.0]), np.array([True, True]), 10.0)
    assert counted.tolist() == [4.0, 2.0, 1.0]


@pytest.mark.parametrize("seed", range(6))
def test_curve_holds_every_optimum(seed):
    pairs, weight = cloud(seed)
    low = 0.0
    for at in frontier(ask(pairs, weight, places=1), 5):
        best = max(_value(pairs, weight, some) for some in itertools.combinations(range(12), at.places))
        assert at.covered <= best <= at.bound
        assert at.covered >= low
        assert at.covered == _value(pairs, weight, np.flatnonzero(at.chosen))
        low = at.covered


def _value(pairs, weight, some):
    return float(weight[np.unique(pairs.demand[np.isin(pairs.site, list(some))])].sum())


@pytest.mark.parametrize("share", [1.0, 0.5])
@pytest.mark.parametrize("seed", range(5))
def test_fewest_places(seed, share):
    pairs, weight = cloud(seed)
    question = ask(pairs, weight, places=0)
    everyone = _value(pairs, weight, range(12))
    wanted = everyone if share == 1.0 else share * weight.sum()
    found = fewest(question, share)
    if everyone < wanted:
        assert found.chosen is None
        return
    size = next(
        k for k in range(13) if any(_value(pairs, weight, c) >= wanted for c in itertools.combinations(range(12), k))
    )
    assert (found.places, found.at_least, found.proven) == (size, size, True)
    assert found.covered >= wanted


def test_fading_coverage_counts_the_nearest_chosen_site():
    pairs, weight = cloud(1)
    limits, worth = fading(3_000.0, 9_000.0, 3)
    layers = layered(pairs, weight, limits, worth)
    question = ask(layers.pairs, layers.weight, places=2)
    plan = choose(question, gap=0.0)

    def value(some):
        metres, _ = nearest(pairs, np.isin(np.arange(12), some))
        step = np.searchsorted(limits, metres)
        return float((weight * np.concatenate((worth, [0.0]))[step]).sum())

    best = max(value(some) for some in itertools.combinations(range(12), 2))
    assert plan.covered == pytest.approx(best)
    assert plan.covered == pytest.approx(value(np.flatnonzero(plan.chosen)))


@pytest.mark.parametrize("seed", range(6))
def test_reasons_add_up(seed):
    pairs, weight = cloud(seed)
    question = ask(pairs, weight, places=3)
    plan = choose(question, gap=0.0)
    for one in reasons(question, plan.chosen):
        without = plan.chosen.copy()
        without[one.site] = False
        assert one.alone == pytest.approx(plan.covered - question.value(without))
        assert one.change <= 0
        if one.substitute >= 0:
            without[one.substitute] = True
            assert question.value(without) == pytest.approx(plan.covered + one.change)
    for out, enters, change in free_swaps(question, plan.chosen):
        other = plan.chosen.copy()
        other[[out, enters]] = False, True
        assert question.value(other) == pytest.approx(plan.covered + change)


@pytest.mark.parametrize("seed", range(6))
def test_why_not_and_what_every_good_plan_has(seed):
    pairs, weight = cloud(seed)
    question = ask(pairs, weight, places=3)
    plan = choose(question, gap=0.0)
    good = [c for c in itertools.combinations(range(12), 3) if _value(pairs, weight, c) >= plan.covered]
    always, never = in_every_good_plan(question, plan.multipliers, plan.bound_multipliers, plan.covered)
    for site in range(12):
        assert not always[site] or all(site in c for c in good)
        assert not never[site] or not any(site in c for c in good)
        told = why_not(question, plan.chosen, site, plan.multipliers)
        if told.why is Why.OTHERS_BRING_MORE:
            other = plan.chosen.copy()
            other[site] = True
            other[told.instead] = False
            assert question.value(other) == pytest.approx(plan.covered + told.change)
            assert told.change <= 0


def test_a_reach_that_no_memory_would_hold_is_refused():
    lon, lat = np.linspace(0, 1, 20_000), np.full(20_000, 49.0)
    with pytest.raises(BadInput, match="400000000 pairs"):
        pairs_within(lon, lat, lon, lat, 900_000.0)
