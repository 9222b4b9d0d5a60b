"""``escale scheme publish FILE``: freezes a scheme as an edition, visible at once."""

import argparse
import sys

from django.conf import settings

from escale.capabilities.calls.schemes import actions
from escale.capabilities.calls.schemes.commands import files
from escale.foundation.clock.reading import now
from escale.rules.refusal import NoHat, Refused
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how to answer."""
    parser.add_argument("file", help=_("le fichier de l’appel"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 published (or already there), 1 refused by a rule, 2 the file is wrong."""
    document, problems = files.scheme(args.file)
    if document is None:
        if args.json:
            files.tell("scheme-publish", {"ok": False, "problems": [one.as_json() for one in problems]})
        else:
            files.complain(args.file, problems)
        return 2
    try:
        scheme, edition, created = actions.publish(document, by=None, at=now())
    except (Refused, NoHat) as refused:
        sentence = refused.message if isinstance(refused, Refused) else "this act is not possible"
        return _refused(args, sentence)
    url = f"{settings.ESCALE_BASE_URL}{scheme.get_absolute_url()}"
    if args.json:
        body = {"key": scheme.key, "edition": edition.n, "sha256": edition.sha256, "url": url, "created": created}
        files.tell("scheme-publish", body)
    else:
        sys.stdout.write(f"{scheme.title} : {url}\n")
    return 0


def _refused(args: argparse.Namespace, sentence: str) -> int:
    if args.json:
        files.tell("scheme-publish", {"ok": False, "message": sentence})
    else:
        sys.stderr.write(f"{args.file}: {sentence}\n")
    return 1
