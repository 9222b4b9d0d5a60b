"""``escale label publish FILE``: freezes a referential as an edition, in force at once."""

import argparse
import sys
from pathlib import Path

from django.conf import settings

from escale.capabilities.label.actions import life as actions
from escale.foundation.clock.reading import now
from escale.foundation.questionnaires import marked
from escale.foundation.questionnaires.told import complain, tell
from escale.rules.label.document import read_referential
from escale.rules.shape.problem import locate
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how to answer."""
    parser.add_argument("file", help=_("le fichier du référentiel"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 published (or already there), 2 the file is wrong."""
    read = marked.read_file(Path(args.file))
    document, problems = read_referential(read.tree) if not read.problems else (None, read.problems)
    locate(problems, read.lines)
    if document is None:
        if args.json:
            tell("label-publish", {"ok": False, "problems": [one.as_json() for one in problems]})
        complain(args.file, problems)
        return 2
    found, edition, created = actions.publish(document, by=None, at=now())
    url = f"{settings.ESCALE_BASE_URL}{found.get_absolute_url()}"
    if args.json:
        body = {"key": found.key, "edition": edition.n, "sha256": edition.sha256, "url": url, "created": created}
        tell("label-publish", body)
    else:
        sys.stdout.write(f"{found.title} : {url}\n")
    return 0
