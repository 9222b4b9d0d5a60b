"""What is being written of a referential: its tree, its parts, what is wrong, what changes of the text in force."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from escale.capabilities.label.models import Referential
from escale.capabilities.label.queries.dialect import DIALECT, advice
from escale.foundation.editions import typed
from escale.foundation.editions.differences import Difference, differences
from escale.foundation.editions.models import Draft
from escale.foundation.editions.saying import Saying
from escale.foundation.editions.screens import kind_at, named, page_of
from escale.foundation.editions.vocabulary import simple
from escale.rules.label.document import read_referential
from escale.rules.label.format.referential import REFERENTIAL
from escale.rules.shape.kinds import Record
from escale.rules.shape.problem import Problem
from escale.rules.shape.reading import read

FIXED = ("schema", "key", "service")
FIRST = Record(
    "referential",
    REFERENTIAL.label,
    tuple(one for one in REFERENTIAL.fields if simple(one.kind) and one.name not in FIXED),
)
ORDER = ("", "families", "criteria", "types", "levels", "holder", "charter", "renewal", "visits", "contact")


@dataclass(frozen=True)
class Drafted:
    """``tree`` as typed, its revision (0: the text in force), its canonical document or None, what is wrong."""

    referential: Referential
    tree: dict[str, Any]
    rev: int
    document: dict[str, Any] | None
    problems: list[Problem]


def drafted(referential: Referential) -> Drafted:
    """The draft of a referential, else what is in force."""
    draft = Draft.objects.filter(series=referential.series_id).first()
    force = json.loads(referential.edition.document) if referential.edition else {}
    tree, rev = (draft.document, draft.rev) if draft else (force, 0)
    document, problems = read_referential(json.loads(json.dumps(tree)))
    return Drafted(referential, tree, rev, document, problems)


def changes(found: Drafted) -> list[Difference]:
    """What the draft changes of the text in force, in words."""
    if found.referential.edition is None:
        return []
    before = json.loads(found.referential.edition.document)
    after = read(REFERENTIAL, json.loads(json.dumps(found.tree)))[0] or {}
    return differences(REFERENTIAL, before, after, saying=Saying(DIALECT, found.tree), leaving=FIXED)


def label_of(place: str) -> str:
    """The name of a part."""
    field = REFERENTIAL.get(place.split(".", 1)[0])
    return _(field.label) if field else _("L’essentiel")


def parts(found: Drafted, address: str, place: str | None = None) -> list[dict[str, Any]]:
    """All parts as the list of steps draws them; ``said`` puts what is written in words."""
    saying, pages = Saying(DIALECT, found.tree), [page_of(REFERENTIAL, found.tree, one.steps) for one in found.problems]
    told = []
    for one in ORDER:
        wrong = sum(1 for page in pages if page.split(".", 1)[0] == one)
        field = REFERENTIAL.get(one)
        written = bool(found.tree.get(one)) if one else "title" in found.tree
        said = saying.say(field.kind, found.tree.get(one)) if field else str(found.tree.get("title", ""))
        missing = _("{n} à revoir").format(n=wrong) if wrong else (_("Écrit") if written else _("Vide"))
        state = "wrong" if wrong else "complete" if written else "empty"
        told.append({
            "label": label_of(one), "url": f"{address}?{urlencode({'place': one})}", "state": state, "missing": missing,
            "current": place is not None and place.split(".", 1)[0] == one, "said": said or advice("referential", one),
        })  # fmt: skip
    return told


def pointed(found: Drafted) -> list[tuple[str, str]]:
    """Each problem with the query where it is mended, and its place in words."""
    told = []
    for problem in found.problems:
        page = page_of(REFERENTIAL, found.tree, problem.steps)
        where = " › ".join(_words(found.tree, problem.steps))
        said = _("{label} : {problem}").format(label=where, problem=problem.message) if where else problem.message
        told.append((f"?{urlencode({'place': page})}#at-{'-'.join(map(str, problem.steps))}", said))
    return told


def _words(tree: Any, steps: list[Any]) -> list[str]:
    words: list[str] = []
    for length in range(1, len(steps) + 1):
        step, before = steps[length - 1], kind_at(REFERENTIAL, tree, steps[: length - 1])
        if isinstance(step, int):
            words.append(named(typed.at(tree, steps[:length])) or _("ligne {n}").format(n=step + 1))
        elif isinstance(before, Record) and (field := before.get(str(step))):
            words.append(_(field.label))
    return words
