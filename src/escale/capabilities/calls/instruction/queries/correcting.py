"""What may be asked again, what was, what changed: both versions side by side."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, Piece
from escale.capabilities.calls.dossiers.queries.form import Call, call_of
from escale.capabilities.calls.dossiers.queries.readiness import Readiness, prepare
from escale.capabilities.calls.instruction.models import Correction
from escale.foundation.questionnaires.filled import Filled, load
from escale.foundation.questionnaires.questions import Block, Kind, Place, Section
from escale.foundation.questionnaires.showing import words


@dataclass(frozen=True)
class Asked:
    """One thing asked: its label, why; the file handed in since, for a piece."""

    kind: str
    code: str
    label: str
    sentence: str
    piece: Piece | None = None


def choices(dossier: Dossier) -> dict[tuple[str, str], str]:
    """All that may be asked again: (answer|piece, code) → label, in the order of the form."""
    call = call_of(dossier.edition)
    found = {
        ("answer", item.code): item.label
        for section in call.form.sections
        for item in section.items
        if isinstance(item, Block) or item.kind is not Kind.STATEMENT
    }
    return found | {("piece", one["code"]): one["label"] for one in call.document.get("pieces", [])}


def items(asked: Correction) -> list[Asked]:
    """What was asked, with labels and the files as they stand."""
    labels = choices(asked.dossier)
    pieces = (
        Piece.objects.filter(dossier=asked.dossier, removed_at__isnull=True)
        .select_related("document")
        .order_by("version")
    )
    given = {one.code: one for one in pieces}
    return [
        Asked(item.kind, item.code, labels.get((item.kind, item.code), item.code), item.sentence,
              given.get(item.code) if item.kind == "piece" else None)
        for item in asked.items.all()
    ]  # fmt: skip


def unlocked(asked: Correction, ready: Readiness) -> Section:
    """The answers asked, as a section of the form that holds nothing else but the questions that a new answer opened
    and that nobody answered yet.
    """
    form = ready.call.form
    codes = [item.code for item in asked.items.all() if item.kind == "answer"]
    missing = {gap.control.partition(".")[0] for gap in ready.gaps if gap.missing}
    opened = [code for code, item in form.items.items() if item.when is not None and code in missing]
    found = tuple(form.items[code] for code in dict.fromkeys([*codes, *opened]) if code in form.items)
    return Section("corrections", _("Réponses à compléter"), found)


def ready_of(asked: Correction) -> Readiness:
    """The dossier with what is typed now, as of its filing."""
    dossier = asked.dossier
    return prepare(dossier, dossier.filed_at or asked.asked_at)


def untouched(asked: Correction) -> list[str]:
    """Labels of what is still to do: each piece is handed in anew; an answer may be confirmed as it was, but
    something changes.
    """
    call, dossier = call_of(asked.dossier.edition), asked.dossier
    before, listed = json.loads(asked.before.document), items(asked)
    filled = load(dossier.sheet, call.form)
    left = [one for one in listed if not _touched(one, before, filled)]
    if len(left) == len(listed):
        return [one.label for one in left]
    return [one.label for one in left if one.kind == "piece"]


def _touched(one: Asked, before: dict[str, Any], filled: Filled) -> bool:
    if one.kind == "piece":
        then = {piece["code"]: piece["version"] for piece in before["pieces"]}
        return one.piece is not None and one.piece.version != then.get(one.code)
    now = {place: given.typed for place, given in filled.given.items() if place.code.partition(".")[0] == one.code}
    then_typed = {Place(code, row): typed for code, row, typed in before["typed"] if code.partition(".")[0] == one.code}
    blank = {place for place, typed in now.items() if typed in ("", [])}
    changed = {place: typed for place, typed in now.items() if place in then_typed or place not in blank} != then_typed
    return changed or list(filled.rows.get(one.code, [])) != before["rows"].get(one.code, [])


def differences(before: DossierVersion, after: DossierVersion) -> list[dict[str, Any]]:
    """Each answer and piece that differs between two versions: ``label``, ``before``, ``after`` in words."""
    call = call_of(after.edition)
    old, new = json.loads(before.document), json.loads(after.document)
    first, last = (
        {Place(code, row): typed for code, row, typed in one["typed"]} for one in (old, new)
    )  # fmt: skip
    places = [place for place in dict.fromkeys([*first, *last]) if first.get(place, "") != last.get(place, "")]
    found = [_answer(call, place, first, last) for place in places]
    files = [{piece["code"]: piece for piece in one["pieces"]} for one in (old, new)]
    labels = {one["code"]: one["label"] for one in call.document.get("pieces", [])}
    for code in dict.fromkeys([*files[0], *files[1]]):
        one, two = files[0].get(code), files[1].get(code)
        if (one or {}).get("sha256") != (two or {}).get("sha256"):
            told = [f"{file['name']} (v{file['version']})" if file else "–" for file in (one, two)]
            found.append({"label": labels.get(code, code), "before": told[0], "after": told[1]})
    return found


def _answer(call: Call, place: Place, first: dict[Place, Any], last: dict[Place, Any]) -> dict[str, Any]:
    question = call.form.question(place)
    block = call.form.items.get(place.code.partition(".")[0])
    label = question.label if question else place.code
    if isinstance(block, Block):
        label = f"{block.label} · {label}"
    told = [
        (words(question, one.get(place, "")) if question else str(one.get(place, ""))) or "–" for one in (first, last)
    ]
    return {"label": label, "before": told[0], "after": told[1]}
