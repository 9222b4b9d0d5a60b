"""A tighter bound by territories: each is solved exactly, and only rows that straddle two keep a multiplier.

For any partition of the free sites, any multipliers u of the straddling rows between 0 and their weights and
any price of the budget at least 0, the sum

    price x left + straddling (weight - u) + best of each territory, its sites paying the price and earning u

bounds every plan. Territories follow the sites that the relaxation leaves undecided.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from escale.siting.arrays import Flags, Floats, Ints
from escale.siting.exact import Effort, Solved, solve, value_of
from escale.siting.merge import Merged, shrink
from escale.siting.relaxation import knapsack, site_gains
from escale.siting.search import carry


@dataclass(frozen=True)
class Territory:
    """Sites of one territory (columns of the whole), its own priced question, its multipliers."""

    sites: Ints
    priced: Merged
    u: Floats


def partition(m: Merged, y: Floats, cap: int) -> Ints:
    """Label (N,) of each site's territory, at most about ``cap`` sites each, undecided neighbours together."""
    beside = csr_array(m.columns @ m.rows)
    label = np.full(m.n_sites, -1, dtype=np.int64)
    taken = np.zeros(m.n_sites, dtype=bool)
    seeds = 0
    for site in np.argsort(-y, kind="stable"):
        if y[site] < 0.02:
            break
        if not taken[site]:
            label[site] = seeds
            seeds += 1
            taken[beside.indices[beside.indptr[site] : beside.indptr[site + 1]]] = True
    return _unite(m, _grow(beside, label), y * (1.0 - y), cap)


def _grow(beside: csr_array, label: Ints) -> Ints:
    """Give every site the label it shares most with, outwards from the labelled ones; islands get their own."""
    label = label.copy()
    while (label < 0).any():
        known = np.flatnonzero(label >= 0)
        if not len(known):
            break
        table = csr_array((np.ones(len(known)), (known, label[known])), shape=(len(label), int(label.max()) + 1))
        todo = np.flatnonzero(label < 0)
        shared = csr_array(beside[todo] @ table)
        has = np.diff(shared.indptr) > 0
        if not has.any():
            break
        best = np.asarray(shared.argmax(axis=1)).ravel()
        label[todo[has]] = best[has]
    rest = np.flatnonzero(label < 0)
    if len(rest):
        pieces = connected_components(beside[rest][:, rest], directed=False)[1]
        label[rest] = pieces + label.max() + 1
    return label


def _unite(m: Merged, label: Ints, doubt: Floats, cap: int) -> Ints:
    """Join territories whose common rows are most in doubt, as long as they stay small enough."""
    count = int(label.max()) + 1 if len(label) else 0
    member = csr_array((np.ones(len(label)), (np.arange(len(label)), label)), shape=(len(label), count))
    touch = csr_array(m.rows @ member)
    touch.data[:] = 1.0
    mass = m.weight * (m.rows @ doubt)
    bond = (touch.T @ (touch * mass.reshape(-1, 1))).toarray()
    np.fill_diagonal(bond, 0.0)
    # A site with many rows weighs more than one: what costs the solver is the table.
    size = np.bincount(label, np.maximum(1.0, np.diff(m.columns.indptr) / 40.0), count)
    name = np.arange(count)
    while count:
        fits = (size[:, None] + size[None, :] <= cap) & (bond > 0)
        strength = np.where(fits, bond, 0.0)
        a, b = np.unravel_index(int(strength.argmax()), strength.shape)
        if strength[a, b] <= 0:
            break
        bond[a] += bond[b]
        bond[:, a] = bond[a]
        bond[a, a] = 0.0
        bond[b], bond[:, b] = 0.0, 0.0
        size[a], size[b] = size[a] + size[b], cap + 1
        name[name == b] = a
    return np.unique(name[label], return_inverse=True)[1].astype(np.int64)


def divide(m: Merged, u: Floats, price: float, label: Ints) -> tuple[list[Territory], float]:
    """Territories of a partition, and what the bound owes to the budget and to straddling rows."""
    row = np.repeat(np.arange(m.n_rows), np.diff(m.rows.indptr))
    of = label[m.rows.indices]
    low = np.full(m.n_rows, np.iinfo(np.int64).max)
    high = np.full(m.n_rows, -1, dtype=np.int64)
    np.minimum.at(low, row, of)
    np.maximum.at(high, row, of)
    border = low != high
    owed = price * m.left + float((m.weight - u)[border].sum())
    earned = m.direct + m.columns @ np.where(border, u, 0.0) - price * m.cost
    nobody = np.zeros(0, dtype=np.int64)
    found = []
    for number in range(int(label.max()) + 1 if len(label) else 0):
        sites = np.flatnonzero(label == number)
        inside = np.flatnonzero(~border & (low == number))
        sub = shrink(m, sites, nobody, inside)
        held = np.where(border, 0.0, u)
        # Rows that only one kept site covers are merged into its direct profit by shrink.
        part = replace(sub, direct=sub.direct - m.direct[sites] + earned[sites], left=np.inf)
        found.append(Territory(sites, part, carry(sub, held)))
    return found, owed


def solve_territory(part: Territory, guess: Flags, effort: Effort) -> Solved:
    """Best of a territory, after its sites that its own gap decides are decided; ``guess`` (its sites)."""
    m = part.priced
    gain = site_gains(m, part.u)
    most = float((m.weight - part.u).sum() + gain[gain > 0].sum())
    margin = 1e-9 * float(m.weight.sum() + np.abs(m.direct).sum()) + 1e-9
    best = _climb(m, guess)
    value = value_of(m, best)
    spare = most - value + margin
    closed, opened = -gain > spare, gain > spare
    kept = np.flatnonzero(~closed & ~opened)
    core = shrink(m, kept, np.flatnonzero(opened))
    solved = solve(replace(core, left=np.inf), effort, best[kept])
    chosen = best
    if solved.chosen is not None:
        chosen = opened.copy()
        chosen[kept[solved.chosen]] = True
    bound = max(value, core.base + solved.bound) + margin
    return Solved(chosen, max(value, value_of(m, chosen)), min(bound, most + margin), False, solved.finished)


def _climb(m: Merged, start: Flags) -> Flags:
    """Open, close or exchange sites while the priced value grows."""
    chosen = start.copy()
    for _ in range(200):
        count = m.rows @ chosen.astype(np.float64)
        gain = m.direct + m.columns @ np.where(count < 0.5, m.weight, 0.0)
        lone = np.where((count > 0.5) & (count < 1.5), m.weight, 0.0)
        loss = m.direct + m.columns @ lone
        add = np.where(chosen, -np.inf, gain)
        drop = np.where(chosen, -loss, -np.inf)
        options = [(float(add.max(initial=-np.inf)), "add"), (float(drop.max(initial=-np.inf)), "drop")]
        picked = np.flatnonzero(chosen)
        mine = m.columns[picked] if len(picked) else None
        if mine is not None:
            shared = (mine * lone.reshape(1, -1)) @ m.rows
            move = shared.toarray() + gain[None, :] - loss[picked][:, None]
            move[:, chosen] = -np.inf
            options.append((float(move.max(initial=-np.inf)), "swap"))
        best, kind = max(options)
        if best <= 1e-7:
            break
        if kind == "add":
            chosen[int(add.argmax())] = True
        elif kind == "drop":
            chosen[int(drop.argmax())] = False
        else:
            out, enters = np.unravel_index(int(move.argmax()), move.shape)
            chosen[picked[out]], chosen[enters] = False, True
    return chosen


def price_of(m: Merged, u: Floats) -> float:
    """Price of one unit of the budget at multipliers ``u``."""
    return knapsack(site_gains(m, u), m.cost, m.left)[1]
