"""``escale demo people``: who can sign in to the demonstration, and where."""

import argparse
import json
import sys

from django.conf import settings

from escale.demo import people
from escale.foundation.clock.reading import now
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--json``: one object."""
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 with the list; 1 outside a demonstration; 3 when it was not built yet."""
    if not settings.ESCALE_DEMO:
        return _no(args, 1, "not_a_demo", _("Ce n’est pas une démonstration : ESCALE_DEMO n’est pas à 1."))
    lines = people.described(now(), settings.ESCALE_BASE_URL)
    if not lines:
        return _no(args, 3, "demo_not_built", _("La démonstration n’est pas construite : lancez « make demo »."))
    if args.json:
        _json({"schema": "escale.demo-people/1", "people": lines})
    else:
        for line in lines:
            sys.stdout.write(f"{line['key']:<18} {line['name']:<20} {line['sign_in_url']}\n")
    return 0


def _no(args: argparse.Namespace, code: int, name: str, message: str) -> int:
    sys.stderr.write(message + "\n")
    if args.json:
        _json({"schema": "escale.demo-people/1", "people": [], "error": {"code": name, "message": message}})
    return code


def _json(value: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
