"""``escale fill [--dossiers N --calls N --officers N] [--places N] --seed S``: volume by bulk writes.

Each option alone is enough (``--calls 500 --seed 1``: 500 published calls and their officers). The same for a seed,
and sound for ``escale doctor``.
"""

import argparse
import json
import sys

from escale.demo import volume
from escale.demo.filling import calls, dossiers
from escale.foundation.clock.reading import now
from escale.foundation.territory.models import Commune
from escale.rules.words import _

#: How many calls and officers there are when nobody says.
CALLS, OFFICERS = 40, 300
#: What each may be at most.
MOST = {"places": 200_000, "dossiers": 1_000_000, "calls": 2_000, "officers": 10_000}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many of each, and the seed."""
    parser.add_argument("--dossiers", type=int, default=0, help=_("combien de dossiers"))
    parser.add_argument(
        "--calls", type=int, help=_("combien d’appels ({n} avec des dossiers, sinon aucun)").format(n=CALLS)
    )
    parser.add_argument(
        "--officers",
        type=int,
        help=_("combien d’agents ({n} avec des dossiers ou des appels, sinon aucun)").format(n=OFFICERS),
    )
    parser.add_argument("--places", type=int, default=0, help=_("combien de lieux"))
    parser.add_argument("--seed", type=int, required=True, help=_("la même graine donne le même volume"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 filled, 2 for a number that makes no sense, 3 without a territory."""
    least = {"calls": 1 if args.dossiers else 0}
    wrong = [name for name, most in MOST.items() if not least.get(name, 0) <= (getattr(args, name) or 0) <= most
             and getattr(args, name) is not None]  # fmt: skip
    for name in wrong:
        sys.stderr.write(
            _("escale fill : --{name} va de {least} à {most}.").format(
                name=name, least=least.get(name, 0), most=MOST[name]
            )
            + "\n"
        )
    if wrong:
        return 2
    if not Commune.objects.exists():
        sys.stderr.write(_("escale fill : aucun territoire, lancez d’abord « escale migrate ».") + "\n")
        return 3
    at, told = now(), {"schema": "escale.fill/1", "dossiers": 0, "calls": 0, "officers": 0, "places": 0}
    if args.dossiers or args.calls or args.officers:
        count = args.calls if args.calls is not None else CALLS if args.dossiers else 0
        officers = args.officers if args.officers is not None else OFFICERS
        schemes = calls.build(count, officers, at)
        told["calls"], told["officers"] = len(schemes), officers
        if args.dossiers:
            told["dossiers"] = dossiers.build(args.dossiers, schemes, seed=args.seed, at=at)
    if args.places:
        told["places"] = volume.places(args.places, seed=args.seed, at=at)
    words = "{dossiers} dossiers, {calls} appels, {officers} agents, {places} lieux\n".format(**told)
    sys.stdout.write(json.dumps(told) + "\n" if args.json else words)
    return 0
