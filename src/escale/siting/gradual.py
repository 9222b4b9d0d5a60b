"""Coverage that fades with the trip: full at first, then by steps down to nothing."""

from dataclasses import dataclass

import numpy as np

from escale.siting.arrays import BadInput, Floats
from escale.siting.pairs import Pairs


@dataclass(frozen=True)
class Layers:
    """Demand repeated once a step: ``pairs`` and ``weight`` over D x steps points, ``demand`` their origin."""

    pairs: Pairs
    weight: Floats
    demand: np.ndarray
    limits: Floats


def fading(full: float, nothing: float, steps: int) -> tuple[Floats, Floats]:
    """Limits and worth (1 at ``full``, falling evenly to 0 at ``nothing``), by ``steps`` equal steps.

    A trip between two limits has the worth of the farther one, so that coverage is never overstated.
    """
    if not (0 <= full < nothing) or steps < 1:
        raise BadInput(["fading: 0 <= full < nothing and at least one step are expected"])
    limits = np.linspace(full, nothing, steps + 1)[:-1]
    return limits, 1.0 - (limits - full) / (nothing - full)


def layered(pairs: Pairs, weight: Floats, limits: Floats, worth: Floats) -> Layers:
    """Turn fading coverage into plain coverage of layers.

    ``limits`` increasing, in the unit of ``pairs.value``; ``worth`` falling, from at most 1, at least 0. A
    demand point whose nearest chosen site is within ``limits[s]`` brings ``worth[s]`` of its weight.
    """
    limits, worth = np.asarray(limits, dtype=np.float64), np.asarray(worth, dtype=np.float64)
    good = limits.shape == worth.shape and len(limits) > 0 and (np.diff(limits) > 0).all()
    if not good or (np.diff(worth) > 0).any() or worth[0] > 1 or worth[-1] < 0:
        raise BadInput(["gradual: limits must increase and worth fall, between 1 and 0"])
    parts = [pairs.within(float(limit)) for limit in limits]
    lost = worth - np.concatenate((worth[1:], [0.0]))
    offsets = np.concatenate(([0], np.cumsum([len(part.site) for part in parts])))
    start = np.concatenate([[0], *(part.start[1:] + offset for part, offset in zip(parts, offsets, strict=False))])
    return Layers(
        Pairs(
            start.astype(np.int64),
            np.concatenate([part.site for part in parts]),
            np.concatenate([part.value for part in parts]),
            pairs.n_sites,
        ),
        np.concatenate([weight * one for one in lost]),
        np.tile(np.arange(pairs.n_demand), len(limits)),
        limits,
    )
