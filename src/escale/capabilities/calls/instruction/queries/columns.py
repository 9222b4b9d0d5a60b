"""Cells of the desk: each column's words and sort, the same for the page and for exports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.wording import DOSSIER
from escale.capabilities.calls.instruction import wording
from escale.capabilities.calls.instruction.queries.asking import COLUMNS, SORTS, Ask
from escale.capabilities.calls.instruction.queries.desk import Page
from escale.foundation.people.models import Person
from escale.rules.words import _ as said

VERDICTS = {
    "eligible": "recevable",
    "ineligible": "non recevable",
    "incomplete": "incomplet",
    "to_examine": "à examiner",
}
AMOUNTS = {
    "spending": "spending_cents", "aid": "aid_cents", "proposed": "proposed_cents", "advised": "advised_cents",
    "voted": "voted_cents",
}  # fmt: skip
INSTANTS = {"due": "due_at", "filed": "filed_at"}


@dataclass(frozen=True)
class Head:
    """A column's heading: where a press sorts it (empty: it does not sort), and how it is sorted now."""

    code: str
    label: str
    kind: str
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Cell:
    """``kind``: text, amount (cents), day (an instant), state."""

    label: str
    kind: str
    value: Any


@dataclass(frozen=True)
class Line:
    """One dossier of the list; ``mark`` says why it awaits the person, in words, empty when it does not."""

    dossier: Dossier
    cells: list[Cell]
    mark: str
    seen: str = ""


def heads(ask: Ask, labels: dict[str, str]) -> list[Head]:
    """Headings in the order chosen; ``labels`` names the answers shown."""
    found = []
    for code in ("number", *ask.columns):
        label = (
            _("Numéro")
            if code == "number"
            else str(COLUMNS.get(code) or labels.get(code.removeprefix("answer.")) or code)
        )
        sortable = code in SORTS or code.startswith("answer.")
        now = ("descending" if ask.descends else "ascending") if ask.key == code else ""
        turned = code if now == "descending" or (not now and code not in ("filed", "aid", "spending")) else f"-{code}"
        kind = "amount" if code in AMOUNTS else ""
        found.append(Head(code, label, kind, f"?{ask.address(sort=turned)}" if sortable else "", now))
    return found


def lines(
    ask: Ask, page: Page, person: Person, at: datetime, seen: dict[int, str], labels: dict[str, str]
) -> list[Line]:
    """The rows of a page; ``seen``: by dossier, who has it open."""
    columns = heads(ask, labels)[1:]
    return [
        Line(
            dossier,
            [cell(head, dossier, page.answers) for head in columns],
            _mark(dossier, person, at),
            seen.get(dossier.pk, ""),
        )
        for dossier in page.dossiers
    ]


def cell(head: Head, dossier: Dossier, answers: dict[tuple[int, str], list[str]]) -> Cell:
    """What one column shows of one dossier."""
    code = head.code
    if code in AMOUNTS:
        return Cell(head.label, "amount", getattr(dossier, AMOUNTS[code]))
    if code in INSTANTS:
        return Cell(head.label, "day", getattr(dossier, INSTANTS[code]))
    if code.startswith("answer."):
        texts = answers.get((dossier.pk, code.removeprefix("answer.")), [])
        return Cell(head.label, "text", ", ".join({"yes": _("oui"), "no": _("non")}.get(one, one) for one in texts))
    match code:
        case "state":
            return Cell(head.label, "state", dossier.state_label)
        case "scheme":
            return Cell(head.label, "text", dossier.scheme.title)
        case "officer":
            return Cell(head.label, "text", dossier.officer.name if dossier.officer else "")
        case "awaited":
            return Cell(head.label, "text", str(wording.AWAITED.get(dossier.awaited, "")))
        case "verdict":
            return Cell(head.label, "text", said(VERDICTS.get(dossier.verdict, "")) if dossier.verdict else "")
    return Cell(head.label, "text", getattr(dossier, code))


def _mark(dossier: Dossier, person: Person, at: datetime) -> str:
    if dossier.awaited != "service" or dossier.due_at is None or dossier.officer_id not in (None, person.pk):
        return ""
    days = (dossier.due_at - at).days
    if days < 0:
        return _("échéance dépassée")
    return _("échéance proche") if days <= 7 else ""


def group_label(state: str) -> str:
    """A state, or a group of states, in words."""
    if state == "open":
        return _("en attente de décision")
    return str(DOSSIER.states[State(state)])


def officer_label(text: str, officers: list[Person]) -> str:
    """The filter on the officer, in words."""
    known = {"none": _("sans personne"), "me": _("suivis par moi")}
    return known.get(text) or next((one.name for one in officers if str(one.pk) == text), text)


def sort_label(ask: Ask) -> str:
    """The order, in words: « triés par échéance »."""
    name = str(COLUMNS.get(ask.key) or (_("numéro") if ask.key == "number" else _("réponse"))).lower()
    sentence = _("triés par {name}, du plus grand au plus petit") if ask.descends else _("triés par {name}")
    if ask.key in ("filed", "due") and ask.descends:
        sentence = _("triés par {name}, le plus récent d’abord")
    return sentence.format(name=name)
