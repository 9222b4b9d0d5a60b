"""From the tree of a referential file to its canonical document, with every problem at once."""

import re
from collections.abc import Iterator
from typing import Any

from escale.rules.label.format.checks import CHECK
from escale.rules.label.format.referential import REFERENTIAL
from escale.rules.label.place import COLUMNS, FACTS, LISTS, MAPS, TOTALS
from escale.rules.scheme import sense
from escale.rules.scheme.format.conditions import CONDITION, FACT
from escale.rules.shape.places import places
from escale.rules.shape.problem import Problem, nearest, quoted
from escale.rules.shape.reading import read
from escale.rules.words import _

_CODED = re.compile(rf"({'|'.join((*MAPS, *LISTS))}|spaces|staff)\.[a-zA-Z][a-zA-Z0-9_]*\Z")
_MANY = (*LISTS, "place.kinds", "documents", "territory.zones")
_DAYS = re.compile(r"place\.\w+_(on|until)\Z|place\.premises_until\Z|declarations\.")


def read_referential(tree: Any) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The canonical document of a referential, or None, and the problems in the order of the file."""
    document, problems = read(REFERENTIAL, tree)
    if isinstance(document, dict) and not problems:
        problems = list(_senseless(document))
    return (None if problems else document), problems


def known(name: str) -> bool:
    """Whether a place can ever have this fact."""
    head, _point, rest = name.partition(".")
    if name in FACTS or _CODED.match(name):
        return True
    return rest in COLUMNS if head in ("row", "spaces", "staff", "tariffs", "documents") else False


def _column(name: str) -> bool:
    """A column of rows read as if it were one fact."""
    head, _point, rest = name.partition(".")
    return head in ("spaces", "staff", "tariffs", "documents") and rest in COLUMNS and name not in TOTALS


def _senseless(document: dict[str, Any]) -> Iterator[Problem]:
    facts = sense.Facts({})
    for steps, kind, value in places(REFERENTIAL, document):
        if kind is FACT and not known(value):
            names = sorted(
                [*FACTS, "equipment.CODE", "measures.CODE", "declarations.CODE", "notes.CODE", "spaces.KIND"]
            )
            sentence = _("fait inconnu : {name}. {hint}").format(name=quoted(value), hint=nearest(value, names))
            yield Problem("unknown_fact", sentence, steps)
        elif kind is FACT and steps[-1] in ("fact", "has", "value") and _column(value):
            sentence = _("{name} est une colonne : additionnez ou comptez les lignes (rule: sum, count).")
            yield Problem("wrong_type", sentence.format(name=quoted(value)), steps)
        elif kind is FACT and value.startswith("row.") and not {"where", "each"} & set(steps):
            sentence = _("{name} n’a de sens que ligne par ligne : where, each.").format(name=quoted(value))
            yield Problem("wrong_type", sentence, steps)
        elif kind is CONDITION or kind is CHECK:
            for problem in sense.condition(value, facts) if kind is CONDITION else _check(value):
                problem.steps = [*steps, *problem.steps]
                yield problem


def _check(value: dict[str, Any]) -> Iterator[Problem]:
    """A check that checks nothing, or what its fact can never be."""
    if "value" in value and not {"at_least", "at_most"} & set(value):
        yield Problem("missing_word", _("il manque at_least ou at_most."))
    if "seniority" in value and not {"at_least", "at_most"} & set(value):
        yield Problem("missing_word", _("il manque at_least ou at_most."))
    for mark in ("seniority", "remaining"):
        if mark in value and not _DAYS.match(value[mark]):
            yield Problem("wrong_type", _("{name} n’est pas une date.").format(name=quoted(value[mark])), [mark])
    for mark in ("has", "value"):
        if value.get(mark) in _MANY:
            sentence = _("{name} est une liste : écrivez among.").format(name=quoted(value[mark]))
            yield Problem("wrong_type", sentence, [mark])
    if "among" in value:
        yield from _among(value)
    if "at_least_of" in value and value["at_least_of"] > len(value["of"]):
        text = _("{k} vérifications sur {n} : il n’y en a pas assez.").format(
            k=value["at_least_of"], n=len(value["of"])
        )
        yield Problem("impossible", text, ["at_least_of"])
    if "opening" in value:
        yield from _opening(value["opening"])


def _among(value: dict[str, Any]) -> Iterator[Problem]:
    if value["among"] not in _MANY and not value["among"].startswith("declarations."):
        sentence = _("{name} n’est pas une liste : services, publics, place.kinds ou documents.")
        yield Problem("wrong_type", sentence.format(name=quoted(value["among"])), ["among"])
    if "of" in value and value["at_least"] > len(set(value["of"])):
        text = _("{k} parmi {n} : il n’y en a pas assez.").format(k=value["at_least"], n=len(set(value["of"])))
        yield Problem("impossible", text, ["at_least"])


def _opening(value: dict[str, Any]) -> Iterator[Problem]:
    bounds = {"days_at_least", "hours_at_least", "hours_at_most", "days_a_year_at_least"} & set(value)
    if not bounds and "closed_at_most" not in value:
        yield Problem("missing_word", _("il manque days_at_least ou hours_at_least."), ["opening"])
    if value.get("either") and not {"days_at_least", "hours_at_least"} <= bounds:
        yield Problem("missing_word", _("either demande days_at_least et hours_at_least."), ["opening", "either"])
    if value.get("after", "00:00") >= value.get("before", "24:00"):
        yield Problem("contradiction", _("« after » vient après « before »."), ["opening", "after"])
