"""``escale purge``: erases the personal data whose time is over, now; ``escale tick`` does it once a day."""

import argparse
import json
import sys

from django.conf import settings

from escale.foundation.clock.reading import now
from escale.foundation.organisations import actions
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``: one object."""
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 with what was purged, by rule; each purge is a line of the Region's journal."""
    done = actions.purge(now())
    if args.json:
        told = {"schema": "escale.purge/1", "purged": done, "days": settings.ESCALE_RETENTION}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        for name, count in done.items():
            sys.stdout.write(
                _("{name} : {count} (gardés {days} jours)").format(
                    name=name, count=count, days=settings.ESCALE_RETENTION[name]
                )
                + "\n"
            )
    return 0
