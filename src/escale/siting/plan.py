"""The answer of the engine, and how far a run has come."""

from collections.abc import Callable
from dataclasses import dataclass

from escale.siting.arrays import Flags, Floats


@dataclass(frozen=True)
class Progress:
    """What is known so far: a plan of weight ``covered``, and that none exceeds ``bound``."""

    stage: str
    covered: float
    bound: float
    cpu_seconds: float

    @property
    def gap(self) -> float:
        """Relative doubt that is left, 0 when proven."""
        return relative_gap(self.covered, self.bound)


Listener = Callable[[Progress], None]
Stop = Callable[[], bool]


def relative_gap(covered: float, bound: float) -> float:
    """(bound - covered) / covered; 0 when they meet, 1 when nothing is covered yet something may be."""
    if bound <= covered:
        return 0.0
    return (bound - covered) / covered if covered > 0 else 1.0


@dataclass(frozen=True)
class Plan:
    """Chosen new sites (S,) and the proof of how good they are.

    ``covered`` weight covered, open places included; ``total`` all the weight; ``bound`` the best bound proven
    on any plan; ``bound_multipliers`` the one that `bounds.multiplier_bound` recomputes from ``multipliers``
    (D,) and ``floor_multipliers`` (G,); ``spent`` in the unit of costs; ``status`` proven (the gap asked for
    is reached), stopped (best answer so far) or infeasible (no plan keeps the floors).
    """

    chosen: Flags
    covered: float
    total: float
    bound: float
    bound_multipliers: float
    multipliers: Floats
    floor_multipliers: Floats
    spent: float
    status: str
    cpu_seconds: float
    seed: int

    @property
    def gap(self) -> float:
        """Relative doubt that is left, 0 when proven optimal."""
        return relative_gap(self.covered, self.bound)
