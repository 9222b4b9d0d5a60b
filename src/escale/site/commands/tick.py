"""``escale tick``: does all that is due, empties the queue, mails included, then comes back."""

import argparse
import json
import sys
from dataclasses import asdict

from django.utils import timezone

from escale.foundation.clock.reading import now
from escale.rules.words import _
from escale.site import due


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``: one object."""
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 when all that was due is done; safe to run as often as one likes, by several machines at once."""
    told = asdict(due.tick(at=now(), real=timezone.now()))
    if args.json:
        sys.stdout.write(json.dumps({"schema": "escale.tick/1", **told}) + "\n")
    else:
        sys.stdout.write(
            _("fait\u00a0: file d’attente {tasks_waiting}, courriels en attente {mails_waiting}").format(**told) + "\n"
        )
    return 0
