"""``escale scheme prolong KEY --until INSTANT --reason TEXT``: a later closing, by an act with its reason."""

import argparse
import sys

from escale.capabilities.calls.schemes import actions
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.clock.reading import now
from escale.rules.refusal import NoHat, Refused
from escale.rules.scheme.format.words import INSTANT
from escale.rules.shape.problem import Wrong


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The scheme's key, the new closing, the reason."""
    parser.add_argument("key")
    parser.add_argument("--until", required=True)
    parser.add_argument("--reason", required=True)
    parser.add_argument("--act", default="")


def run(args: argparse.Namespace) -> int:
    """0 prolonged, 1 refused by a rule, 2 the request is wrong."""
    try:
        until = str(INSTANT.parse(args.until))
    except Wrong as wrong:
        sys.stderr.write(f"--until: {wrong.message}\n")
        return 2
    scheme = Scheme.objects.filter(key=args.key).first()
    if scheme is None or scheme.edition is None:
        sys.stderr.write(f"{args.key}: aucun appel publié sous cette adresse\n")
        return 2
    payload = {"kind": "prolong", "until": until}
    try:
        actions.amend(scheme, "prolong", payload, reason=args.reason, by=None, at=now(), reference=args.act)
    except (Refused, NoHat) as refused:
        sys.stderr.write(f"{args.key}: {refused}\n")
        return 1
    sys.stdout.write(f"{scheme.title} : prolongé jusqu’au {until}\n")
    return 0
