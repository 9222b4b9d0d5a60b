"""``escale demo clock INSTANT|+14d|real``: the time that site, worker and commands see."""

import argparse
import re
import sys
from datetime import timedelta

from django.conf import settings

from escale.foundation.clock import reading
from escale.rules.figures import shown_instant
from escale.rules.scheme.format.words import INSTANT, moment
from escale.rules.shape.problem import Wrong
from escale.rules.words import _

_STEP = re.compile(r"([+-]\d{1,4})([dhm])\Z")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """An instant, a step, or real."""
    parser.add_argument("instant", nargs="?", default="", help=_("un instant ISO 8601, +14d, ou real"))


def run(args: argparse.Namespace) -> int:
    """0 moved (or only read), 1 outside a demonstration, 2 when the instant cannot be read."""
    if not settings.ESCALE_DEMO:
        sys.stderr.write(_("escale demo clock : seulement dans une démonstration (ESCALE_DEMO=1)") + "\n")
        return 1
    if args.instant == "real":
        reading.make_real()
    elif step := _STEP.match(args.instant):
        reading.move_by(timedelta(**{_UNITS[step[2]]: int(step[1])}))
    elif args.instant:
        try:
            reading.move_to(moment(str(INSTANT.parse(args.instant))))
        except Wrong as wrong:
            sys.stderr.write(f"{wrong.message}\n")
            return 2
    now = reading.now()
    sys.stdout.write(f"{now.isoformat()}  {shown_instant(now)}\n")
    return 0
