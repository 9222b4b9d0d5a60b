"""``escale scheme export KEY [--edition N]``: an edition as a YAML file."""

import argparse
import json
import sys

from escale.capabilities.calls.schemes.actions import KIND
from escale.capabilities.calls.schemes.commands import files
from escale.foundation.editions.exports import as_yaml
from escale.foundation.editions.models import Edition


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The scheme's key, the edition's number, how to answer."""
    parser.add_argument("key")
    parser.add_argument("--edition", type=int)
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 with the file on the answer stream, 2 when there is no such edition."""
    found = Edition.objects.filter(series__kind=KIND, series__key=args.key).order_by("-n")
    edition = (found.filter(n=args.edition) if args.edition else found).first()
    if edition is None:
        message = f"{args.key}: aucune édition publiée sous cette adresse"
        if args.json:
            files.tell("scheme-export", {"ok": False, "message": message})
        else:
            sys.stderr.write(f"{message}\n")
        return 2
    document = json.loads(edition.document)
    if args.json:
        files.tell(
            "scheme-export", {"key": args.key, "edition": edition.n, "sha256": edition.sha256, "document": document}
        )
    else:
        sys.stdout.write(as_yaml(document))
    return 0
