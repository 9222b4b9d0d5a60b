"""Who has a place nearby: shares within some minutes, the uncovered, the worst off, equity, overlap."""

from dataclasses import dataclass

import numpy as np

from escale.siting.arrays import Flags, Floats, Ints
from escale.siting.pairs import Pairs


@dataclass(frozen=True)
class Share:
    """One group (or everyone): its weight, the weight within each threshold, shares from 0 to 1."""

    group: int
    total: float
    within: tuple[float, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Shares within each threshold; 0 for a group without weight."""
        return tuple(one / self.total if self.total > 0 else 0.0 for one in self.within)


@dataclass(frozen=True)
class Equity:
    """How unequal the nearest minutes are. ``gini`` from 0 (all alike) to 1; quantiles in minutes (or inf)."""

    mean: float
    median: float
    ninth_decile: float
    gini: float
    beyond: float


def nearest(pairs: Pairs, open_sites: Flags | None = None) -> tuple[Floats, Ints]:
    """Value (D,) of the nearest site of each demand point and its number; infinite and -1 beyond the pairs."""
    kept = pairs if open_sites is None else pairs.keep(open_sites[pairs.site])
    value = np.full(kept.n_demand, np.inf)
    who = np.full(kept.n_demand, -1, dtype=np.int64)
    if len(kept.site):
        order = np.lexsort((kept.site, kept.value, kept.demand))
        first = order[np.unique(kept.demand[order], return_index=True)[1]]
        value[kept.demand[first]] = kept.value[first]
        who[kept.demand[first]] = kept.site[first]
    return value, who


def shares(
    minutes: Floats, weight: Floats, thresholds: tuple[float, ...] = (10, 15, 20, 30), group: Ints | None = None
) -> list[Share]:
    """Everyone first (group -1), then each group in increasing number: weight within each threshold."""
    result = [_share(-1, minutes, weight, thresholds)]
    if group is not None:
        for number in np.unique(group[group >= 0]):
            inside = group == number
            result.append(_share(int(number), minutes[inside], weight[inside], thresholds))
    return result


def _share(number: int, minutes: Floats, weight: Floats, thresholds: tuple[float, ...]) -> Share:
    within = tuple(float(weight[minutes <= limit].sum()) for limit in thresholds)
    return Share(number, float(weight.sum()), within)


def uncovered(minutes: Floats, weight: Floats, limit: float) -> Ints:
    """Demand points farther than ``limit``, those with most weight first."""
    far = np.flatnonzero((minutes > limit) & (weight > 0))
    return far[np.argsort(-weight[far], kind="stable")]


def worst_off(minutes: Floats, weight: Floats, count: int) -> Ints:
    """The ``count`` demand points that go farthest; at equal minutes, those with most weight first."""
    someone = np.flatnonzero(weight > 0)
    order = np.lexsort((-weight[someone], -np.where(np.isfinite(minutes[someone]), minutes[someone], 1e18)))
    return someone[order[:count]]


def equity(minutes: Floats, weight: Floats) -> Equity:
    """Mean, median and ninth decile of minutes over people, Gini index of those who reach something.

    ``beyond`` is the share of the weight that reaches nothing; quantiles count it as infinite.
    """
    total = float(weight.sum())
    if total <= 0:
        return Equity(0.0, 0.0, 0.0, 0.0, 0.0)
    order = np.argsort(minutes, kind="stable")
    level, held = minutes[order], weight[order]
    rank = np.cumsum(held) / total
    median = float(level[np.searchsorted(rank, 0.5 - 1e-12)])
    ninth = float(level[np.searchsorted(rank, 0.9 - 1e-12)])
    known = np.isfinite(level)
    x, w = level[known], held[known]
    mass, sum_w = float((x * w).sum()), float(w.sum())
    gini = 0.0
    if mass > 0:
        before = np.cumsum(w) - w
        gini = float((w * x * (2.0 * before + w)).sum() / (mass * sum_w) - 1.0)
    mean = mass / sum_w if sum_w > 0 else float("inf")
    return Equity(mean, median, ninth, gini, 1.0 - sum_w / total)


def overlap(pairs: Pairs, weight: Floats, open_sites: Flags, limit: float) -> Floats:
    """Weight that can reach 0, 1, 2… open sites within ``limit``; shape (largest number + 1,)."""
    near = pairs.keep(open_sites[pairs.site] & (pairs.value <= limit))
    return np.bincount(np.diff(near.start), weight).astype(np.float64)
