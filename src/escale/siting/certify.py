"""The bound made tighter by territories, and what reduced profits decide already."""

import numpy as np

from escale.siting.arrays import Flags, Ints, dot
from escale.siting.exact import Effort
from escale.siting.merge import shrink
from escale.siting.relaxation import site_gains, upper
from escale.siting.run import Run
from escale.siting.search import carry, complete
from escale.siting.territories import Territory, divide, partition, price_of, solve_territory


def undecided(run: Run) -> tuple[Ints, Ints]:
    """Columns that a better plan may use, and those that it must use, by their reduced profits."""
    m, dual = run.m, run.dual
    assert dual is not None
    best, price = upper(dual, run.u)
    total = run.question.weight.sum() * (1.0 + (float(run.v.max()) if len(run.v) else 0.0))
    bound = dual.base + best - (dot(run.v, m.need) if len(m.need) else 0.0) + 1e-9 * float(total)
    reduced = site_gains(dual, run.u) - price * m.cost
    target = run.value + (1.0 - 1e-6 if run.question.whole else 0.0)
    closed = (bound + reduced < target) | (m.cost > m.left + 1e-9)
    opened = (bound - reduced < target) & ~closed
    return np.flatnonzero(~closed & ~opened), np.flatnonzero(opened)


def certify(run: Run, cap: int) -> Flags | None:
    """Bound by territories of about ``cap`` sites, worst doubt first, until the gap asked for is reached.

    Only for questions without floors. Gives the plan that the territories' own answers make together.
    """
    m = run.m
    kept, opened = undecided(run)
    core = shrink(m, kept, opened)
    if core.left < -1e-9:
        run.cap(run.value)
        return None
    u = carry(core, run.u)
    price = price_of(core, u)
    parts, owed = divide(core, u, price, partition(core, run.y[kept], cap))
    most = [_relaxed(part) for part in parts]
    total = m.base + core.base + owed + sum(most)
    margin = 1e-9 * float(run.question.weight.sum())
    chosen = np.zeros(m.n_sites, dtype=bool)
    chosen[opened] = True
    in_hand = np.zeros(m.n_sites, dtype=bool) if run.best is None else run.best
    doubts = [top - _worth(part, in_hand[kept[part.sites]]) for part, top in zip(parts, most, strict=True)]
    for number in np.argsort(-np.array(doubts), kind="stable"):
        part = parts[number]
        here = kept[part.sites]
        if run.good() or run.over() or doubts[number] <= 0.0:
            chosen[here] |= in_hand[here]
            continue
        effort = Effort(nodes=300, gap=_step(run), seed=run.seed, seconds=min(run.left(), 30.0))
        solved = solve_territory(part, in_hand[here], effort)
        total += min(0.0, solved.bound - most[number])
        if solved.chosen is not None:
            chosen[here[solved.chosen]] = True
        run.cap(max(run.value, total + margin))
        run.tell("territories")
    return _afford(run, chosen)


def _step(run: Run) -> float:
    """Gap at which a territory is settled enough: a part of what was asked for."""
    return max(1e-6, 0.2 * run.gap)


def _relaxed(part: Territory) -> float:
    gain = site_gains(part.priced, part.u)
    return float((part.priced.weight - part.u).sum() + gain[gain > 0].sum())


def _worth(part: Territory, chosen: Flags) -> float:
    """Priced value of a plan in a territory."""
    m = part.priced
    covered = (m.rows @ chosen.astype(np.float64)) > 0.5
    return float(m.direct[chosen].sum() + m.weight[covered].sum())


def _afford(run: Run, chosen: Flags) -> Flags:
    """Close what costs more than it loses until the limit holds, then use what is left."""
    m, chosen = run.m, chosen.copy()
    while float(m.cost[chosen].sum()) > m.left * (1 + 1e-12) + 1e-9 and chosen.any():
        count = m.rows @ chosen.astype(np.float64)
        lone = np.where((count > 0.5) & (count < 1.5), m.weight, 0.0)
        loss = (m.direct + m.columns @ lone) / np.maximum(m.cost, 1e-12)
        chosen[int(np.where(chosen & (m.cost > 0), loss, np.inf).argmin())] = False
    plan = complete(m, chosen)
    run.offer(plan)
    return plan
