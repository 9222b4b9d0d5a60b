"""``escale label check REFERENTIAL PLACE [--at DATE] [--type CODE]``: what does this referential say of this place?"""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from escale.foundation.clock import reading
from escale.foundation.places import file as place_file
from escale.foundation.questionnaires import marked
from escale.foundation.questionnaires.told import complain, tell
from escale.rules.label.document import read_referential
from escale.rules.label.verdict import answer, load
from escale.rules.scheme.format.words import PARIS
from escale.rules.shape.problem import Problem, Wrong, locate, nearest, quoted
from escale.rules.shape.scalar import Day
from escale.rules.words import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The referential, the place, the day (today when absent), the type asked for."""
    parser.add_argument("referential", help=_("le fichier du référentiel"))
    parser.add_argument("place", help=_("le fichier du lieu"))
    parser.add_argument("--at", metavar="DATE", help=_("le jour où l’on juge (sinon : aujourd’hui)"))
    parser.add_argument("--type", metavar="CODE", help=_("le type demandé, quand le référentiel en a"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 whatever the verdict, 2 when a file or the request is wrong."""
    read = marked.read_file(Path(args.referential))
    document, problems = read_referential(read.tree) if not read.problems else (None, read.problems)
    locate(problems, read.lines)
    if document is None:
        return _wrong(args, args.referential, problems)
    file = marked.read_file(Path(args.place))
    place, weeks, problems = place_file.read(file.tree) if not file.problems else (None, None, file.problems)
    locate(problems, file.lines)
    if place is None:
        return _wrong(args, args.place, problems)
    at, problems = _day(args.at)
    problems += _type(args.type, document)
    if problems:
        return _wrong(args, "label check", problems)
    found = answer(load(document), place, weeks, at, args.type)
    if args.json:
        tell("label-check", found)
    else:
        sys.stdout.write("\n".join(in_words(found)) + "\n")
    return 0


def _day(text: str | None) -> tuple[date, list[Problem]]:
    today = reading.now().astimezone(PARIS).date() if text is None else date.min
    try:
        return (today if text is None else Day().parse(text)), []
    except Wrong as wrong:
        return today, [Problem(wrong.code, wrong.message, ["--at"])]


def _type(code: str | None, document: dict[str, Any]) -> list[Problem]:
    known = [one["code"] for one in document.get("types", [])]
    if code is None or code in known:
        return []
    sentence = _("aucun type {code} dans ce référentiel. {hint}").format(code=quoted(code), hint=nearest(code, known))
    return [Problem("unknown_code", sentence, ["--type"])]


def in_words(found: dict[str, Any]) -> list[str]:
    """The answer as lines to read."""
    head = _("verdict : {verdict}").format(verdict=found["verdict"])
    head += _(", niveau : {level}").format(level=found["level"]) if found["level"] else ""
    head += f", {found['points']} points sur {found['points_possible']}" if found["points_possible"] else ""
    lines = [head]
    for one in found["criteria"]:
        lines.append(f"  {one['verdict']:<14} {one['message']}")
        if one["to_do"]:
            lines.append(f"  {'':<14} → {one['to_do']}")
    return lines


def _wrong(args: argparse.Namespace, path: str, problems: list[Problem]) -> int:
    if args.json:
        tell("label-check", {"ok": False, "file": path, "problems": [one.as_json() for one in problems]})
    else:
        complain(path, problems)
    return 2
