"""Why a site is in the plan, what could replace it, and why another one is not."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from escale.siting.arrays import Flags, Floats, Ints
from escale.siting.bounds import site_sums
from escale.siting.question import Question
from escale.siting.relaxation import knapsack


@dataclass(frozen=True)
class Reason:
    """What one chosen site brings: ``gains`` demand newly served by it alone among new sites (numbers), their
    weight ``alone``; ``shared`` weight it serves with others; best ``substitute`` (-1 when none) and what the
    swap would change, at most 0 for a plan that swaps cannot improve."""

    site: int
    gains: Ints
    alone: float
    shared: float
    substitute: int
    change: float


class Why(StrEnum):
    """Why a site is not chosen."""

    CHOSEN = "chosen"
    FORBIDDEN = "forbidden"
    NOTHING_NEW = "nothing_new"
    TOO_DEAR = "too_dear"
    OTHERS_BRING_MORE = "others_bring_more"


@dataclass(frozen=True)
class WhyNot:
    """Answer to "why not my commune?": ``reach`` weight within reach, ``served`` of it already served by open
    places, ``taken`` of it served by the plan, ``new`` what the site would add to the plan; ``instead`` the
    chosen site whose place it could best take (-1 when none) and ``change`` of the weight covered then;
    ``loss_at_least`` what any plan with it loses, by the multipliers (0 when it is not known to lose)."""

    site: int
    why: Why
    reach: float
    served: float
    taken: float
    new: float
    instead: int
    change: float
    loss_at_least: float


def _count(question: Question, chosen: Flags) -> Ints:
    hit = np.concatenate(([0], np.cumsum(chosen[question.pairs.site])))
    return hit[question.pairs.start[1:]] - hit[question.pairs.start[:-1]]


def _by_site(question: Question, weight: Floats) -> Floats:
    pairs = question.pairs
    held = np.bincount(pairs.site, np.repeat(weight, np.diff(pairs.start)), pairs.n_sites)
    return held.astype(np.float64)


def _members(question: Question, site: int) -> Ints:
    return question.pairs.demand[question.pairs.site == site]


def reasons(question: Question, chosen: Flags) -> list[Reason]:
    """One reason for each chosen site of a plan, in increasing number."""
    count = _count(question, chosen)
    open_weight = np.where(question.covered, 0.0, question.weight)
    free_gain = _by_site(question, np.where(count == 0, open_weight, 0.0))
    room = question.limit - float(question.cost[chosen].sum())
    result = []
    for site in np.flatnonzero(chosen):
        mine = _members(question, int(site))
        gains = mine[(count[mine] == 1) & (open_weight[mine] > 0)]
        alone = float(open_weight[gains].sum())
        freed = np.zeros(len(open_weight))
        freed[gains] = open_weight[gains]
        gain = free_gain + _by_site(question, freed)
        fits = question.free & ~chosen & (question.cost <= room + question.cost[site] + 1e-9)
        gain = np.where(fits, gain, -1.0)
        best = int(gain.argmax())
        known = bool(fits.any()) and not question.forced[site]
        result.append(
            Reason(
                site=int(site),
                gains=gains[np.argsort(-open_weight[gains], kind="stable")],
                alone=alone,
                shared=float(open_weight[mine].sum()) - alone,
                substitute=best if known else -1,
                change=float(gain[best]) - alone if known else 0.0,
            )
        )
    return result


def why_not(question: Question, chosen: Flags, site: int, u: Floats | None = None) -> WhyNot:
    """Why ``site`` is not in the plan ``chosen`` (S,); ``u`` (D,) the plan's multipliers, without floors."""
    count = _count(question, chosen)
    mine = _members(question, site)
    weight = question.weight
    fresh = mine[~question.covered[mine]]
    new = float(weight[fresh[count[fresh] == 0]].sum())
    instead, change = _best_place(question, chosen, count, site, new)
    room = question.limit - float(question.cost[chosen].sum())
    if chosen[site]:
        why = Why.CHOSEN
    elif question.forbidden[site]:
        why = Why.FORBIDDEN
    elif new <= 0:
        why = Why.NOTHING_NEW
    elif question.cost[site] > question.limit - float(question.cost[question.forced].sum()) + 1e-9:
        why = Why.TOO_DEAR
    else:
        why = Why.OTHERS_BRING_MORE
    if not chosen[site] and new > 0 and question.cost[site] <= room + 1e-9:
        instead, change = -1, new
    return WhyNot(
        site=site,
        why=why,
        reach=float(weight[mine].sum()),
        served=float(weight[mine[question.covered[mine]]].sum()),
        taken=float(weight[fresh[count[fresh] > 0]].sum()),
        new=new,
        instead=instead,
        change=change,
        loss_at_least=0.0 if u is None or chosen[site] else shortfalls(question, u)[site],
    )


def _best_place(question: Question, chosen: Flags, count: Ints, site: int, new: float) -> tuple[int, float]:
    """The chosen site whose place ``site`` could take at the least loss, and the change of coverage."""
    room = question.limit - float(question.cost[chosen].sum())
    mine = np.zeros(len(count), dtype=bool)
    mine[_members(question, site)] = True
    lone = np.where((count == 1) & ~question.covered & ~mine, question.weight, 0.0)
    loss = _by_site(question, lone)
    fits = chosen & ~question.forced & (question.cost + room + 1e-9 >= question.cost[site])
    if not fits.any() or chosen[site]:
        return -1, 0.0
    out = int(np.where(fits, loss, np.inf).argmin())
    return out, new - float(loss[out])


def shortfalls(question: Question, u: Floats) -> Floats:
    """By how much (S,) the bound falls when a site is imposed: its profit under the price of what it costs.

    Sites at 0 pay their price at these multipliers. Without floors.
    """
    sums = site_sums(question, u, question.served)
    free = np.flatnonzero(question.free)
    _, price = knapsack(sums[free], question.cost[free], question.left)
    result = np.zeros(len(sums))
    result[free] = np.maximum(price * question.cost[free] - sums[free], 0.0)
    return result


def in_every_good_plan(question: Question, u: Floats, bound: float, covered: float) -> tuple[Flags, Flags]:
    """Sites (S,) that every plan at least as good as ``covered`` has, and those that none has.

    ``u`` multipliers whose own bound is ``bound``, as in a plan's ``bound_multipliers``; without floors.
    """
    sums = site_sums(question, u, question.served)
    free = question.free
    _, price = knapsack(sums[free], question.cost[free], question.left)
    reduced = sums - price * question.cost
    # One person of margin absorbs the rounding of the bound.
    spare = bound + 1.0 - covered
    always = question.forced | (free & (reduced > spare))
    never = question.forbidden | (free & (-reduced > spare))
    return always, never


def free_swaps(question: Question, chosen: Flags, tolerance: float = 0.0) -> list[tuple[int, int, float]]:
    """Exchanges (leaves, enters, change) that lose at most ``tolerance`` of weight: equally good plans."""
    count = _count(question, chosen)
    open_weight = np.where(question.covered, 0.0, question.weight)
    gain0 = _by_site(question, np.where(count == 0, open_weight, 0.0))
    room = question.limit - float(question.cost[chosen].sum())
    result = []
    for site in np.flatnonzero(chosen & ~question.forced):
        mine = _members(question, int(site))
        freed = np.zeros(len(open_weight))
        freed[mine] = np.where(count[mine] == 1, open_weight[mine], 0.0)
        change = gain0 + _by_site(question, freed) - freed.sum()
        fits = question.free & ~chosen & (question.cost <= room + question.cost[site] + 1e-9)
        for other in np.flatnonzero(fits & (change >= -tolerance - 1e-9)):
            result.append((int(site), int(other), float(change[other])))
    return result
