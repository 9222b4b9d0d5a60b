"""``escale dossier try NUMBER [--case]``: the answer of the rules to the dossier, as ``escale scheme try`` gives it.

A filed dossier is answered from the case that was frozen with it; a draft as if it were filed now.
"""

import argparse
import json
import sys
from typing import Any

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes.commands.attempt import in_words
from escale.capabilities.calls.schemes.commands.files import tell
from escale.foundation.clock.reading import now
from escale.rules.scheme import trial
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The number; ``--case`` writes the case itself, as a file that ``scheme try`` reads."""
    parser.add_argument("number", help=_("le numéro du dossier"))
    parser.add_argument("--case", action="store_true", help=_("écrit le cas lui-même, pour escale scheme try"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 whatever the verdict, 2 when nobody knows the number."""
    dossier = lists.whole().filter(number=args.number).first()
    if dossier is None:
        sys.stderr.write(_("{number}: aucun dossier ne porte ce numéro.").format(number=args.number) + "\n")
        return 2
    tree, found = answered(dossier)
    if args.case:
        sys.stdout.write(json.dumps({"schema": "escale.case/1", **tree}, ensure_ascii=False, indent=1) + "\n")
    elif args.json:
        tell("scheme-try", found)
    else:
        sys.stdout.write("\n".join(in_words(found)) + "\n")
    return 0


def answered(dossier: Dossier) -> tuple[dict[str, Any], dict[str, Any]]:
    """The case of a dossier and the rules' answer to it."""
    version = lists.latest_version(dossier)
    if version is None:
        ready = readiness.prepare(dossier, now())
        return ready.case, ready.answer
    tree = lists.filed_document(version)["case"]
    rules = call_of(version.edition).rules
    case, problems = rules.case(tree)
    assert case is not None, problems
    return tree, trial.answer(rules, case)
