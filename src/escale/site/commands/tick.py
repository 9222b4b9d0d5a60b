"""``escale tick``: does all that is due, empties the queue, mails included, then comes back."""

import argparse
import json
import sys
from dataclasses import asdict

from django.utils import timezone

from escale.foundation.clock.reading import now
from escale.site import due


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``: one object."""
    parser.add_argument("--json", action="store_true", help="one JSON object")


def run(args: argparse.Namespace) -> int:
    """0 when all that was due is done; safe to run as often as one likes, by several machines at once."""
    told = asdict(due.tick(at=now(), real=timezone.now()))
    if args.json:
        sys.stdout.write(json.dumps({"schema": "escale.tick/1", **told}) + "\n")
    else:
        sys.stdout.write(
            "fait\u00a0: file d’attente {tasks_waiting}, courriels en attente {mails_waiting}\n".format(**told)
        )
    return 0
