"""The continuous relaxation, solved by a restarted primal-dual gradient whose two sides stay feasible.

maximise  direct.y + sum of weight x min(1, (A y))   subject to  cost.y <= left,  low <= y <= high

For any u with 0 <= u <= weight the value of `upper` bounds every plan; for any feasible y `lower` is what the
relaxation gets. The step sizes follow the weights, so that the unit of the weights does not matter.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from escale.siting.arrays import Floats, dot
from escale.siting.merge import Merged

_EVERY = 40


@dataclass
class Relaxed:
    """A pair of solutions: openings ``y`` (N,), multipliers ``u`` (R,), budget multiplier, both values."""

    y: Floats
    u: Floats
    price: float
    lower: float
    upper: float
    steps: int

    @property
    def gap(self) -> float:
        """Relative distance between both values."""
        return (self.upper - self.lower) / max(abs(self.lower), 1e-9)


def knapsack(gain: Floats, cost: Floats, left: float) -> tuple[float, float]:
    """Best fractional filling of ``left`` with items of ``gain`` and ``cost``, and the price of one unit."""
    if left < 0:
        return -np.inf, 0.0
    good = np.flatnonzero(gain > 0)
    free = cost[good] <= 0
    total = float(gain[good[free]].sum())
    paid = good[~free]
    ratio = gain[paid] / cost[paid]
    order = np.argsort(-ratio, kind="stable")
    spent = np.cumsum(cost[paid][order])
    last = int(np.searchsorted(spent, left, side="right"))
    total += float(gain[paid[order[:last]]].sum())
    if last == len(order):
        return total, 0.0
    before = float(spent[last - 1]) if last else 0.0
    price = float(ratio[order[last]])
    return total + price * (left - before), price


def site_gains(m: Merged, u: Floats) -> Floats:
    """Profit (N,) of each site at multipliers ``u`` (R,)."""
    return m.direct + m.columns @ u


def upper(m: Merged, u: Floats) -> tuple[float, float]:
    """Bound on every plan at multipliers ``u``, without what is served already; and the budget's price."""
    best, price = knapsack(site_gains(m, u), m.cost, m.left)
    return float((m.weight - u).sum()) + best, price


class PrimalDual:
    """State of the method on one merged question; ``low`` and ``high`` (N,) may be tightened between runs."""

    def __init__(self, m: Merged, y: Floats | None = None, u: Floats | None = None) -> None:
        self.m = m
        self.low = np.zeros(m.n_sites)
        self.high = np.ones(m.n_sites)
        degree = np.maximum(np.diff(m.rows.indptr), 1)
        self.row_step = m.weight / degree
        mass = m.columns @ m.weight + m.direct
        self.scale = np.where(mass > 0, mass, max(float(mass.max(initial=0.0)), 1.0))
        self.balance = 1.0
        self.price = 0.0
        self.u = m.weight * 0.5 if u is None else u.copy()
        start = np.full(m.n_sites, min(1.0, m.left / max(float(m.cost.sum()), 1e-12)))
        self.y = self._project(start if y is None else y, np.ones(m.n_sites))

    def _project(self, y: Floats, scale: Floats) -> Floats:
        """Nearest point of the box and budget, in the metric ``scale``; keeps the budget's price."""
        cost, low, high, left = self.m.cost, self.low, self.high, self.m.left
        slope = cost / scale
        point = np.minimum(np.maximum(y, low), high)
        if dot(cost, point) <= left:
            self.price = 0.0
            return point
        under, over, price = 0.0, np.inf, max(self.price, 0.0)
        for _ in range(60):
            moved = y - price * slope
            point = np.minimum(np.maximum(moved, low), high)
            excess = dot(cost, point) - left
            if abs(excess) <= 1e-9 * max(left, 1.0):
                break
            if excess > 0:
                under = price
            else:
                over = price
            pull = dot(cost, np.where((moved > low) & (moved < high), slope, 0.0))
            step = price + excess / pull if pull > 0 else np.inf
            middle = 2.0 * price + 1.0 if over == np.inf else 0.5 * (under + over)
            price = step if under < step < over else middle
        self.price = price
        return self._inside(point)

    def _inside(self, point: Floats) -> Floats:
        """Shrink towards the lower corner what still exceeds the budget by a rounding error."""
        spent, floor = dot(self.m.cost, point), dot(self.m.cost, self.low)
        if spent > self.m.left and spent > floor:
            point = self.low + (point - self.low) * max(0.0, (self.m.left - floor) / (spent - floor))
        return point

    def lower(self, y: Floats) -> float:
        """Value of the relaxation at ``y``."""
        return dot(self.m.direct, y) + dot(self.m.weight, np.minimum(1.0, self.m.rows @ y))

    def bound(self, u: Floats) -> float:
        """Bound at ``u`` for the plans inside ``low`` and ``high``."""
        gain = site_gains(self.m, u)
        fixed = dot(gain, self.low)
        room = self.high - self.low
        best, _ = knapsack(gain * room, self.m.cost * room, self.m.left - dot(self.m.cost, self.low))
        return float((self.m.weight - u).sum()) + fixed + best

    def run(self, gap: float, steps: int, stop: Callable[[], bool] | None = None) -> Relaxed:
        """Iterate until the relative gap of the relaxation is reached, or ``steps`` are spent."""
        self.y = self._project(self.y, self.scale)
        best = _Best(self.y, self.u, self.lower(self.y), self.bound(self.u))
        y, u = self.y, self.u
        anchor = (y, u)
        sum_y, sum_u, length, done = np.zeros_like(y), np.zeros_like(u), 0, 0
        last = before = best.up - best.low
        while done < steps and best.up - best.low > gap * max(abs(best.low), 1e-9):
            if stop is not None and stop():
                break
            y, u = self._walk(y, u, sum_y, sum_u)
            length += _EVERY
            done += _EVERY
            mean = (sum_y / length, sum_u / length)
            here = best.see(y, u, self.lower(y), self.bound(u))
            there = best.see(*mean, self.lower(mean[0]), self.bound(mean[1]))
            doubt = min(here, there)
            if doubt <= 0.4 * last or (doubt <= 0.8 * last and doubt > before) or length >= 0.4 * done + 200:
                if there <= here:
                    y, u = mean
                self._rebalance(y - anchor[0], u - anchor[1])
                anchor, last = (y, u), doubt
                sum_y, sum_u, length = np.zeros_like(y), np.zeros_like(u), 0
            before = doubt
        self.y, self.u = best.y, best.u
        return Relaxed(best.y, best.u, self.price, best.low, best.up, done)

    def _walk(self, y: Floats, u: Floats, sum_y: Floats, sum_u: Floats) -> tuple[Floats, Floats]:
        """Some steps of the gradient; adds every point to both sums."""
        m, rows, columns = self.m, self.m.rows, self.m.columns
        pull, scale = self.row_step * self.balance, self.scale * self.balance
        for _ in range(_EVERY):
            fresh = self._project(y + (m.direct + columns @ u) / scale, scale)
            ahead = rows @ (2.0 * fresh - y)
            u = np.clip(u - pull * (ahead - 1.0), 0.0, m.weight)
            y = fresh
            sum_y += y
            sum_u += u
        return y, u

    def _rebalance(self, dy: Floats, du: Floats) -> None:
        """Give both sides steps in proportion to how far each moved since the last restart."""
        far_y = dot(self.scale, dy * dy)
        step = np.maximum(self.row_step, 1e-300)
        far_u = float(((du * du) / step).sum())
        if far_y > 1e-12 and far_u > 1e-12:
            self.balance = float(np.sqrt(np.sqrt(far_u / far_y) * self.balance))


@dataclass
class _Best:
    """The best of each side met so far; the sides are independent."""

    y: Floats
    u: Floats
    low: float
    up: float

    def see(self, y: Floats, u: Floats, low: float, up: float) -> float:
        """Keep what improves; gives the gap of this very pair."""
        if low > self.low:
            self.y, self.low = y, low
        if up < self.up:
            self.u, self.up = u, up
        return up - low
