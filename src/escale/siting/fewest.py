"""Fewest places to cover everyone, or a given share of the weight, with a proven lower bound."""

import math
import time
from dataclasses import dataclass, replace

import highspy
import numpy as np

from escale.siting.arrays import BadInput, Flags
from escale.siting.exact import consistent, model, scaled, value_of
from escale.siting.merge import Merged, merge
from escale.siting.question import Question


@dataclass(frozen=True)
class Fewest:
    """``chosen`` (S,) or None when no set of sites is enough; ``places`` new sites used, never fewer than
    ``at_least``; ``covered`` weight, open places included; ``wanted`` weight asked for."""

    chosen: Flags | None
    places: int
    at_least: int
    covered: float
    wanted: float

    @property
    def proven(self) -> bool:
        """No smaller number of places can be enough."""
        return self.chosen is not None and self.places == self.at_least


def fewest(question: Question, share: float = 1.0, *, seconds: float = 60.0, seed: int = 0) -> Fewest:
    """Fewest new places (forced included) that cover ``share`` of the weight.

    With ``share`` 1: everyone whom some site can reach. Costs, floors and the limit of the question do not
    count. A greedy plan starts, HiGHS improves it and bounds it for ``seconds`` of wall time.
    Raises BadInput on a share outside ]0, 1].
    """
    if not (0 < share <= 1):
        raise BadInput([f"share: {share}, a number above 0 and at most 1 expected"])
    weight = question.weight
    total, reachable = float(weight.sum()), question.value(question.free | question.forced)
    wanted = reachable if share == 1.0 else share * total
    if reachable < wanted * (1 - 1e-12):
        return Fewest(None, 0, 0, reachable, wanted)
    one = np.zeros(len(weight), dtype=np.int64)
    goal = np.array([min(wanted, reachable) - 1e-12 * total])
    whole = replace(question, group=one, floor=goal, cost=np.ones(len(question.cost)), limit=float(len(question.cost)))
    m = merge(whole)
    chosen = question.forced.copy()
    at_least = 0
    if m.need.sum() > 0:
        picked, at_least = _cover(m, _enough(m), seconds, seed)
        chosen[m.site[picked]] = True
    forced = int(question.forced.sum())
    return Fewest(chosen, int(chosen.sum()), forced + at_least, question.value(chosen), wanted)


def _enough(m: Merged) -> Flags:
    """Greedy sites until the need is met, then without those that are not needed."""
    flags = np.zeros(m.n_sites, dtype=bool)
    alive = m.weight.copy()
    gain = m.columns @ alive
    held = 0.0
    while held < m.need[0] and gain.max() > 0:
        best = int(gain.argmax())
        flags[best] = True
        touched = m.columns.indices[m.columns.indptr[best] : m.columns.indptr[best + 1]]
        held += float(alive[touched].sum())
        alive[touched] = 0.0
        gain = m.columns @ alive
    for site in np.flatnonzero(flags):
        flags[site] = False
        if value_of(m, flags) < m.need[0]:
            flags[site] = True
    return flags


def _cover(m: Merged, start: Flags, seconds: float, seed: int) -> tuple[Flags, int]:
    """Smallest set found and a safe lower bound on its size."""
    deadline = time.monotonic() + seconds
    highs = _asked(m, "on", seconds, seed)
    highs.run()
    if not consistent(highs):
        highs = _asked(m, "off", max(deadline - time.monotonic(), 0.0), seed)
        highs.run()
    info = highs.getInfo()
    best, low = start, 1
    if not consistent(highs) or not info.valid:
        return best, low
    if np.isfinite(info.mip_dual_bound):
        # Half a thousandth of a place is far above the solver's tolerances.
        low = max(1, math.ceil(float(info.mip_dual_bound) - 5e-4))
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        found = np.asarray(highs.getSolution().col_value)[: m.n_sites] > 0.5
        if found.sum() < best.sum() and value_of(m, found) >= m.need[0] - 1e-9:
            best = found
    return best, min(low, int(best.sum()))


def _asked(m: Merged, presolve: str, seconds: float, seed: int) -> highspy.Highs:
    """The covering model. It gets no plan to start from: HiGHS 1.16 then reports a wrong value now and then."""
    highs = model(replace(scaled(m)[0], left=np.inf))
    sites = np.arange(m.n_sites + m.n_rows, dtype=np.int32)
    prices = np.concatenate((np.ones(m.n_sites), np.zeros(m.n_rows)))
    highs.changeColsCost(len(sites), sites, prices)
    highs.changeObjectiveSense(highspy.ObjSense.kMinimize)
    highs.setOptionValue("presolve", presolve)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", seed % (2**31 - 1))
    highs.setOptionValue("time_limit", float(seconds))
    return highs
