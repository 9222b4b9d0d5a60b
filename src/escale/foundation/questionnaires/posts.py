"""What a page sends back: the changes it carries, and what its reader had seen.

A page carries one hidden field, ``seen``: for each control the revision and the digest of the text that was
shown. So a section saved by its button has the guarantees of one saved answer by answer.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.http import QueryDict

from escale.foundation.questionnaires.filled import Asked, Filled
from escale.foundation.questionnaires.questions import Kind, Place, Question, Section, place_of
from escale.foundation.questionnaires.reading import Typed, clean
from escale.foundation.questionnaires.saving import Change

SEEN = "seen"
#: ``choice.<control>`` = ``mine:REV`` or ``theirs:REV``: what someone chose who saw both texts.
CHOICE = "choice."


def digest(typed: Typed) -> str:
    """Eight hexadecimal digits that tell two texts apart."""
    text = typed if isinstance(typed, str) else json.dumps(typed)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def seen(filled: Filled, places: Iterable[Place], bases: Mapping[Place, int] | None = None) -> str:
    """The hidden field: ``{"control": [revision, digest]}``. ``bases``: conflicts that wait for a choice keep
    the revision their author had seen, so that nothing is overwritten before it is made.
    """
    bases = bases or {}
    said = {place.control: [bases.get(place, filled.rev(place)), digest(filled.typed(place))] for place in places}
    return json.dumps(said, separators=(",", ":"))


def places(filled: Filled, section: Section, asked: Asked) -> list[Place]:
    """Every place of a section that is asked, rows in their order: what a page shows, and no more."""
    found = [Place(question.code) for question in section.questions if asked(question)]
    for block in section.blocks:
        if asked(block):
            shown = [f"{block.code}.{question.code}" for question in block.questions if asked(question)]
            found += [Place(code, key) for key in filled.rows.get(block.code, ()) for code in shown]
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
        if place is None or (place.code.partition(".")[0] not in codes and control not in said):
            continue  # what the page had shown is never dropped, even when its question has moved or is gone
        question = filled.form.question(place)
        if control not in data and not _may_send_nothing(question):
            continue
        chosen, rev = _chosen(data.get(f"{CHOICE}{control}", ""))
        if chosen == "theirs":
            continue
        change = _change(question, place, data.getlist(control), said.get(control))
        found.append(replace(change, base=rev, shown=None) if chosen == "mine" else change)
    return found


def _chosen(text: str) -> tuple[str, int]:
    """The choice made between two texts, and the revision of the other's that was shown."""
    side, _, rev = text.partition(":")
    return (side, int(rev)) if side in ("mine", "theirs") and re.fullmatch(r"[0-9]{1,9}", rev) else ("", 0)


def _change(question: Question | None, place: Place, sent: list[str], said: tuple[int, str] | None) -> Change:
    several = question is not None and question.kind is Kind.CHOICES
    typed = clean(sent if several else (sent[-1] if sent else ""))
    if said is None:  # the page did not show it: whoever answered meanwhile is not overwritten
        return Change(place, typed, base=0)
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
