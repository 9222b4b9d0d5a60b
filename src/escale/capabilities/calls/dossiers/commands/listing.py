"""``escale dossier list [--json]``: the dossiers that were filed or begun, the newest first."""

import argparse
import sys
from typing import Any

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.schemes.commands.files import tell
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which call, which state."""
    parser.add_argument("--scheme", help=_("ceux de cet appel"))
    parser.add_argument("--state", help=_("ceux dans cet état"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """Writes one line, or one object, a dossier."""
    found = Dossier.objects.select_related("scheme", "organisation").order_by("-created_at", "-id")
    found = found.filter(scheme__key=args.scheme) if args.scheme else found
    found = found.filter(state=args.state) if args.state else found
    if args.json:
        tell("dossier-list", {"dossiers": [line(one) for one in found.iterator()]})
    else:
        for one in found.iterator():
            sys.stdout.write(f"{one.number}  {one.state:<10} {one.scheme.key}  {one.organisation}\n")
    return 0


def line(dossier: Dossier) -> dict[str, Any]:
    """A dossier in a list."""
    return {
        "number": dossier.number,
        "scheme": dossier.scheme.key,
        "organisation": dossier.organisation.name,
        "title": dossier.title,
        "state": dossier.state,
        "filed_at": dossier.filed_at.isoformat() if dossier.filed_at else None,
        "wave": dossier.wave or None,
        "verdict": dossier.verdict or None,
    }
