"""Plans without proof: greedy, best swaps, dives into the relaxation. Each plan flags free sites (N,)."""

from collections.abc import Callable

import numpy as np

from escale.siting.arrays import Flags, Floats, Ints
from escale.siting.exact import Effort, solve
from escale.siting.merge import Merged, shrink
from escale.siting.relaxation import PrimalDual

_EPSILON = 1e-9


def complete(m: Merged, chosen: Flags) -> Flags:
    """Add sites greedily, by gain per unit of cost, while one that still brings something fits."""
    chosen = chosen.copy()
    count = m.rows @ chosen.astype(np.float64)
    alive = np.where(count < 0.5, m.weight, 0.0)
    gain = m.direct + m.columns @ alive
    spent = float(m.cost[chosen].sum())
    price = np.maximum(m.cost, 1e-12)
    while True:
        score = np.where(chosen | (m.cost > m.left - spent + _EPSILON), -1.0, gain / price)
        best = int(score.argmax()) if len(score) else -1
        if best < 0 or score[best] <= 0 or gain[best] <= 0:
            return chosen
        chosen[best] = True
        spent += float(m.cost[best])
        touched = m.columns.indices[m.columns.indptr[best] : m.columns.indptr[best + 1]]
        fresh = touched[alive[touched] > 0]
        gain -= m.columns @ _spike(m, fresh, alive) if len(fresh) * 8 > m.n_rows else _lost(m, fresh, alive)
        alive[fresh] = 0.0


def _spike(m: Merged, fresh: np.ndarray, alive: Floats) -> Floats:
    moved = np.zeros(m.n_rows)
    moved[fresh] = alive[fresh]
    return moved


def _lost(m: Merged, fresh: np.ndarray, alive: Floats) -> Floats:
    """What each site loses when the rows ``fresh`` are served."""
    first, last = m.rows.indptr[fresh], m.rows.indptr[fresh + 1]
    length = last - first
    begin = np.cumsum(length) - length
    where = np.repeat(first - begin, length) + np.arange(int(length.sum()))
    return np.bincount(m.rows.indices[where], np.repeat(alive[fresh], length), m.n_sites)


def prune(m: Merged, chosen: Flags) -> Flags:
    """Close sites, those that lose least per unit of cost first, until the rest fits."""
    chosen = chosen.copy()
    price = np.maximum(m.cost, 1e-12)
    while float(m.cost[chosen].sum()) > m.left + _EPSILON and chosen.any():
        count = m.rows @ chosen.astype(np.float64)
        lone = np.where((count > 0.5) & (count < 1.5), m.weight, 0.0)
        loss = (m.direct + m.columns @ lone) / price
        chosen[int(np.where(chosen & (m.cost > 0), loss, np.inf).argmin())] = False
    return chosen


def swaps(m: Merged, chosen: Flags, rounds: int = 400, stop: Callable[[], bool] | None = None) -> Flags:
    """Exchange one chosen site for another one while the best exchange gains something."""
    chosen = chosen.copy()
    for _ in range(rounds):
        picked = np.flatnonzero(chosen)
        if not len(picked) or (stop is not None and stop()):
            break
        count = m.rows @ chosen.astype(np.float64)
        gain = m.direct + m.columns @ np.where(count < 0.5, m.weight, 0.0)
        lone = np.where((count > 0.5) & (count < 1.5), m.weight, 0.0)
        mine = m.columns[picked]
        loss = m.direct[picked] + mine @ lone
        shared = (mine * lone.reshape(1, -1)) @ m.rows
        best, leaves, enters = _best_swap(m, chosen, picked, gain, loss, shared.tocsr())
        if best <= _EPSILON * max(1.0, float(m.weight.sum())):
            break
        chosen[leaves], chosen[enters] = False, True
    return chosen


def _best_swap(
    m: Merged, chosen: Flags, picked: np.ndarray, gain: Floats, loss: Floats, shared: object
) -> tuple[float, int, int]:
    """Largest gain of an affordable exchange: (gain, site that leaves, site that enters)."""
    room = m.left - float(m.cost[chosen].sum()) + _EPSILON
    row = np.repeat(np.arange(len(picked)), np.diff(shared.indptr))  # type: ignore[attr-defined]  # scipy csr
    col = shared.indices  # type: ignore[attr-defined]  # scipy csr
    move = gain[col] - loss[row] + shared.data  # type: ignore[attr-defined]  # scipy csr
    good = ~chosen[col] & (m.cost[col] - m.cost[picked[row]] <= room)
    best, leaves, enters = 0.0, -1, -1
    if good.any():
        at = int(np.where(good, move, -np.inf).argmax())
        best, leaves, enters = float(move[at]), int(picked[row[at]]), int(col[at])
    # Exchanges between sites that share nobody: only the cheapest loss and the largest gain matter.
    far = np.where(chosen, -np.inf, gain)
    for out in np.argsort(loss, kind="stable")[:5]:
        fits = np.where(m.cost - m.cost[picked[out]] <= room, far, -np.inf)
        at = int(fits.argmax())
        if fits[at] - loss[out] > best:
            best, leaves, enters = float(fits[at] - loss[out]), int(picked[out]), at
    return best, leaves, enters


def carry(sub: Merged, u: Floats) -> Floats:
    """Multipliers for the rows of a shrunk question, from those of the larger one."""
    kept = sub.row_of >= 0
    return np.minimum(np.bincount(sub.row_of[kept], u[kept], sub.n_rows), sub.weight)


def likely(m: Merged, y: Floats, u: Floats, price: float, margin: float) -> Ints:
    """Columns worth a look: open in part, or whose profit falls short of the price by ``margin`` at most."""
    gain = m.direct + m.columns @ u
    return np.flatnonzero((y > 1e-4) | (gain >= (1.0 - margin) * price * m.cost))


def unite(m: Merged, plans: list[Flags], seed: int, seconds: float, nodes: int = 200) -> Flags | None:
    """The best plan whose sites are in some of ``plans`` and hold those of all of them; None when they agree."""
    table = np.array(plans)
    common = table.all(axis=0)
    some = np.flatnonzero(table.any(axis=0) & ~common)
    if not len(some):
        return None
    core = shrink(m, some, np.flatnonzero(common))
    solved = solve(core, Effort(nodes=nodes, seed=seed, seconds=seconds))
    if solved.chosen is None:
        return None
    plan = common.copy()
    plan[some[solved.chosen]] = True
    return plan


def dive(m: Merged, y: Floats, u: Floats, share: float, rng: np.random.Generator, steps: int = 160) -> Flags:
    """Open the most open sites for good, solve again what is left from there, until the plan is whole.

    ``share`` of what is left is opened at each round; ``rng`` shakes the order a little. The question shrinks
    as rows are served, so that the last rounds cost almost nothing.
    """
    opened: list[int] = []
    sub, name = m, np.arange(m.n_sites)
    while True:
        fits = (sub.cost <= sub.left + _EPSILON) & (y > 1e-3)
        if not fits.any():
            break
        rank = np.where(fits, y + 0.02 * rng.random(sub.n_sites), -1.0)
        order = np.argsort(-rank, kind="stable")[: int(fits.sum())]
        quota = max(share * sub.left, float(sub.cost[order[0]]))
        purse = np.cumsum(sub.cost[order])
        taken = order[((purse <= quota + _EPSILON) | (y[order] > 0.999)) & (purse <= sub.left + _EPSILON)]
        opened += name[taken].tolist()
        kept = np.setdiff1d(np.arange(sub.n_sites), taken)
        kept = kept[sub.cost[kept] <= sub.left - float(sub.cost[taken].sum()) + _EPSILON]
        fresh = shrink(sub, kept, taken)
        name, y, u = name[kept], y[kept], carry(fresh, u)
        sub = fresh
        if not sub.n_rows or not sub.n_sites:
            break
        relaxed = PrimalDual(sub, y, u).run(1e-4, steps)
        y, u = relaxed.y, relaxed.u
    flags = np.zeros(m.n_sites, dtype=bool)
    flags[opened] = True
    return complete(m, flags)
