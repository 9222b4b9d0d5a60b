"""Cover and certify: a plan, and a bound that shows how far from the best plan it can be at most."""

import math
import time
from collections.abc import Callable

import numpy as np

from escale.siting.arrays import BadInput, Flags, Ints
from escale.siting.bounds import multiplier_bound, spread
from escale.siting.certify import certify, undecided
from escale.siting.exact import Effort, Solved, solve, value_of
from escale.siting.floors import floor_prices, priced
from escale.siting.merge import merge, shrink
from escale.siting.plan import Plan, Progress
from escale.siting.question import Question
from escale.siting.relaxation import PrimalDual, upper
from escale.siting.run import Run
from escale.siting.search import carry, complete, dive, likely, swaps, unite

_TINY_PAIRS, _EXACT_PAIRS = 6_000, 60_000
_DIVES = ((0.25, 120), (0.35, 200), (0.15, 80), (0.2, 120), (0.3, 160), (0.08, 80), (0.25, 80), (0.4, 240))


def choose(
    question: Question,
    *,
    gap: float = 0.001,
    seconds: float = 60.0,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Plan:
    """Choose new sites that cover the most weight, and bound what any plan could cover.

    ``gap`` relative gap asked for, at least 0; ``seconds`` of wall time at most; ``progress`` is told each
    better pair of bounds; ``stop`` is asked now and then. The same question and seed give the same plan
    unless time or the caller stopped the run. Raises BadInput on a bad gap.
    """
    if not (math.isfinite(gap) and gap >= 0):
        raise BadInput([f"gap: {gap}, a number at least 0 expected"])
    run = Run(question, merge(question), gap, seed, seconds, progress, stop)
    run.u, run.v = run.m.weight.copy(), np.zeros(len(question.floor))
    run.cap(float(question.weight.sum()))
    if question.has_floors:
        _with_floors(run)
    else:
        _without_floors(run)
    return _answer(run)


def _without_floors(run: Run) -> None:
    m = run.m
    greedy = complete(m, np.zeros(m.n_sites, dtype=bool))
    run.dual = m
    run.offer(greedy)
    if m.n_sites == 0 or m.n_rows == 0 or m.cost.sum() <= m.left:
        _lagrange(run)
        if m.n_rows and m.cost.sum() <= m.left:
            run.u = np.zeros(m.n_rows)
            _lagrange(run)
        if run.good():
            return
    run.offer(swaps(m, greedy, stop=run.over))
    method = _relax(run, max(min(run.gap, 1e-3), 1e-4), 1600, None)
    run.tell("relaxation")
    plans: list[Flags] = [] if run.best is None else [run.best]
    _dive(run, plans, 2)
    if run.good() or run.over():
        return
    if _small(run, _TINY_PAIRS):
        return
    _relax(run, 1e-4, 3000, method)
    run.tell("relaxation")
    _dive(run, plans, 8 if m.n_rows > 5_000 else 3)
    for rung, cap in enumerate((300, 600, 1000, 1500) if m.n_rows > 5_000 else (420, 550, 800)):
        if run.good() or run.over():
            return
        if rung == 1:
            _relax(run, 3e-5, 4000, method)
        guess = certify(run, cap)
        if guess is not None and not run.good():
            plans.append(guess)
            _unite(run, plans)
    if not run.good() and not run.over():
        _small(run, _EXACT_PAIRS)


def _relax(run: Run, gap: float, steps: int, method: PrimalDual | None) -> PrimalDual:
    assert run.dual is not None
    method = PrimalDual(run.dual) if method is None else method
    relaxed = method.run(gap, steps, run.over)
    run.y, run.u = relaxed.y, relaxed.u
    _lagrange(run)
    return method


def _lagrange(run: Run) -> None:
    """Turn the multipliers in hand into a bound, by the function that strangers use."""
    u = spread(run.question, run.m, run.u, run.v)
    run.cap(multiplier_bound(run.question, u, run.v))


def _dive(run: Run, plans: list[Flags], rounds: int) -> None:
    """Several dives from the relaxation, then the best of their union."""
    m = run.m
    margin = 0.3 if m.n_sites < 5_000 else 0.1
    columns = likely(m, run.y, run.u, upper(m, run.u)[1], margin)
    sub = shrink(m, columns, np.zeros(0, dtype=np.int64))
    u = carry(sub, run.u)
    for number in range(rounds):
        if run.good() or run.over():
            return
        share, steps = _DIVES[number % len(_DIVES)]
        rng = np.random.default_rng([run.seed, number])
        found = swaps(sub, dive(sub, run.y[columns], u, share, rng, steps), stop=run.over)
        plan = np.zeros(m.n_sites, dtype=bool)
        plan[columns[found]] = True
        run.offer(plan)
        plans.append(plan)
        run.tell("dive")
    if not run.good() and len(plans) > 1:
        _unite(run, plans)


def _unite(run: Run, plans: list[Flags]) -> None:
    """Sites of every plan stay, the solver picks among the sites of some."""
    plan = unite(run.m, plans, run.seed, min(run.left(), 20.0))
    if plan is not None:
        run.offer(plan)
        run.offer(swaps(run.m, plan, stop=run.over))
        run.tell("union")


def _small(run: Run, most: int) -> bool:
    """Give what is left in doubt to the exact solver when it has at most so many pairs; valid since every
    better plan lives there. Says whether that settled everything."""
    kept, opened = undecided(run)
    core = shrink(run.m, kept, opened)
    if core.left < -1e-9:
        run.cap(run.value)
        return True
    if core.rows.nnz > most:
        return False
    start = None if run.best is None else run.best[kept]
    ask = Effort(gap=run.gap * 0.9, seed=run.seed, seconds=run.left(), nodes=20_000)
    _take(run, solve(core, ask, start), kept, opened, core.base)
    run.tell("exact")
    return run.good()


def _take(run: Run, solved: Solved, kept: Ints, opened: Ints, base: float) -> None:
    if solved.chosen is not None:
        plan = np.zeros(run.m.n_sites, dtype=bool)
        plan[opened] = True
        plan[kept[solved.chosen]] = True
        run.offer(plan)
    if solved.infeasible:
        run.infeasible = run.best is None
        if run.best is not None:
            run.cap(run.value)
    else:
        run.cap(max(run.value, run.m.base + base + solved.bound))


def _with_floors(run: Run) -> None:
    """Prices of the floors come from the linear relaxation, the plan from the exact solver."""
    prices = floor_prices(run.m)
    if prices is None:
        run.infeasible = True
        return
    run.v = prices
    run.dual = priced(run.m, prices)
    run.u = run.dual.weight.copy()
    _relax(run, 1e-4, 2500, None)
    run.tell("relaxation")
    everyone = np.arange(run.m.n_sites)
    nobody = np.zeros(0, dtype=np.int64)
    guess = complete(run.m, dive(run.dual, run.y, run.u, 0.25, np.random.default_rng(run.seed)))
    run.offer(guess)
    kept, opened = (everyone, nobody) if run.best is None else undecided(run)
    core = shrink(run.m, kept, opened)
    if core.left < -1e-9:
        run.cap(run.value)
        return
    start = None if run.best is None else run.best[kept]
    ask = Effort(gap=run.gap * 0.9, seed=run.seed, seconds=run.left(), nodes=50_000)
    _take(run, solve(core, ask, start), kept, opened, core.base)


def _answer(run: Run) -> Plan:
    question = run.question
    u = spread(question, run.m, run.u, run.v)
    v = run.v
    proven = multiplier_bound(question, u, v)
    if proven > question.weight.sum():
        served, v = question.served, np.zeros(len(question.floor))
        reach = np.bincount(question.pairs.demand, question.free[question.pairs.site], len(u)) > 0
        u = np.where(served | reach, 0.0, question.weight)
        proven = multiplier_bound(question, u, v)
    best = np.zeros(run.m.n_sites, dtype=bool) if run.best is None else _trim(run)
    chosen = run.flags(best)
    covered = question.value(chosen) if run.best is not None else 0.0
    run.value = covered if run.best is not None else run.value
    status = "infeasible" if run.infeasible else "proven" if run.good() else "stopped"
    if run.infeasible:
        chosen[:] = False
    return Plan(
        chosen=chosen,
        covered=covered,
        total=float(question.weight.sum()),
        bound=max(min(run.bound, proven), covered),
        bound_multipliers=proven,
        multipliers=u,
        floor_multipliers=v,
        spent=float(question.cost[chosen].sum()),
        status=status,
        cpu_seconds=time.process_time() - run.cpu,
        seed=run.seed,
    )


def _trim(run: Run) -> Flags:
    """Leave out chosen sites that bring nobody, last first."""
    assert run.best is not None
    best, m = run.best.copy(), run.m
    value = value_of(m, best)
    for site in np.flatnonzero(best)[::-1]:
        if m.direct[site] > 0:
            continue
        best[site] = False
        if value_of(m, best) < value or not run.question.keeps_floors(run.flags(best)):
            best[site] = True
    return best
