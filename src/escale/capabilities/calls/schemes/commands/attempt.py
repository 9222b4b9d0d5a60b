"""``escale scheme try SCHEME CASE [--facts FILE]``: what does this scheme answer to this case?"""

import argparse
import sys
from typing import Any

from escale.capabilities.calls.schemes.commands import files
from escale.rules.money import shown_euros
from escale.rules.scheme import trial
from escale.rules.shape.problem import Problem, locate
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The scheme, the case, more facts."""
    parser.add_argument("scheme", help=_("le fichier de l’appel"))
    parser.add_argument("case", help=_("le fichier du cas"))
    parser.add_argument("--facts", help=_("un fichier de faits qui complètent le cas"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 whatever the verdict, 2 when a file is wrong."""
    document, problems = files.scheme(args.scheme)
    if document is None:
        return _wrong(args, args.scheme, problems)
    tree, problems, lines = files.tree(args.case)
    more: Any = None
    if args.facts and not problems:
        more, wrong, _lines = files.tree(args.facts)
        if wrong:
            return _wrong(args, args.facts, wrong)
        more = more.get("facts", more) if isinstance(more, dict) else more
    if problems:
        return _wrong(args, args.case, problems)
    edition = trial.load(document)
    case, problems = edition.case(tree, more)
    if case is None:
        locate(problems, lines)
        return _wrong(args, args.case, problems)
    found = trial.answer(edition, case)
    if args.json:
        files.tell("scheme-try", found)
    else:
        sys.stdout.write("\n".join(in_words(found)) + "\n")
    return 0


def in_words(found: dict[str, Any]) -> list[str]:
    """The answer as lines to read."""
    lines = [_("verdict : {verdict}").format(verdict=found["verdict"]), found["filing"]["reason"]]
    lines += [f"  {one['verdict']:<14} {one['message']}" for one in found["criteria"]]
    lines += [f"  {one['verdict']:<14} {one['name']} : {one['message']}" for one in found["partners"]]
    lines += [
        _("  pièce {code} : {because}").format(code=one["code"], because=one["because"])
        for one in found["pieces"]
        if one["required"] and not one["given"]
    ]
    lines += [f"  {one['verdict']:<14} {one['message']}" for one in found["limits"]]
    if found["aid"]:
        lines += [
            f"  {shown_euros(one['amount_cents']):>16}  {one['label']} : {one['reason']}"
            for one in found["aid"]["lines"]
        ]
        total = found["aid"]["total_cents"]
        lines.append(f"  {_('à préciser') if total is None else shown_euros(total):>16}  {_('total')}")
    return lines


def _wrong(args: argparse.Namespace, path: str, problems: list[Problem]) -> int:
    if args.json:
        files.tell("scheme-try", {"ok": False, "file": path, "problems": [one.as_json() for one in problems]})
    else:
        files.complain(path, problems)
    return 2
