"""``escale fill [--places N] --seed S``: volume by bulk writes, the same for a seed."""

import argparse
import sys

from escale.demo import volume
from escale.foundation.clock.reading import now
from escale.foundation.territory.models import Commune

MOST = 200_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many of each, and the seed."""
    parser.add_argument("--places", type=int, default=0)
    parser.add_argument("--seed", type=int, required=True)


def run(args: argparse.Namespace) -> int:
    """0 filled, 2 for a number that makes no sense, 3 without a territory."""
    if not 0 <= args.places <= MOST:
        sys.stderr.write(f"escale fill : --places va de 0 à {MOST}.\n")
        return 2
    if not Commune.objects.exists():
        sys.stderr.write("escale fill : aucun territoire, lancez d’abord « escale migrate ».\n")
        return 3
    if args.places:
        count = volume.places(args.places, seed=args.seed, at=now())
        sys.stdout.write(f"{count} lieux\n")
    return 0
