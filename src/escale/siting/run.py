"""What one run of the engine knows at a moment: the best plan, the tightest bound, how much time is left."""

import math
import time
from dataclasses import dataclass, field

import numpy as np

from escale.siting.arrays import Flags, Floats
from escale.siting.bounds import rounded
from escale.siting.exact import value_of
from escale.siting.merge import Merged
from escale.siting.plan import Listener, Progress, Stop
from escale.siting.question import Question


@dataclass
class Run:
    """What a run knows at a moment."""

    question: Question
    m: Merged
    gap: float
    seed: int
    seconds: float
    listen: Listener | None
    asked_to_stop: Stop | None
    wall: float = field(default_factory=time.monotonic)
    cpu: float = field(default_factory=time.process_time)
    best: Flags | None = None
    value: float = -math.inf
    bound: float = math.inf
    y: Floats = field(default_factory=lambda: np.zeros(0))
    u: Floats = field(default_factory=lambda: np.zeros(0))
    v: Floats = field(default_factory=lambda: np.zeros(0))
    dual: Merged | None = None
    infeasible: bool = False

    def left(self) -> float:
        """Wall seconds that remain."""
        return self.seconds - (time.monotonic() - self.wall)

    def over(self) -> bool:
        """Time is up, or the caller wants the answer now."""
        return self.left() <= 0 or (self.asked_to_stop is not None and self.asked_to_stop())

    def good(self) -> bool:
        """The gap asked for is reached."""
        if self.infeasible or self.best is None:
            return self.infeasible
        # Weights that are not whole are proven to the solver's tolerance only; the bound says so.
        slack = 0.0 if self.question.whole else 1e-8 * float(self.question.weight.sum())
        return self.bound - self.value <= self.gap * self.value + slack

    def offer(self, plan: Flags) -> None:
        """Keep a plan (free sites) when it keeps the floors and covers more."""
        if not np.isfinite(self.m.left) or self.m.cost[plan].sum() > self.m.left * (1 + 1e-12) + 1e-9:
            return
        value = self.m.base + value_of(self.m, plan)
        if value > self.value and self.question.keeps_floors(self.flags(plan)):
            self.best, self.value = plan, value

    def cap(self, bound: float) -> None:
        """Keep a bound when it is tighter; never below the plan in hand, which is proven to exist."""
        self.bound = min(self.bound, rounded(self.question, bound))

    def flags(self, plan: Flags) -> Flags:
        """A plan on free sites as flags on all sites (S,), forced ones included."""
        chosen = self.question.forced.copy()
        chosen[self.m.site[plan]] = True
        return chosen

    def tell(self, stage: str) -> None:
        """Report progress."""
        if self.listen is not None:
            covered = max(self.value, 0.0)
            self.listen(Progress(stage, covered, self.bound, time.process_time() - self.cpu))
