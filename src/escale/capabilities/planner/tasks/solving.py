"""Computing a scenario: bounds told while it goes on, the best answer kept whatever happens."""

import time
from datetime import datetime
from typing import Any

import numpy as np

from escale.capabilities.planner.models import Run
from escale.capabilities.planner.tasks import results
from escale.capabilities.planner.tasks.asked import Asked, read
from escale.capabilities.planner.tasks.ground import Ground, ground
from escale.foundation.clock.reading import now
from escale.siting.arrays import BadInput, Floats
from escale.siting.choose import choose
from escale.siting.fewest import fewest
from escale.siting.frontier import frontier, spending
from escale.siting.night import Choice, night
from escale.siting.plan import Plan, Progress
from escale.siting.question import Question

#: Seconds between two notes of the bounds in the database.
TOLD_EVERY = 0.7
CURVE_SECONDS = 20.0
#: Steps of a curve of budgets up to the budget asked.
BUDGETS = 16


def compute(number: str) -> None:
    """Computes the run of scenario ``number`` that waits or was left by a killed worker.

    Does nothing when there is none. A wrong question is kept in words.
    """
    run = Run.objects.select_related("scenario").filter(scenario__number=number, status__in=Run.ALIVE).first()
    if run is None:
        return
    Run.objects.filter(pk=run.pk, status__in=Run.ALIVE).update(status="running", told_at=now())
    here, at = ground(), now()
    try:
        asked, faults = read(run.scenario.question, here, at)
        if asked is None:
            problem = "\n".join(f"{file} : {path} : {message}" for file, path, message in faults.listed())
            _end(run, "refused", at, problem=problem)
            return
        _answer(run, asked, here, at)
    except BadInput as error:
        _end(run, "refused", at, problem="\n".join(error.problems))


def _answer(run: Run, asked: Asked, here: Ground, at: datetime) -> None:
    question = run.scenario.question
    follow = Follow(run)
    match question["goal"]:
        case "everyone":
            found = fewest(asked.question, question["share"], seconds=question["seconds"], seed=question["seed"])
            if found.chosen is None:
                _end(run, "infeasible", at)
                return
            result = results.of_fewest(asked, here, found)
            status = "proven" if found.proven else "stopped"
            _end(run, status, at, result=result, covered=found.covered, bound=None)
            return
        case "dossiers":
            _night(run, asked, here, at, follow)
            return
    plan = choose(
        asked.question, gap=question["gap"], seconds=question["seconds"], seed=question["seed"],
        progress=follow.tell, stop=follow.stopped,
    )  # fmt: skip
    if plan.status == "infeasible":
        _end(run, "infeasible", at)
        return
    result = results.of_plan(asked, here, plan) | _curve(asked, question, plan, follow)
    _end(run, plan.status, at, result=result, covered=plan.covered, bound=plan.bound)


def _curve(asked: Asked, question: dict[str, Any], plan: Plan, follow: "Follow") -> dict[str, Any]:
    """The curve: by number of places up to the length asked, or by budget up to half as much again; none with floors,
    which each of its points would have to prove. ``curve_of`` says what its first figures are: places, or cents.
    """
    if asked.question.has_floors:
        return {}
    there = {"seconds": CURVE_SECONDS, "seed": question["seed"], "stop": follow.stopped}
    if question["goal"] == "budget":
        points = spending(asked.question, budgets(asked.question), **there)
    elif question["goal"] in ("places", "fading") and (length := int(question.get("curve") or 0)):
        points = frontier(asked.question, length, **there)
    else:
        return {}
    told = [[int(one.limit), round(one.covered), round(one.bound)] for one in points]
    return {"curve_of": "budget" if question["goal"] == "budget" else "places", "curve": told}


def budgets(question: Question) -> Floats:
    """The budgets of a curve, in cents: from what the forced sites cost, or the cheapest one, by equal steps up to half
    as much again as was asked, which is among them. When all sites cost the same, a step pays whole sites.
    """
    costs = np.unique(question.cost[question.free])
    forced = float(question.cost[question.forced].sum())
    least = forced or float(costs.min(initial=question.limit))
    step = max((question.limit - least) / BUDGETS, 1.0)
    if len(costs) == 1 and costs[0] > 0:
        step = float(np.ceil(step / costs[0]) * costs[0])
    steps = least + step * np.arange(BUDGETS * 3 // 2 + 1)
    return np.unique(np.round(np.append(steps[steps <= question.limit * 1.5], question.limit)))


def _night(run: Run, asked: Asked, here: Ground, at: datetime, follow: "Follow") -> None:
    rows = run.scenario.question["dossiers"]
    score = np.array([float(row["score"] or 0) for row in rows])
    best = 0.0

    def told(choice: Choice) -> None:
        nonlocal best
        best = max(best, choice.covered)
        follow.note(best, best + choice.doubt)

    found = night(
        asked.question, score, seconds=run.scenario.question["seconds"], seed=run.scenario.question["seed"],
        stop=follow.stopped, told=told,
    )  # fmt: skip
    status = "stopped" if follow.stopped() else "proven"
    covered = max((one.covered for one in found), default=0.0)
    _end(run, status, at, result=results.of_night(asked, here, found, rows), covered=covered, bound=None)


class Follow:
    """Tells the database how far a run has come, and whether someone wants the answer now."""

    def __init__(self, run: Run) -> None:
        self.pk, self.last, self.asked_at, self.wanted = run.pk, 0.0, 0.0, False

    def tell(self, progress: Progress) -> None:
        """Notes the bounds, now and then."""
        self.note(progress.covered, progress.bound)

    def note(self, covered: float, bound: float) -> None:
        """Writes the bounds when the last note is old enough."""
        if time.monotonic() - self.last >= TOLD_EVERY:
            self.last = time.monotonic()
            Run.objects.filter(pk=self.pk).update(covered=covered, bound=bound, told_at=now())

    def stopped(self) -> bool:
        """Someone asked to stop; read at most as often as the bounds are told."""
        if not self.wanted and time.monotonic() - self.asked_at >= TOLD_EVERY:
            self.asked_at = time.monotonic()
            self.wanted = bool(Run.objects.filter(pk=self.pk, stop_asked=True).exists())
        return self.wanted


def _end(
    run: Run, status: str, at: datetime, *, result: dict[str, Any] | None = None, covered: float | None = None,
    bound: float | None = None, problem: str = "",
) -> None:  # fmt: skip
    """Keeps the answer, once: a run that another worker ended is left as it is."""
    Run.objects.filter(pk=run.pk, status__in=Run.ALIVE).update(
        status=status, ended_at=now(), result=(result or {}) | {"computed_at": at.isoformat()}, covered=covered,
        bound=bound, problem=problem,
    )  # fmt: skip
