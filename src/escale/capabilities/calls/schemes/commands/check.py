"""``escale scheme check FILE``: is this scheme well written?"""

import argparse
import sys

from escale.capabilities.calls.schemes.commands import files
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how to answer."""
    parser.add_argument("file", help=_("le fichier de l’appel"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 when the scheme can be published, 2 otherwise, every problem at once."""
    document, problems = files.scheme(args.file)
    if args.json:
        files.tell("scheme-check", {"ok": document is not None, "problems": [one.as_json() for one in problems]})
    elif document is not None:
        sys.stdout.write(_("{file}: {title} : rien à corriger").format(file=args.file, title=document["title"]) + "\n")
    if not args.json:
        files.complain(args.file, problems)
    return 0 if document is not None else 2
