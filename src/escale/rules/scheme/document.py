"""From the tree of a scheme file to its canonical document, with every problem at once."""

import re
from collections.abc import Iterator
from typing import Any

from escale.rules.scheme.facts import TABLES
from escale.rules.scheme.format.conditions import FACT
from escale.rules.scheme.format.whole import SCHEME
from escale.rules.scheme.measures import MARKS
from escale.rules.scheme.sense import senseless
from escale.rules.shape.places import places
from escale.rules.shape.problem import Problem, Step, nearest, quoted
from escale.rules.shape.rates import rate_of
from escale.rules.shape.reading import read
from escale.rules.words import _

#: Facts with a fixed name; answers, rows and outside facts have their own rule below.
FACTS = frozenset(
    [f"applicant.{name}" for name in ("name", "legal_form", "siret", "commune", "departement", "population",
                                      "created_on", "fte", "size", "ess", "vat", "vat_recovered")]
    + [f"owner.{name}" for name in ("name", "legal_form", "siret", "commune", "departement", "population")]
    + ["project_type", "themes", "pieces", "filed_on", "decided_on", "partners", "expenses",
       "funding", "earlier_aids", "earlier_dossiers"]
    + [f"plan.{name}" for name in ("spending", "kept", "asked", "own", "loan", "private", "public", "other_public", "years")]
)  # fmt: skip
ROWS = frozenset(
    ["name", "legal_form", "commune", "departement", "population", "lead", "share", "confirmed", "zones", "epci", "category",
     "year", "amount", "granted_on", "regime", "undertaking", "funder", "scheme", "project", "source", "state", "siret",
     "created_on", "fte", "size", "ess", "label", "dated_on", "partner", "number"]
)  # fmt: skip
_OUTSIDE = re.compile(r"(territory|network|place|facts)\.[a-z][a-z0-9_]*\Z")
_NAMED = (*(mark for mark in MARKS if mark != "number"), "from", "to", "until", "located")


def read_scheme(tree: Any) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The canonical document of a scheme, or None, and the problems in the order of the file."""
    document, problems = read(SCHEME, tree)
    if isinstance(document, dict) and not problems:
        problems = [*_facts(document), *_choices(document), *_ways(document), *senseless(document)]
    return (None if problems else document), problems


def _facts(document: dict[str, Any]) -> list[Problem]:
    """Facts that nobody could ever give are misspelt."""
    questions = {one["code"]: one for section in document.get("form", []) for one in section["questions"]}
    categories = {one["code"] for one in document.get("expenses", [])}
    problems = []
    for steps, kind, name in places(SCHEME, document):
        if kind is FACT and not _known(name, questions, categories):
            known = [*FACTS, *(f"answers.{code}" for code in questions)]
            sentence = _("fait inconnu : {name}. {hint}").format(name=quoted(name), hint=nearest(name, sorted(known)))
            problems.append(Problem("unknown_fact", sentence, steps))
        elif kind is FACT and steps[-1] == "fact" and _column(name):
            sentence = _("{name} est une colonne : écrivez sum, least, greatest, mean, distinct, ou count avec where.")
            problems.append(Problem("wrong_type", sentence.format(name=quoted(name)), steps))
        elif kind is FACT and name.startswith("row.") and not _in_a_row(steps, document):
            sentence = _(
                "{name} n’a de sens que ligne par ligne : where, each, each_partner, critères des partenaires."
            )
            problems.append(Problem("wrong_type", sentence.format(name=quoted(name)), steps))
    return problems


def _in_a_row(steps: list[Step], document: dict[str, Any]) -> bool:
    if steps[:2] == ["aid", "components"] and isinstance(steps[2], int):
        return bool(document["aid"]["components"][steps[2]].get("each_partner")) or "where" in steps or "each" in steps
    return "where" in steps or "each" in steps or steps[:2] == ["partners", "criteria"]


def _column(name: str) -> bool:
    """A column of rows read as if it were one fact."""
    head, *rest = name.split(".")
    return (head in TABLES and bool(rest)) or (head == "answers" and len(rest) == 2)


def fact_names(node: Any, steps: list[Step]) -> Iterator[tuple[list[Step], str]]:
    """Every fact that a condition or a measure names (a question has bounds of the same words)."""
    if isinstance(node, list):
        for rank, item in enumerate(node):
            yield from fact_names(item, [*steps, rank])
    elif isinstance(node, dict):
        for word, value in node.items():
            inside = word in _NAMED and isinstance(value, str) and "kind" not in node
            if inside and not (word in ("from", "to") and "from" not in node):
                yield [*steps, word], value
            yield from fact_names(value, [*steps, word])


def _known(name: str, questions: dict[str, Any], categories: set[str]) -> bool:
    if name in FACTS or _OUTSIDE.match(name):
        return True
    for prefix in ("plan.spending_", "plan.kept_"):
        if name.startswith(prefix):
            return name.removeprefix(prefix) in categories
    head, _point, rest = name.partition(".")
    if head in TABLES:
        return rest in ROWS
    inner = {one["code"] for question in questions.values() for one in question.get("questions", [])}
    if head == "row":
        return rest in ROWS or rest in inner
    if head != "answers":
        return False
    code, _point, column = rest.partition(".")
    if code not in questions:
        return False
    return not column or column in {one["code"] for one in questions[code].get("questions", [])}


def _choices(document: dict[str, Any]) -> list[Problem]:
    """Questions with options have some; only blocks have questions."""
    problems = []
    for s, section in enumerate(document.get("form", [])):
        for q, question in enumerate(section["questions"]):
            steps: list[Step] = ["form", s, "questions", q]
            if question["kind"] in ("choice", "choices") and not question.get("options"):
                problems.append(Problem("missing_word", _("un choix demande des options."), [*steps, "options"]))
            if question["kind"] == "block" and not question.get("questions"):
                problems.append(Problem("missing_word", _("un bloc demande des questions."), [*steps, "questions"]))
            if question["kind"] != "block" and question.get("questions"):
                problems.append(
                    Problem("contradiction", _("seul un bloc contient des questions."), [*steps, "questions"])
                )
    return problems


def _ways(document: dict[str, Any]) -> list[Problem]:
    """Each component of the aid is computed in one way; shares of funders add up to the whole."""
    problems = []
    for rank, one in enumerate((document.get("aid") or {}).get("components", [])):
        steps: list[Step] = ["aid", "components", rank]
        ways = [word for word in ("rates", "amount", "per_unit", "scale") if word in one]
        if len(ways) > 1:
            sentence = _("une seule façon de calculer : {ways} sont données.").format(ways=", ".join(ways))
            problems.append(Problem("contradiction", sentence, [*steps, ways[1]]))
        if not ways:
            problems.append(Problem("missing_word", _("il manque rates, amount, per_unit ou scale."), steps))
        if "rates" not in ways and any(row.get("of", "rate") == "rate" for row in one.get("bonuses", [])):
            sentence = _("sans rates, une majoration porte sur l’aide : of: aid.")
            problems.append(Problem("contradiction", sentence, [*steps, "bonuses"]))
        for n, row in enumerate(one.get("rates", [])):
            if ("rate" in row) == ("percent" in row):
                sentence = _("un taux donne rate ou percent, l’un des deux.")
                problems.append(Problem("missing_word", sentence, [*steps, "rates", n]))
        if "per_unit" in ways and "units" not in one:
            problems.append(Problem("missing_word", _("per_unit demande « units »."), [*steps, "units"]))
        if one.get("split") and sum(rate_of(row["share"]) for row in one["split"]) != 1:
            problems.append(Problem("wrong_total", _("les parts des financeurs ne font pas 100 %."), [*steps, "split"]))
    return problems
