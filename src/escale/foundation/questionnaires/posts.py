"""What a page sends back: the changes it carries, and what its reader had seen.

A page carries one hidden field, ``seen``: for each control the revision and the digest of the text that was
shown. So a section saved by its button has the guarantees of one saved answer by answer.
"""

import hashlib
import json
from collections.abc import Iterable

from django.http import QueryDict

from escale.foundation.questionnaires.filled import Filled
from escale.foundation.questionnaires.questions import Kind, Place, Question, Section, place_of
from escale.foundation.questionnaires.reading import Typed, clean
from escale.foundation.questionnaires.saving import Change

SEEN = "seen"


def digest(typed: Typed) -> str:
    """Eight hexadecimal digits that tell two texts apart."""
    text = typed if isinstance(typed, str) else json.dumps(typed)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def seen(filled: Filled, places: Iterable[Place]) -> str:
    """The hidden field: ``{"control": [revision, digest]}``."""
    said = {place.control: [filled.rev(place), digest(filled.typed(place))] for place in places}
    return json.dumps(said, separators=(",", ":"))


def places(filled: Filled, section: Section) -> list[Place]:
    """Every place of a section, rows in their order."""
    found = [Place(question.code) for question in section.questions]
    for block in section.blocks:
        for key in filled.rows.get(block.code, ()):
            found += [Place(f"{block.code}.{question.code}", key) for question in block.questions]
    return found


def changes(filled: Filled, section: Section, data: QueryDict) -> list[Change]:
    """What the page of a section says, control by control. A question whose boxes are all unticked sends
    nothing: it counts when the page says that it showed it.
    """
    said = _said(data.get(SEEN, ""))
    codes = {item.code for item in section.items}
    controls = dict.fromkeys([*(name for name in data if name != SEEN), *said])
    found = []
    for control in controls:
        place = place_of(control)
        if place is None or place.code.partition(".")[0] not in codes:
            continue
        question = filled.form.question(place)
        if control not in data and not _may_send_nothing(question):
            continue
        found.append(_change(filled, place, question, data.getlist(control), said.get(control)))
    return found


def _change(
    filled: Filled, place: Place, question: Question | None, sent: list[str], said: tuple[int, str] | None
) -> Change:
    several = question is not None and question.kind is Kind.CHOICES
    typed = clean(sent if several else (sent[-1] if sent else ""))
    if said is None:
        return Change(place, typed)
    base, shown = said
    # The text shown is known when it was this very text: then its reader changed nothing.
    return Change(place, typed, base=base, shown=typed if digest(typed) == shown else None)


def _may_send_nothing(question: Question | None) -> bool:
    return question is not None and question.kind in (Kind.CHOICES, Kind.COMMITMENT)


def _said(text: str) -> dict[str, tuple[int, str]]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    return {
        str(control): (pair[0], pair[1])
        for control, pair in told.items()
        if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], int) and isinstance(pair[1], str)
    }
