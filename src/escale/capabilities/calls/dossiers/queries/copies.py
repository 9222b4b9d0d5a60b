"""What was filed, in words, from the frozen version and its edition alone."""

import json
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import DossierVersion
from escale.capabilities.calls.dossiers.queries.form import Call, call_of
from escale.foundation.questionnaires.questions import Block, Kind, Place, Section
from escale.foundation.questionnaires.reading import Typed
from escale.foundation.questionnaires.showing import words


def sections_of(version: DossierVersion) -> list[dict[str, Any]]:
    """Each section: ``title``, ``facts`` [label, answer], ``tables`` {``title``, ``head``, ``rows``}."""
    document = json.loads(version.document)
    call = call_of(version.edition)
    typed = {Place(code, row): value for code, row, value in document["typed"]}
    sections = [_section(section, typed, document["rows"]) for section in call.form.sections]
    return [*(one for one in sections if one["facts"] or one["tables"]), _pieces(call, document["pieces"])]


def _section(section: Section, typed: dict[Place, Typed], rows: dict[str, list[str]]) -> dict[str, Any]:
    facts, tables = [], []
    for item in section.items:
        if isinstance(item, Block):
            lines = [
                [words(q, typed.get(Place(f"{item.code}.{q.code}", key), "")) for q in item.questions]
                for key in rows.get(item.code, [])
            ]
            lines = [line for line in lines if any(line)]
            if lines:
                head = [question.label for question in item.questions]
                tables.append({"title": item.label, "head": head, "rows": lines})
        elif item.kind is not Kind.STATEMENT and Place(item.code) in typed:
            facts.append([item.label, words(item, typed[Place(item.code)]) or "–"])
    return {"title": section.title, "facts": facts, "tables": tables}


def _pieces(call: Call, pieces: list[dict[str, Any]]) -> dict[str, Any]:
    labels = {spec["code"]: spec["label"] for spec in call.document.get("pieces", [])}
    facts = [[labels.get(one["code"], one["code"]), one["name"]] for one in pieces]
    return {"title": _("Les pièces"), "facts": facts, "tables": []}
