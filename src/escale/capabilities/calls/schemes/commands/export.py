"""``escale scheme export KEY [--edition N]``: an edition as a YAML file."""

import argparse
import json
import sys

from escale.capabilities.calls.schemes.actions import KIND
from escale.capabilities.calls.schemes.commands import files
from escale.foundation.editions.exports import as_yaml
from escale.foundation.editions.models import Edition
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The scheme's key, the edition's number, how to answer."""
    parser.add_argument("key", help=_("la fin de l’adresse de l’appel"))
    parser.add_argument("--edition", type=int, help=_("le numéro de l’édition (sinon : la dernière)"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 with the file on the answer stream, 2 when there is no such edition."""
    found = Edition.objects.filter(series__kind=KIND, series__key=args.key).order_by("-n")
    edition = (found.filter(n=args.edition) if args.edition else found).first()
    if edition is None:
        message = _("{key}: aucune édition publiée sous cette adresse").format(key=args.key)
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
