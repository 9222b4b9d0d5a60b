"""Committee night: sets of dossiers inside an envelope, between most people covered and most points.

Each dossier is a site with its aid as cost. Points are given to a site by a demand point of its own that only it
reaches, so that one engine answers for people, for points, and for any exchange rate between both.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from escale.siting.arrays import BadInput, Flags, Floats, check_weights
from escale.siting.choose import choose
from escale.siting.pairs import Pairs
from escale.siting.plan import Stop
from escale.siting.question import Question


@dataclass(frozen=True)
class Choice:
    """A set of dossiers ``chosen`` (S,): people ``covered``, sum of points ``score``, ``spent`` in cents.

    ``doubt``: no set does better by more than this on the mix of people and points that it was chosen for
    (in people when ``rate`` counts points in people); ``rate`` people per point, infinite for points alone.
    """

    chosen: Flags
    covered: float
    score: float
    spent: float
    rate: float
    doubt: float


def night(
    question: Question,
    score: Floats,
    *,
    most: int = 12,
    gap: float = 0.001,
    seconds: float = 30.0,
    seed: int = 0,
    stop: Stop | None = None,
    told: Callable[[Choice], None] | None = None,
) -> list[Choice]:
    """The supported frontier, from most people to most points: at most ``most`` sets, none worse on both.

    ``question`` has the dossiers as sites (a budget, no floors); ``score`` (S,) points at least 0. Raises
    BadInput on shapes, negative points or floors.
    """
    faults = check_weights(np.asarray(score, dtype=np.float64), "score")
    if len(score) != question.pairs.n_sites:
        faults.append(f"score: shape ({len(score)},), ({question.pairs.n_sites},) expected")
    if question.has_floors:
        faults.append("night: no floor can be kept here")
    if faults:
        raise BadInput(faults)
    work = _Night(question, np.asarray(score, dtype=np.float64), gap, seconds / max(most, 2), seed, stop, told)
    people, points = work.at(0.0), work.at(np.inf)
    found = [people] if _same(people, points) else [people, points]
    todo = [(people, points)] if len(found) == 2 else []
    while todo and len(found) < most and not (stop is not None and stop()):
        left, right = todo.pop(0)
        if right.score <= left.score or left.covered <= right.covered:
            continue
        between = work.at((left.covered - right.covered) / (right.score - left.score))
        if any(_same(between, one) for one in found) or _beaten(between, found):
            continue
        found.append(between)
        todo += [(left, between), (between, right)]
    return sorted(_undominated(found), key=lambda one: (-one.covered, one.score))


class _Night:
    """The question asked again at another exchange rate."""

    def __init__(
        self, question: Question, score: Floats, gap: float, seconds: float, seed: int, stop: Stop | None,
        told: Callable[[Choice], None] | None,
    ) -> None:  # fmt: skip
        self.question, self.score = question, score
        self.gap, self.seconds, self.seed, self.stop, self.told = gap, seconds, seed, stop, told

    def at(self, rate: float) -> Choice:
        """Best set when a point is worth ``rate`` people; a tie goes to the other measure."""
        people, points = self.question.weight, self.score
        if np.isinf(rate):
            factor = 1.0
            people = people * (0.5 * _least_step(points) / max(float(people.sum()), 1.0))
        else:
            factor = rate if rate > 0 else _least_people(people) / max(float(points.sum()), 1.0)
        plan = choose(
            with_points(self.question, people, points * factor),
            gap=self.gap, seconds=self.seconds, seed=self.seed, stop=self.stop,
        )  # fmt: skip
        chosen = plan.chosen
        found = Choice(
            chosen, self.question.value(chosen), float(points[chosen].sum()),
            float(self.question.cost[chosen].sum()), rate, max(0.0, plan.bound - plan.covered),
        )  # fmt: skip
        if self.told is not None:
            self.told(found)
        return found


def with_points(question: Question, people: Floats, points: Floats) -> Question:
    """The question whose demand also holds one point for each site, of weight ``points`` (S,)."""
    pairs, sites = question.pairs, question.pairs.n_sites
    own = np.arange(sites, dtype=np.int64)
    return replace(
        question,
        pairs=Pairs(
            np.concatenate((pairs.start, pairs.start[-1] + own + 1)),
            np.concatenate((pairs.site, own)),
            np.concatenate((pairs.value, np.zeros(sites))),
            sites,
        ),
        weight=np.concatenate((people, points)),
        covered=np.concatenate((question.covered, np.zeros(sites, dtype=bool))),
        group=np.full(pairs.n_demand + sites, -1, dtype=np.int64),
        floor=np.zeros(0),
    )


def _least_step(points: Floats) -> float:
    """Half the smallest difference that points can make, as far as two decimals go."""
    return 0.01 if (points > 0).any() else 1.0


def _least_people(people: Floats) -> float:
    """Half the smallest difference that people can make when they are whole, or a millionth of them all."""
    return 0.5 if (people == np.floor(people)).all() else 1e-6 * float(people.sum())


def _same(one: Choice, other: Choice) -> bool:
    return bool((one.chosen == other.chosen).all())


def _beaten(one: Choice, by: list[Choice]) -> bool:
    return any(o.covered >= one.covered and o.score >= one.score - 1e-9 for o in by)


def _undominated(found: list[Choice]) -> list[Choice]:
    kept = []
    for one in found:
        others = [o for o in found if o is not one]
        worse = any(
            o.covered >= one.covered and o.score >= one.score and (o.covered > one.covered or o.score > one.score)
            for o in others
        )
        if not worse:
            kept.append(one)
    return kept
