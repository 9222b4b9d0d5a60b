"""What a newer text of a call changes for a draft, in sentences: questions, pieces, calendar, money, other parts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from escale.capabilities.calls.dossiers.queries.form import Call
from escale.foundation.questionnaires.questions import Block, Form, Item, Question
from escale.rules.figures import shown_instant
from escale.rules.scheme.filing import Window

#: Parts of a call's document that change without a question changing, in words.
PARTS = {
    "who": gettext_lazy("Qui peut déposer"),
    "criteria": gettext_lazy("Les conditions"),
    "partners": gettext_lazy("Les règles sur les partenaires"),
    "aid": gettext_lazy("Le calcul de l’aide"),
    "limits": gettext_lazy("Les plafonds d’aide publique"),
    "expenses": gettext_lazy("Les dépenses retenues"),
    "scoring": gettext_lazy("La notation"),
    "clocks": gettext_lazy("Les délais"),
    "texts": gettext_lazy("Les textes de la page de l’appel"),
}


@dataclass(frozen=True)
class Difference:
    """One change. ``kind``: added, removed or changed; ``sentence`` says it; ``was`` and ``now`` when both speak."""

    kind: str
    sentence: str
    was: str = ""
    now: str = ""


def differences(before: Call, after: Call) -> list[Difference]:
    """Everything that moves from one text to the other, the calendar first; empty when only its amendments differ."""
    return [
        *_calendar(before, after),
        *_form(before.form, after.form),
        *_pieces(before.document, after.document),
        *_parts(before.document, after.document),
    ]


def _calendar(before: Call, after: Call) -> Iterator[Difference]:
    was, now = (" ; ".join(map(_window, call.rules.calendar.windows)) for call in (before, after))
    if was != now:
        yield Difference("changed", _("Le calendrier change"), was, now)


def _window(window: Window) -> str:
    opens = _("du {when}").format(when=shown_instant(window.opens)) if window.opens else ""
    closes = _("jusqu’au {when}").format(when=shown_instant(window.closes)) if window.closes else _("sans date de fin")
    return " ".join(part for part in (opens, closes) if part)


def _form(before: Form, after: Form) -> Iterator[Difference]:
    old, new = dict(_questions(before)), dict(_questions(after))
    for code, item in new.items():
        if code not in old:
            needed = isinstance(item, Question) and item.required
            sentence = _("Nouvelle question, obligatoire : {label}") if needed else _("Nouvelle question : {label}")
            yield Difference("added", sentence.format(label=item.label))
        elif (change := _changed(old[code], item)) is not None:
            yield change
    for code, item in old.items():
        if code not in new:
            sentence = _("Question retirée : {label}. Votre réponse est gardée de côté, elle ne sera pas déposée.")
            yield Difference("removed", sentence.format(label=item.label))


def _questions(form: Form) -> Iterator[tuple[str, Item]]:
    for code, item in form.items.items():
        yield code, item
        if isinstance(item, Block):
            yield from ((f"{code}.{one.code}", one) for one in item.questions)


def _changed(old: Item, new: Item) -> Difference | None:
    if old.label != new.label:
        return Difference("changed", _("Question reformulée"), old.label, new.label)
    if not isinstance(old, Question) or not isinstance(new, Question):
        return None
    if old.kind is not new.kind:
        return Difference("changed", _("La forme de la réponse change, relisez-la : {label}").format(label=new.label))
    if new.required and not old.required:
        return Difference("changed", _("Question devenue obligatoire : {label}").format(label=new.label))
    if old.required and not new.required:
        return Difference("changed", _("Question devenue facultative : {label}").format(label=new.label))
    if [one.code for one in old.options] != [one.code for one in new.options]:
        was, now = (", ".join(one.label for one in item.options) for item in (old, new))
        return Difference("changed", _("Les choix changent : {label}").format(label=new.label), was, now)
    if (old.least, old.most, old.longest, old.unit) != (new.least, new.most, new.longest, new.unit):
        return Difference("changed", _("Les limites de la réponse changent : {label}").format(label=new.label))
    if old.help != new.help:
        return Difference("changed", _("L’aide change : {label}").format(label=new.label), old.help, new.help)
    return None


def _pieces(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    old, new = ({one["code"]: one for one in document.get("pieces", [])} for document in (before, after))
    for code, spec in new.items():
        if code not in old:
            yield Difference("added", _("Nouvelle pièce : {label}").format(label=spec["label"]))
        elif spec != old[code]:
            sentence = _("Pièce précisée : {label}").format(label=spec["label"])
            yield Difference("changed", sentence, *_told(old[code], spec))
    for code, spec in old.items():
        if code not in new:
            yield Difference("removed", _("Pièce qui n’est plus demandée : {label}").format(label=spec["label"]))


def _told(old: dict[str, Any], new: dict[str, Any]) -> tuple[str, str]:
    for name in ("label", "help"):
        if old.get(name, "") != new.get(name, ""):
            return str(old.get(name, "")), str(new.get(name, ""))
    return "", ""


def _parts(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for name, label in PARTS.items():
        if before.get(name) != after.get(name):
            yield Difference("changed", _("{part} : le texte change.").format(part=label))
