"""The whole curve: for each number of new places, or each budget, what a plan covers and what no plan can exceed.

Any multipliers bound every point of the curve, so a few relaxations bound them all; a plan for one point, with a
site more or less, is a plan for the next one. The worst point is then treated until each is good enough.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from escale.siting.arrays import BadInput, Flags, Floats
from escale.siting.bounds import bounds_by_limit, spread
from escale.siting.choose import choose
from escale.siting.exact import value_of
from escale.siting.merge import Merged, merge, shrink
from escale.siting.plan import Plan, Progress, Stop
from escale.siting.question import Question
from escale.siting.relaxation import PrimalDual, upper
from escale.siting.search import carry, complete, dive, likely, prune, swaps, unite

_GRID, _STEPS, _NEAR = 9, 700, 3


@dataclass(frozen=True)
class Point:
    """With ``limit`` new places, or spending at most ``limit``, a plan covers ``covered``, none more than ``bound``.

    ``chosen`` (S,) is that plan, of ``places`` sites that cost ``spent``; no floors kept: an empty plan, ``feasible``
    is False.
    """

    limit: float
    covered: float
    bound: float
    chosen: Flags
    spent: float
    feasible: bool = True

    @property
    def places(self) -> int:
        """Number of new places of the plan."""
        return int(self.chosen.sum())


def frontier(
    question: Question,
    places: int,
    *,
    gap: float = 0.005,
    seconds: float = 60.0,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    stop: Stop | None = None,
) -> list[Point]:
    """The curve for 1..``places`` new places (forced included: it starts at their number, at least 1).

    The question must count places (costs of 1); its own limit does not matter. Points whose relative gap exceeds
    ``gap`` are treated in turn, the worst first, until ``seconds`` of wall time are over. With floors, a point that
    no plan can keep is not ``feasible``. Raises BadInput on costs or on fewer places than are forced.
    """
    if (question.cost != 1.0).any():
        raise BadInput(["curve: places are counted here, ask for a curve of budgets when sites have costs"])
    first = max(1, int(question.forced.sum()))
    if places < first:
        raise BadInput([f"curve: {places} place(s), at least {first} expected"])
    limits = np.arange(first, places + 1, dtype=np.float64)
    return _drawn(_Curve(question, limits, seed), gap, seconds, progress, stop)


def spending(
    question: Question,
    budgets: Floats,
    *,
    gap: float = 0.005,
    seconds: float = 60.0,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    stop: Stop | None = None,
) -> list[Point]:
    """The curve of budgets: one point for each of ``budgets`` (in the unit of costs), in increasing order.

    As `frontier`. Raises BadInput when a budget is not a number or does not pay the forced sites.
    """
    limits = np.unique(np.asarray(budgets, dtype=np.float64))
    least = float(question.cost[question.forced].sum())
    if not len(limits) or not np.isfinite(limits).all() or limits[0] < least:
        raise BadInput([f"curve: budgets must be numbers of at least {least:g}, what forced sites cost"])
    return _drawn(_Curve(question, limits, seed), gap, seconds, progress, stop)


def _drawn(
    curve: "_Curve", gap: float, seconds: float, progress: Callable[[Progress], None] | None, stop: Stop | None
) -> list[Point]:
    began, deadline = time.process_time(), time.monotonic() + seconds

    def over() -> bool:
        return time.monotonic() >= deadline or (stop is not None and stop())

    def tell(at: int) -> None:
        if progress is not None:
            covered = max(float(curve.low[at]), 0.0)
            progress(Progress(f"{curve.limits[at]:g}", covered, float(curve.up[at]), time.process_time() - began))

    if not curve.question.has_floors:
        curve.relax_some(gap, over, tell)
    while not over():
        at = curve.worst(gap)
        if at is None:
            break
        curve.treat(at, gap, max(0.05, min((deadline - time.monotonic()) / 2.0, 20.0)), over)
        tell(at)
    return curve.points()


class _Curve:
    """Best plan (free sites) and bound known at each limit."""

    def __init__(self, question: Question, limits: Floats, seed: int) -> None:
        self.question, self.limits, self.seed = question.with_limit(float(limits[-1])), limits, seed
        self.m = merge(self.question)
        self.left = limits - float(question.cost[question.forced].sum())
        self.low = np.full(len(limits), -math.inf)
        self.up = np.full(len(limits), float(question.weight.sum()))
        self.plan: list[Flags | None] = [None] * len(limits)
        self.care = np.zeros(len(limits), dtype=np.int64)
        self.barred = np.zeros(len(limits), dtype=bool)
        self.method: PrimalDual | None = None
        self._offer(0, np.zeros(self.m.n_sites, dtype=bool))
        self._pass_on(0)

    def at(self, at: int) -> Merged:
        """The merged question at one limit."""
        return replace(self.m, left=float(self.left[at]))

    def relax_some(self, gap: float, over: Stop, tell: Callable[[int], None]) -> None:
        """Relaxations and plans at a few limits, from the largest, each starting where the last one ended."""
        last = len(self.limits) - 1
        grid = {0, *np.rint(last * np.linspace(0.0, 1.0, _GRID) ** 1.5).astype(int).tolist()}
        for at in sorted(grid, reverse=True):
            if over():
                return
            self.care[at] = 1
            self.relax(at, gap, over)
            tell(at)

    def relax(self, at: int, gap: float, over: Stop, dives: int = 1) -> None:
        """Bound every limit by the multipliers of this one, and dive for plans; several are joined with others'."""
        m = self.at(at)
        if not m.n_rows or not m.n_sites:
            self.bound(np.zeros(m.n_rows))
            return
        if self.method is None:
            self.method = PrimalDual(m)
        self.method.m = m
        relaxed = self.method.run(max(0.1 * gap / dives, 1e-4), _STEPS * dives, over)
        self.bound(relaxed.u)
        if self.doubt()[at] <= gap:
            return
        columns = likely(m, relaxed.y, relaxed.u, upper(m, relaxed.u)[1], 0.2)
        sub = shrink(m, columns, np.zeros(0, dtype=np.int64))
        plans = []
        for number in range(dives):
            rng = np.random.default_rng([self.seed, at, number])
            found = dive(sub, relaxed.y[columns], carry(sub, relaxed.u), 0.3 - 0.05 * number, rng, 80)
            plan = np.zeros(m.n_sites, dtype=bool)
            plan[columns[found]] = True
            plans.append(swaps(m, plan, stop=over))
            self._offer(at, plans[-1])
        if dives > 1 and not over():
            self.join(at, plans, over)
        self._pass_on(at)

    def join(self, at: int, plans: list[Flags], over: Stop) -> None:
        """The best of what some plans and those of nearby limits hold together."""
        m = self.at(at)
        near = [plan for plan in self.plan[max(0, at - _NEAR) : at + _NEAR + 1] if plan is not None]
        whole = unite(m, plans + [complete(m, prune(m, plan)) for plan in near], self.seed, 5.0, 50)
        if whole is not None:
            self._offer(at, swaps(m, whole, stop=over))

    def bound(self, u: Floats) -> None:
        """Use multipliers of merged rows at every limit."""
        full = spread(self.question, self.m, u)
        self.up = np.minimum(self.up, bounds_by_limit(self.question, full, self.limits))
        self._fall()

    def _fall(self) -> None:
        """What no plan exceeds with more, none exceeds with less."""
        self.up = np.minimum.accumulate(self.up[::-1])[::-1]

    def treat(self, at: int, gap: float, seconds: float, over: Stop) -> None:
        """One more effort at a limit: exchanges and a relaxation, several plans joined, then the whole engine."""
        plan = self.plan[at]
        if not self.question.has_floors and self.care[at] < 2:
            self.care[at] += 1
            if self.care[at] == 1 and plan is not None:
                self._offer(at, swaps(self.at(at), plan, stop=over))
                self._pass_on(at)
            if self.doubt()[at] > gap:
                self.relax(at, gap, over, self.care[at])
            return
        self.care[at] = 3
        asked = self.question.with_limit(float(self.limits[at]))
        self.learn(at, choose(asked, gap=gap * 0.95, seconds=seconds, seed=self.seed, stop=over))

    def learn(self, at: int, plan: Plan) -> None:
        """Use a whole plan: its sites, its bound, its multipliers."""
        if plan.status == "infeasible":
            self.barred[: at + 1] = True
            return
        self.up[at] = min(self.up[at], plan.bound)
        if not self.question.has_floors:
            self.up = np.minimum(self.up, bounds_by_limit(self.question, plan.multipliers, self.limits))
        self._fall()
        self._offer(at, plan.chosen[self.m.site])
        self._pass_on(at)

    def _offer(self, at: int, plan: Flags) -> bool:
        if self.m.cost[plan].sum() > self.left[at] * (1 + 1e-12) + 1e-9:
            return False
        value = self.m.base + value_of(self.m, plan)
        if value <= self.low[at] or not self.question.keeps_floors(self.flags(plan)):
            return False
        self.low[at], self.plan[at] = value, plan
        return True

    def flags(self, plan: Flags) -> Flags:
        """A plan on free sites as flags on all sites (S,)."""
        chosen = self.question.forced.copy()
        chosen[self.m.site[plan]] = True
        return chosen

    def _pass_on(self, at: int) -> None:
        """Larger plans from this one, then smaller ones, as long as each is the best known at its limit."""
        for step in (1, -1):
            here, plan = at, self.plan[at]
            while plan is not None and 0 <= here + step < len(self.limits):
                here += step
                plan = complete(self.at(here), plan if step > 0 else prune(self.at(here), plan))
                if not self._offer(here, plan):
                    break

    def doubt(self) -> Floats:
        """Relative gap of each point."""
        held = np.maximum(self.low, 0.0)
        gap = np.divide(self.up - held, held, out=np.where(self.up > 0, 1.0, 0.0), where=held > 0)
        return np.where(self.barred, 0.0, gap)

    def worst(self, gap: float) -> int | None:
        """The limit whose gap is largest among those that were not treated to the end, if it exceeds ``gap``."""
        doubt = np.where(self.care >= 3, 0.0, self.doubt())
        at = int(doubt.argmax())
        return at if doubt[at] > gap else None

    def points(self) -> list[Point]:
        """The curve; coverage never falls as more may be spent."""
        found: list[Point] = []
        best, plan = -math.inf, np.zeros(self.m.n_sites, dtype=bool)
        for at, limit in enumerate(self.limits.tolist()):
            here = self.plan[at]
            if here is not None and self.low[at] > best:
                best, plan = float(self.low[at]), here
            known = best > -math.inf
            chosen = self.flags(plan) if known else np.zeros(len(self.question.forced), dtype=bool)
            low = self.question.value(chosen) if known else 0.0
            up = max(low, float(self.up[at])) if known or not self.barred[at] else 0.0
            spent = float(self.question.cost[chosen].sum())
            found.append(Point(limit, low, up, chosen, spent, known or not self.barred[at]))
        return found
