"""``escale territory load``: takes official files; all problems at once, by line, and nothing changes unless all is right."""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from escale.foundation.clock.reading import now
from escale.foundation.territory import loading
from escale.foundation.territory.sheet import Problem, WrongFile
from escale.rules.words import _

#: option → what it takes, in the order in which files need one another.
OPTIONS = {
    "communes": _("codes, noms, centres, populations (avec --year)"),
    "history": _("communes fusionnées, et celles qui les contiennent"),
    "populations": _("populations légales d’une année de référence (avec --year)"),
    "groupings": _("EPCI et leurs communes"),
    "zones": _("ensembles nommés de communes : périmètres, classes"),
    "travel": _("minutes par la route entre communes"),
}
OF_A_YEAR = ("communes", "populations")
FIRST_YEAR, LAST_YEAR = 1962, 2100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One option a file."""
    for name, words in OPTIONS.items():
        parser.add_argument(f"--{name}", metavar="FILE", help=_(words))
    parser.add_argument("--year", type=int, help=_("année de référence des populations"))
    parser.add_argument("--json", action="store_true", help=_("un objet JSON"))


def run(args: argparse.Namespace) -> int:
    """0 loaded, 2 when a file or the request is wrong: nothing changed."""
    given = {name: Path(getattr(args, name)) for name in OPTIONS if getattr(args, name)}
    if problem := _problem(given, args.year):
        return _answer(args, {}, [Problem("territory load", 0, problem)])
    loaded, problems = load(given, args.year, now())
    return _answer(args, loaded, problems)


def load(given: dict[str, Path], year: int | None, at: datetime) -> tuple[dict[str, int], list[Problem]]:
    """Loads the files in order, in one transaction; with a problem anywhere nothing is kept."""
    loaded: dict[str, int] = {}
    problems: list[Problem] = []
    with transaction.atomic():
        for name in OPTIONS:
            if name not in given:
                continue
            try:
                loaded[name] = _load(name, given[name], year, at)
            except WrongFile as wrong:
                problems += wrong.problems
        transaction.set_rollback(bool(problems))
    return ({} if problems else loaded), problems


def _load(name: str, path: Path, year: int | None, at: datetime) -> int:
    if name == "communes":
        return loading.load_communes(path, year=year or 0, at=at)
    if name == "populations":
        return loading.load_populations(path, year=year or 0, at=at)
    return loading.LOADERS[name](path, at=at)


def _problem(given: dict[str, Path], year: int | None) -> str:
    if not given:
        return _("indiquez au moins un fichier : ") + ", ".join(f"--{name}" for name in OPTIONS)
    if year is None and any(name in OF_A_YEAR for name in given):
        return _("indiquez l’année de référence des populations : --year 2023")
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return _("l’année {year} n’est pas entre {first_year} et {last_year}").format(
            year=year, first_year=FIRST_YEAR, last_year=LAST_YEAR
        )
    return ""


def _answer(args: argparse.Namespace, loaded: dict[str, int], problems: list[Problem]) -> int:
    if args.json:
        told: dict[str, Any] = {
            "schema": "escale.territory-load/1", "ok": not problems, "loaded": loaded,
            "problems": [{"file": one.file, "line": one.line, "message": one.message} for one in problems],
        }  # fmt: skip
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        for name, count in loaded.items():
            sys.stdout.write(f"{name} : {count}\n")
        for one in problems:
            sys.stderr.write(f"{one}\n")
    return 2 if problems else 0
