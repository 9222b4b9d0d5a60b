"""The whole curve: for each number of new places, what a plan covers and what no plan can exceed."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from escale.siting.arrays import BadInput, Flags, Floats
from escale.siting.bounds import bounds_by_places
from escale.siting.choose import choose
from escale.siting.plan import Progress, Stop
from escale.siting.question import Question


@dataclass(frozen=True)
class Point:
    """With ``places`` new places a plan covers ``covered``, none more than ``bound``; ``chosen`` (S,)."""

    places: int
    covered: float
    bound: float
    chosen: Flags


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

    The question must count places (costs of 1); its own limit does not matter. One set of multipliers bounds
    every point, so few points are solved and the others are filled in; those whose gap exceeds ``gap`` are
    solved in turn until ``seconds`` are over.
    """
    if question.has_floors or (question.cost != 1.0).any():
        raise BadInput(["curve: places are counted, without floors and without costs"])
    first = max(1, int(question.forced.sum()))
    deadline = time.monotonic() + seconds
    ask = _Curve(question, first, places)
    grid = sorted({first, places, *np.rint(np.geomspace(first, places, 5)).astype(int).tolist()})
    waiting = list(grid)
    while waiting:
        k = waiting.pop(0)
        left = deadline - time.monotonic()
        if left <= 0 or (stop is not None and stop()):
            break
        share = max(0.2, left / 3.0)
        plan = choose(question.with_limit(float(k)), gap=gap * 0.6, seconds=min(share, left), seed=seed)
        ask.learn(k, plan.chosen, plan.covered, plan.bound, plan.multipliers)
        if progress is not None:
            worst = ask.worst(gap)
            progress(Progress(f"k={k}", plan.covered, plan.bound, time.process_time()))
        if not waiting:
            worst = ask.worst(gap)
            waiting = [worst] if worst is not None else []
    return ask.points()


class _Curve:
    """Best plan and bound known at each number of places."""

    def __init__(self, question: Question, first: int, last: int) -> None:
        self.question, self.first, self.last = question, first, last
        size = last + 1
        self.low = np.zeros(size)
        self.up = np.full(size, float(question.weight.sum()))
        self.plan: list[Flags] = [question.forced.copy() for _ in range(size)]
        self.low[:] = question.value(question.forced)
        self.solved: set[int] = set()

    def learn(self, k: int, chosen: Flags, covered: float, bound: float, u: Floats) -> None:
        """Use a plan for k places, its bound, and its multipliers at every other number of places."""
        self.solved.add(k)
        self.up[k] = min(self.up[k], bound)
        self._offer(k, chosen, covered)
        self._fewer(k, chosen)
        self._more(k, chosen)
        self.up = np.minimum(self.up, bounds_by_places(self.question, u, self.last))
        self.up[self.first :] = np.minimum.accumulate(self.up[self.first :][::-1])[::-1]

    def _offer(self, k: int, chosen: Flags, covered: float) -> None:
        if covered > self.low[k]:
            self.low[k], self.plan[k] = covered, chosen

    def _fewer(self, k: int, chosen: Flags) -> None:
        """Smaller plans: take out the site whose loss is least, one after the other."""
        q, picked = self.question, chosen.copy()
        count = self._count(picked)
        for size in range(k - 1, self.first - 1, -1):
            lone = np.where(count == 1, q.weight, 0.0)
            loss = np.bincount(q.pairs.site, np.repeat(lone, np.diff(q.pairs.start)), q.pairs.n_sites)
            loss = np.where(picked & ~q.forced, loss, np.inf)
            while int(picked.sum()) > size and np.isfinite(loss.min()):
                out = int(loss.argmin())
                picked[out] = False
                loss[out] = np.inf
                count = self._count(picked)
            self._offer(size, picked.copy(), float(q.weight[count > 0].sum()))

    def _more(self, k: int, chosen: Flags) -> None:
        """Larger plans: add the site that brings most, one after the other."""
        q, picked = self.question, chosen.copy()
        count = self._count(picked)
        for size in range(k + 1, self.last + 1):
            alone = np.where(count == 0, q.weight, 0.0)
            gain = np.bincount(q.pairs.site, np.repeat(alone, np.diff(q.pairs.start)), q.pairs.n_sites)
            gain = np.where(picked | ~q.free, -1.0, gain)
            best = int(gain.argmax()) if len(gain) else -1
            if best >= 0 and gain[best] > 0:
                picked[best] = True
                count = self._count(picked)
            self._offer(size, picked.copy(), float(q.weight[count > 0].sum()))

    def _count(self, picked: Flags) -> Floats:
        """How many of the picked sites serve each demand point, open places counted as one."""
        q = self.question
        hit = np.concatenate(([0.0], np.cumsum(picked[q.pairs.site], dtype=np.float64)))
        return hit[q.pairs.start[1:]] - hit[q.pairs.start[:-1]] + q.covered

    def worst(self, gap: float) -> int | None:
        """The unsolved number of places whose gap is largest, when it exceeds ``gap``."""
        doubt = (self.up - self.low) / np.maximum(self.low, 1e-9)
        doubt[: self.first] = 0.0
        doubt[list(self.solved)] = 0.0
        worst = int(doubt.argmax())
        return worst if doubt[worst] > gap else None

    def points(self) -> list[Point]:
        """The curve; coverage never falls as places are added."""
        found: list[Point] = []
        best, plan = -1.0, self.plan[self.first]
        for k in range(self.first, self.last + 1):
            if self.low[k] > best:
                best, plan = float(self.low[k]), self.plan[k]
            found.append(Point(k, best, max(best, float(self.up[k])), plan))
        return found
