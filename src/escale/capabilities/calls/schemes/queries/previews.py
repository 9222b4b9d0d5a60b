"""A draft as it can already be shown: what is right of it, placeholders where the public page needs words."""

import json
from typing import Any

from django.utils.translation import gettext as _

from escale.foundation.editions import typed
from escale.rules.scheme.document import read_scheme
from escale.rules.shape.problem import Problem, Step

_ROUNDS = 60


def shown_document(tree: dict[str, Any]) -> dict[str, Any]:
    """A canonical document made of what is right in the draft: a problem takes its word, or its row, away."""
    kept: dict[str, Any] = json.loads(json.dumps(tree))
    for _round in range(_ROUNDS):
        document, problems = read_scheme(json.loads(json.dumps(kept)))
        if document is not None:
            return document
        for problem in problems:
            _mend(kept, problem)
    document, _problems = read_scheme(_least({}))
    assert document is not None
    return document


def _mend(tree: dict[str, Any], problem: Problem) -> None:
    steps = list(problem.steps)
    if len(steps) == 1 and problem.code == "missing_word" and steps[0] in _least({}):
        tree[str(steps[0])] = _least(tree)[str(steps[0])]
        return
    missing = problem.code == "missing_word" and typed.at(tree, steps) in (None, "", [], {})
    _take(tree, steps[:-1] if missing else steps)


def _take(tree: dict[str, Any], steps: list[Step]) -> None:
    """Takes away the place, or the nearest one above it that exists."""
    while steps and typed.at(tree, steps) is None:
        steps = steps[:-1]
    if not steps:
        return
    holder: Any = typed.at(tree, steps[:-1])
    del holder[steps[-1]]
    if steps[0] in _least({}) and str(steps[0]) not in tree:
        tree[str(steps[0])] = _least(tree)[str(steps[0])]


def _least(tree: dict[str, Any]) -> dict[str, Any]:
    """The words that no call can do without."""
    return {
        "schema": "escale.scheme/1",
        "key": "apercu",
        "title": str(tree.get("title") or _("Titre à écrire"))[:200].replace("\n", " "),
        "kind": "aid",
        "summary": _("Résumé à écrire."),
        "calendar": {"kind": "permanent"},
        "contact": {"name": _("Service à nommer")},
    }
