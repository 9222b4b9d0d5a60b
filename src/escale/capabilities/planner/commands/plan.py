"""``escale plan``: which new sites cover the most people, and how far from the best that can be."""

import argparse
import sys
from typing import Any

from escale.capabilities.planner.commands import answers
from escale.capabilities.planner.queries import asking, inputs
from escale.capabilities.planner.queries.tables import Faults, figure
from escale.rules.words import _
from escale.siting.choose import choose
from escale.siting.frontier import Point, frontier
from escale.siting.plan import Progress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, what may be spent, and where the answer goes."""
    asking.add_files(parser)
    parser.add_argument("--out", metavar="PLAN", help=_("plan.json, plan.csv ou plan.geojson"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 with a plan, 1 when no plan keeps the floors, 2 when the request or a file is wrong."""
    faults = Faults()
    asking.check_request(args, faults)
    if not (args.demand and args.sites):
        return answers.refuse(faults, args.json)
    got = inputs.read(args, faults)
    question = None if faults.any else asking.question(args, got, faults)
    if question is None:
        return answers.refuse(faults, args.json)
    if args.curve is not None:
        curve = frontier(question, args.curve, gap=args.gap, seconds=args.seconds, seed=args.seed, progress=_tell)
        thing = {
            "schema": answers.SCHEMA,
            "curve": [_point(at) for at in curve],
            "total": figure(float(question.weight.sum())),
            "asked": asking.remembered(args),
        }
    else:
        plan = choose(question, gap=args.gap, seconds=args.seconds, seed=args.seed, progress=_tell)
        names = sorted({name for name in got.group if name} & set(got.floors))
        thing = answers.plan_object(plan, got, asking.remembered(args), names)
    return _give(args, thing, got)


def _point(at: Point) -> dict[str, Any]:
    """One point; where no plan keeps the floors, it says so."""
    told: dict[str, Any] = {"k": int(at.limit), "covered": figure(at.covered), "bound": figure(at.bound)}
    return told if at.feasible else told | {"status": "infeasible"}


def _give(args: argparse.Namespace, thing: dict, got: inputs.Inputs) -> int:
    if args.out:
        wrong = answers.save(args.out, thing, got)
        if wrong is not None:
            faults = Faults()
            faults.add(args.out, "-", _("ce fichier ne peut pas être écrit ({why})").format(why=wrong))
            return answers.refuse(faults, args.json)
    if args.json:
        answers.write_json(thing)
    elif "curve" in thing:
        for one in thing["curve"]:
            sys.stdout.write(f"{one['k']}\t{one['covered']}\t{one['bound']}\n")
    else:
        sys.stdout.write(answers.in_words(thing))
    return 1 if thing.get("status") == "infeasible" else 0


def _tell(progress: Progress) -> None:
    said = _("{covered} couverts, au plus {bound} (écart {gap} %), {cpu} s de calcul\n")
    sys.stderr.write(
        said.format(
            covered=figure(progress.covered),
            bound=figure(progress.bound),
            gap=f"{100 * progress.gap:.3f}".replace(".", ","),
            cpu=f"{progress.cpu_seconds:.1f}".replace(".", ","),
        )
    )
