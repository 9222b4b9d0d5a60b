"""``escale demo build``: fills an empty installation with the demonstration Region, through the real actions."""

import argparse
import sys

from django.conf import settings

from escale.demo import build as region
from escale.foundation.clock.reading import now
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say."""


def run(args: argparse.Namespace) -> int:
    """0 filled (or filled before), 1 outside a demonstration."""
    if not settings.ESCALE_DEMO:
        sys.stderr.write(_("escale demo build : seulement dans une démonstration (ESCALE_DEMO=1)") + "\n")
        return 1
    done = region.build(at=now(), say=_say)
    sys.stdout.write(_("démonstration construite") + "\n" if done else _("démonstration déjà construite") + "\n")
    return 0


def _say(line: str) -> None:
    sys.stderr.write(f"· {line}\n")
