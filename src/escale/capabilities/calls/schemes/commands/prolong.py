"""``escale scheme prolong KEY --until INSTANT --reason TEXT``: a later closing, by an act with its reason."""

import argparse
import sys

from escale.capabilities.calls.schemes import actions
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.clock.reading import now
from escale.rules.refusal import NoHat, Refused
from escale.rules.scheme.format.words import INSTANT
from escale.rules.shape.problem import Wrong
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The scheme's key, the new closing, the reason."""
    parser.add_argument("key", help=_("la fin de l’adresse de l’appel"))
    parser.add_argument("--until", required=True, help=_("le nouvel instant de clôture (ISO 8601)"))
    parser.add_argument("--reason", required=True, help=_("la raison, montrée sur l’appel"))
    parser.add_argument("--act", default="", help=_("la référence de l’acte"))


def run(args: argparse.Namespace) -> int:
    """0 prolonged, 1 refused by a rule, 2 the request is wrong."""
    try:
        until = str(INSTANT.parse(args.until))
    except Wrong as wrong:
        sys.stderr.write(f"--until: {wrong.message}\n")
        return 2
    scheme = Scheme.objects.filter(key=args.key).first()
    if scheme is None or scheme.edition is None:
        sys.stderr.write(_("{key}: aucun appel publié sous cette adresse").format(key=args.key) + "\n")
        return 2
    payload = {"kind": "prolong", "until": until}
    try:
        actions.amend(scheme, "prolong", payload, reason=args.reason, by=None, at=now(), reference=args.act)
    except (Refused, NoHat) as refused:
        sys.stderr.write(f"{args.key}: {refused}\n")
        return 1
    sys.stdout.write(_("{title} : prolongé jusqu’au {until}").format(title=scheme.title, until=until) + "\n")
    return 0
