"""``escale dossier show NUMBER [--json]``: one dossier with its digests."""

import argparse
import json
import sys
from typing import Any

from escale.capabilities.calls.dossiers.commands.listing import line
from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.schemes.commands.files import tell
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The number."""
    parser.add_argument("number", help=_("le numéro du dossier"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0, or 2 when nobody knows the number."""
    dossier = lists.whole().filter(number=args.number).first()
    if dossier is None:
        sys.stderr.write(_("{number}: aucun dossier ne porte ce numéro.").format(number=args.number) + "\n")
        return 2
    told = described(dossier)
    if args.json:
        tell("dossier", told)
    else:
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return 0


def described(dossier: Dossier) -> dict[str, Any]:
    """What the contract tells of a dossier."""
    version, receipt = lists.latest_version(dossier), lists.receipt_of(dossier)
    pieces = Piece.objects.filter(dossier=dossier, removed_at__isnull=True).select_related("document")
    return {
        **line(dossier),
        "edition": dossier.edition.n,
        "answers_sha256": version.sha256 if version else None,
        "receipt_sha256": receipt.sha256 if receipt else None,
        "pieces": [
            {"code": one.code, "version": one.version, "sha256": one.document.sha256, "size": one.document.size}
            for one in pieces
        ],
    }
