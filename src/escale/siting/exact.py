"""Small whole-number questions, given to HiGHS: merged rows, binary sites, continuous coverage.

The solver's word is taken with a margin: its tolerances are set to 1e-9 and the bound it reports is
raised by what those could hide. Weights and costs are scaled by powers of two before, so that these tolerances
mean the same for a hamlet and for a country; an answer whose value is not that of its own sites is not trusted.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
from scipy.sparse import csr_array, vstack

from escale.siting.arrays import Flags
from escale.siting.merge import Merged

_TOLERANCE = 1e-9
_MARGIN = 4e-9
_TRUSTED = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kSolutionLimit,
)


@dataclass(frozen=True)
class Solved:
    """Chosen sites (N,) or None when none was found, their value, a safe bound, and what is proven."""

    chosen: Flags | None
    value: float
    bound: float
    infeasible: bool
    finished: bool


@dataclass(frozen=True)
class Effort:
    """How far the solver may go: nodes (work, so that runs agree), relative gap, and wall seconds at most."""

    nodes: int = 100_000
    gap: float = 0.0
    seed: int = 0
    seconds: float = np.inf


def value_of(m: Merged, chosen: Flags) -> float:
    """Weight that the flagged free sites bring, without ``base``."""
    picked = chosen.astype(np.float64)
    return float(m.direct[chosen].sum() + m.weight[(m.rows @ picked) > 0.5].sum())


def solve(m: Merged, effort: Effort, start: Flags | None = None) -> Solved:
    """Solve the merged question; ``left`` may be infinite and ``direct`` negative (priced territories)."""
    ready, factor = scaled(m)
    for presolve in ("on", "off"):
        highs = model(ready)
        _tune(highs, effort)
        highs.setOptionValue("presolve", presolve)
        if start is not None and m.n_sites:
            begin(highs, ready, start)
        highs.run()
        if consistent(highs):
            return _read(highs, m, factor)
        start = None
    return Solved(None, -np.inf, _ceiling(m), False, False)


def scaled(m: Merged) -> tuple[Merged, float]:
    """The same question in weights and costs of about a thousand, and what the weights were multiplied by.

    Factors are powers of two, so nothing is rounded. Whole costs get a quarter of a unit more to spend, and whole
    floors ask for a quarter less: no plan enters that way, and a tolerance cannot shut out one that fits.
    """
    cost, left, need = m.cost, m.left, m.need
    if not (cost == 1.0).all():
        if np.isfinite(left) and (cost == np.floor(cost)).all():
            left = math.floor(left) + 0.25
        price = _near_thousand(float(cost.max(initial=0.0)))
        cost, left = cost * price, left * price
    if len(need):
        spare = 1e-11 * need
        need = np.ceil(need - 1e-6) - np.maximum(0.25, spare) if m.whole else need - spare
        need = np.maximum(need, 0.0)
    heaviest = max(float(m.weight.max(initial=0.0)), float(np.abs(m.direct).max(initial=0.0)))
    factor = _near_thousand(heaviest)
    return (
        replace(m, cost=cost, left=left, weight=m.weight * factor, direct=m.direct * factor, need=need * factor),
        factor,
    )


def _near_thousand(most: float) -> float:
    """The power of two that brings ``most`` under 1 024; 1 when it is between 1 and 2^22 already."""
    return 1.0 if most == 0.0 or 1.0 <= most <= 2.0**22 else 2.0 ** (10 - math.frexp(most)[1])


def begin(highs: highspy.Highs, m: Merged, start: Flags) -> None:
    """Give the solver a plan to start from."""
    first = highspy.HighsSolution()
    picked = start.astype(np.float64)
    first.col_value = np.concatenate((picked, np.minimum(1.0, m.rows @ picked))).tolist()
    highs.setSolution(first)


def consistent(highs: highspy.Highs) -> bool:
    """The value the solver reports is that of the point it gives.

    HiGHS 1.16 may report another one after presolve, and then a bound that proves nothing.
    """
    info = highs.getInfo()
    if not info.valid or info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return True
    price = np.asarray(highs.getLp().col_cost_)
    value = float(np.einsum("i,i->", price, np.asarray(highs.getSolution().col_value)))
    return abs(value - info.objective_function_value) <= 1e-7 * (1.0 + float(np.abs(price).sum()))


def _ceiling(m: Merged) -> float:
    return float(m.weight.sum() + m.direct[m.direct > 0].sum())


def _read(highs: highspy.Highs, m: Merged, factor: float) -> Solved:
    status = highs.getModelStatus()
    info = highs.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(None, -np.inf, -np.inf, True, True)
    bound = _ceiling(m)
    if info.valid and status in _TRUSTED and np.isfinite(info.mip_dual_bound):
        scale = float(m.weight.sum() + np.abs(m.direct).sum())
        bound = min(bound, float(info.mip_dual_bound) / factor + _MARGIN * scale)
    finished = status == highspy.HighsModelStatus.kOptimal
    if not info.valid or info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved(None, -np.inf, bound, False, finished)
    found: Flags = np.asarray(highs.getSolution().col_value)[: m.n_sites] > 0.5
    return Solved(found, value_of(m, found), bound, False, finished)


def model(m: Merged, whole_sites: bool = True) -> highspy.Highs:
    """The question as a HiGHS model: sites, then rows; coverage, then the budget, then floors above 0."""
    n, r = m.n_sites, m.n_rows
    open_row = csr_array((-np.ones(r), (np.arange(r), np.arange(r))), shape=(r, r))
    blocks = [[m.rows, open_row]]
    low = [np.zeros(r)]
    high = [np.full(r, np.inf)]
    if np.isfinite(m.left):
        blocks.append([csr_array(m.cost.reshape(1, -1)), csr_array((1, r))])
        low.append(np.array([-np.inf]))
        high.append(np.array([m.left]))
    for g in np.flatnonzero(m.need > 0):
        held = np.where(m.group == g, m.weight, 0.0)
        blocks.append([csr_array((1, n)), csr_array(held.reshape(1, -1))])
        low.append(np.array([m.need[g]]))
        high.append(np.array([np.inf]))
    table = vstack([_beside(left, right) for left, right in blocks]).tocsr()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = n + r, table.shape[0]
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.concatenate((m.direct, m.weight))
    lp.col_lower_, lp.col_upper_ = np.zeros(n + r), np.ones(n + r)
    lp.row_lower_, lp.row_upper_ = np.concatenate(low), np.concatenate(high)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = table.indptr.astype(np.int32)
    lp.a_matrix_.index_ = table.indices.astype(np.int32)
    lp.a_matrix_.value_ = table.data
    if whole_sites:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * n + [highspy.HighsVarType.kContinuous] * r
    # The base class, since the subclass writes a banner on standard output when it is made.
    plain: Any = highspy.Highs.__base__
    highs: Any = plain()
    highs.setOptionValue("output_flag", False)
    highs.passModel(lp)
    return highs


def _beside(left: csr_array, right: csr_array) -> csr_array:
    """Two tables of equal height side by side."""
    start = left.indptr.astype(np.int64) + right.indptr
    height = left.shape[0]
    index = np.concatenate((left.indices, right.indices + left.shape[1]))
    data = np.concatenate((left.data, right.data))
    row = np.concatenate(
        (np.repeat(np.arange(height), np.diff(left.indptr)), np.repeat(np.arange(height), np.diff(right.indptr)))
    )
    order = np.argsort(row, kind="stable")
    return csr_array((data[order], index[order], start), shape=(height, left.shape[1] + right.shape[1]))


def _tune(highs: highspy.Highs, effort: Effort) -> None:
    for name, value in (
        ("threads", 1),
        ("random_seed", int(effort.seed) % (2**31 - 1)),
        ("mip_rel_gap", float(effort.gap)),
        ("mip_abs_gap", 0.0 if effort.gap == 0.0 else 1e-6),
        ("mip_max_nodes", int(effort.nodes)),
        ("time_limit", float(min(max(effort.seconds, 0.0), 1e20))),
        ("mip_feasibility_tolerance", _TOLERANCE),
        ("primal_feasibility_tolerance", _TOLERANCE),
        ("dual_feasibility_tolerance", _TOLERANCE),
    ):
        highs.setOptionValue(name, value)
