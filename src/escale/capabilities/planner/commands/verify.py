"""``escale plan verify PLAN``: recompute a plan from its files; false figures give exit code 1."""

import argparse
import json
import math
import sys
from pathlib import Path

import numpy as np

from escale.capabilities.planner.commands import answers
from escale.capabilities.planner.queries import asking, inputs
from escale.capabilities.planner.queries.tables import Faults
from escale.rules.words import _
from escale.siting.arrays import BadInput, Floats
from escale.siting.bounds import bounds_by_places, multiplier_bound
from escale.siting.choose import choose
from escale.siting.frontier import frontier
from escale.siting.plan import relative_gap
from escale.siting.question import Question

_FILES = ("demand", "sites", "existing", "floor", "barriers", "pairs", "nodes", "edges")
_KEPT = (*_FILES, "reach_km", "minutes", "k", "curve")
_MAX_BYTES = 1024**3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plan, and what to check it against when the plan does not say it or the files have moved."""
    parser.add_argument("plan", metavar="PLAN", help=_("le fichier écrit par escale plan"))
    asking.add_files(parser)
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 when every figure is true, 1 when one is false, 2 when a file cannot be read."""
    faults = Faults()
    plan = _load(args.plan, faults)
    if plan is None:
        return answers.refuse(faults, args.json)
    _recall(args, plan.get("asked", {}))
    asking.check_request(args, faults)
    if not (args.demand and args.sites):
        return answers.refuse(faults, args.json)
    got = inputs.read(args, faults)
    question = None if faults.any else asking.question(args, got, faults)
    if question is None:
        return answers.refuse(faults, args.json)
    try:
        wrong = _curve(plan, question, args) if "curve" in plan else _plan(plan, question, got, args)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        said = _("ce n’est pas un plan d’escale plan ({why})").format(why=error)
        faults.add(args.plan, "-", said)
        return answers.refuse(faults, args.json)
    if args.json:
        answers.write_json({"schema": "escale.plan-verify/1", "ok": not wrong, "wrong": wrong})
    for sentence in wrong:
        sys.stderr.write(f"{args.plan}: {sentence}\n")
    if not args.json and not wrong:
        sys.stdout.write(_("{plan} : toutes les valeurs sont exactes").format(plan=args.plan) + "\n")
    return 1 if wrong else 0


def _load(path: str, faults: Faults) -> dict | None:
    try:
        if Path(path).stat().st_size > _MAX_BYTES:
            faults.add(path, "-", _("plus de 1 Go, un plan est attendu"))
            return None
        plan = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        faults.add(path, "-", _("ce fichier n’est pas un plan lisible ({why})").format(why=error))
        return None
    if (
        not isinstance(plan, dict)
        or plan.get("schema") != answers.SCHEMA
        or not isinstance(plan.get("asked", {}), dict)
    ):
        faults.add(path, "schema", _("« {schema} » est attendu").format(schema=answers.SCHEMA))
        return None
    return plan


def _recall(args: argparse.Namespace, asked: dict) -> None:
    """What the caller did not say is taken from the plan."""
    limit = any(one is not None for one in (args.k, args.budget, args.curve))
    reach = any(one is not None for one in (args.reach_km, args.minutes, args.pairs))
    for name in _KEPT:
        known = (limit and name in ("k", "curve")) or (reach and name in ("reach_km", "minutes", "pairs"))
        if getattr(args, name) is None and name in asked and not known:
            setattr(args, name, str(asked[name]))
    if not limit and isinstance(asked.get("budget_cents"), int):
        args.budget = f"{asked['budget_cents'] // 100}.{asked['budget_cents'] % 100:02d}"


def _plan(plan: dict, question: Question, got: inputs.Inputs, args: argparse.Namespace) -> list[str]:
    names = [str(one) for one in plan["sites"]]
    unknown = [name for name in names if name not in got.sites.number_of]
    if unknown or len(set(names)) < len(names):
        return [_("sites : « {names} » inconnus, ou un site cité deux fois").format(names=", ".join(unknown))]
    chosen = np.zeros(len(got.sites.ids), dtype=bool)
    chosen[[got.sites.number_of[name] for name in names]] = True
    wrong: list[str] = []
    if plan["status"] == "infeasible":
        found = choose(question, gap=args.gap, seconds=args.seconds)
        return [] if found.status == "infeasible" else [_("status : un plan tient les planchers")]
    if (question.forced & ~chosen).any():
        wrong.append(_("sites : un site imposé manque"))
    if (question.forbidden & chosen).any():
        wrong.append(_("sites : un site interdit est choisi"))
    if question.cost[chosen].sum() > question.limit:
        wrong.append(_("sites : la limite demandée est dépassée"))
    if not question.keeps_floors(chosen):
        wrong.append(_("sites : un plancher n’est pas tenu"))
    cost = int(np.array(got.cost_cents, dtype=np.int64)[chosen].sum())
    covered, bound = question.value(chosen), float(plan["bound"])
    for name, true in (
        ("covered", covered),
        ("total", float(question.weight.sum())),
        ("cost_cents", float(cost)),
        ("gap", relative_gap(covered, bound)),
        ("bound_multipliers", _from_multipliers(plan, question, got)),
    ):
        if not math.isclose(float(plan[name]), true, rel_tol=1e-9, abs_tol=1e-9):
            said = _("{name} : {given} dans le plan, {true} recalculé")
            wrong.append(said.format(name=name, given=plan[name], true=answers.figure(true)))
    if bound < covered * (1 - 1e-12):
        wrong.append(_("bound : {bound} est sous ce que le plan couvre").format(bound=plan["bound"]))
    if not wrong and bound < float(plan["bound_multipliers"]):
        wrong += _proof(bound, question, args, int(plan.get("seed", 0)))
    return wrong


def _from_multipliers(plan: dict, question: Question, got: inputs.Inputs) -> float:
    u = _column(plan["multipliers"], got.demand.ids)
    names = sorted({name for name in got.group if name} & set(got.floors))
    try:
        return multiplier_bound(question, u, _column(plan["floor_multipliers"], names))
    except BadInput:
        return math.nan


def _column(values: dict, names: list[str]) -> Floats:
    return np.array([float(values.get(name, 0.0)) for name in names], dtype=np.float64)


def _proof(bound: float, question: Question, args: argparse.Namespace, seed: int) -> list[str]:
    """A bound below that of the multipliers comes from an exact search: it is proven again."""
    again = choose(question, gap=0.0, seconds=args.seconds, seed=seed)
    if again.covered > bound * (1 + 1e-9):
        said = _("bound : {bound}, mais un plan couvre {covered}")
        return [said.format(bound=answers.figure(bound), covered=answers.figure(again.covered))]
    if again.bound > bound * (1 + 1e-9):
        said = _("bound : {bound} n’a pas pu être prouvé de nouveau, {again} l’est (allongez --seconds)")
        return [said.format(bound=answers.figure(bound), again=answers.figure(again.bound))]
    return []


def _curve(plan: dict, question: Question, args: argparse.Namespace) -> list[str]:
    """Each point of the curve must hold between what is found again and what is proven again."""
    points = {int(at.limit): at for at in frontier(question, args.curve, gap=args.gap, seconds=args.seconds)}
    free = bounds_by_places(question, np.zeros(len(question.weight)), args.curve)
    wrong = []
    for one in plan["curve"]:
        at = points.get(int(one["k"]))
        if at is None or one["covered"] > min(at.bound, free[int(one["k"])]) or one["bound"] < at.covered:
            wrong.append(_("courbe : le point k = {k} est faux").format(k=one["k"]))
    return wrong
