"""A question as the parameters of the part ``field``: named by its code, with what was typed and its problem."""

import dataclasses
import json
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from escale.foundation.questionnaires.filled import Asked, Filled
from escale.foundation.questionnaires.questions import Block, Form, Kind, Place, Question, Section
from escale.foundation.questionnaires.reading import Typed, read
from escale.foundation.questionnaires.saving import Conflict
from escale.rules.money import cents_of
from escale.ui import figures

#: Kind of the question → kind of the control.
CONTROLS: dict[Kind, str] = {
    Kind.TEXT: "text", Kind.LONG_TEXT: "textarea", Kind.WHOLE: "number", Kind.NUMBER: "number",
    Kind.AMOUNT: "amount", Kind.SHARE: "number", Kind.DATE: "text", Kind.YES_NO: "radios",
    Kind.CHOICE: "radios", Kind.CHOICES: "checkboxes", Kind.EMAIL: "email", Kind.PHONE: "tel",
    Kind.URL: "text", Kind.SIRET: "text", Kind.IBAN: "text", Kind.COMMUNE: "commune",
    Kind.COMMITMENT: "checkbox", Kind.STATEMENT: "statement",
}  # fmt: skip
#: Beyond this many, choices fold into a list.
MANY = 7


@dataclass(frozen=True)
class ShownRow:
    """A row of a repeated block, ready for the part ``repeat_row``."""

    key: str
    title: str
    fields: list[dict[str, Any]]
    up: bool
    down: bool

    @property
    def cells(self) -> dict[str, dict[str, Any]]:
        """The fields by the code of their question, for a table: choices fold into lists."""
        return {field["name"].rpartition(".")[2]: folded(field) for field in self.fields}


@dataclass(frozen=True)
class Shown:
    """An item of a section: the parameters of its field, or the rows of its block."""

    field: dict[str, Any] = dataclasses.field(default_factory=dict)
    block: Block | None = None
    rows: list[ShownRow] = dataclasses.field(default_factory=list)
    blank: ShownRow | None = None
    removed: list[str] = dataclasses.field(default_factory=list)


@dataclass
class Typing:
    """What the page must show instead of what is stored: texts that were not saved, conflicts."""

    kept: dict[Place, Typed] = dataclasses.field(default_factory=dict)
    conflicts: dict[Place, Conflict] = dataclasses.field(default_factory=dict)
    say_problems: bool = True


def section(filled: Filled, shown: Section, asked: Asked, typing: Typing | None = None) -> list[Shown]:
    """The items of a section that are asked now, in order."""
    typing = typing or Typing()
    found = []
    for item in shown.items:
        if not asked(item):
            continue
        if isinstance(item, Block):
            found.append(_block(filled, item, asked, typing))
        else:
            found.append(Shown(field=parameters(filled, item, Place(item.code), typing)))
    return found


def _block(filled: Filled, block: Block, asked: Asked, typing: Typing) -> Shown:
    keys = filled.rows.get(block.code, [])
    rows = [_row(filled, block, key, asked, typing, rank, rank == len(keys)) for rank, key in enumerate(keys, 1)]
    blank = _row(filled, block, "__ROW__", asked, typing, len(keys) + 1, True)
    return Shown(block=block, rows=rows, blank=blank, removed=filled.removed.get(block.code, []))


def _row(filled: Filled, block: Block, key: str, asked: Asked, typing: Typing, rank: int, last: bool) -> ShownRow:
    fields = [
        parameters(filled, question, Place(f"{block.code}.{question.code}", key), typing)
        for question in block.questions
        if asked(question)
    ]
    title = _("{label} {rank}").format(label=block.row_label or block.label, rank=rank)
    return ShownRow(key, title, fields, rank > 1, not last)


def parameters(filled: Filled, question: Question, place: Place, typing: Typing) -> dict[str, Any]:
    """What the part ``field`` needs to show a question."""
    typed = typing.kept.get(place, filled.typed(place))
    kind = CONTROLS[question.kind]
    if kind == "radios" and len(question.options) > MANY:
        kind = "select"
    errors, choice = [], None
    if conflict := typing.conflicts.get(place):
        errors.append(conflict_sentence(question, conflict))
        choice = choice_of(question, conflict)
    elif typing.say_problems and (problem := read(question, typed).problem):
        errors.append(problem)
    several = typed if isinstance(typed, list) else [typed]
    return {
        "kind": kind,
        "name": place.control,
        "id": f"id_{place.control}",
        "label": question.label,
        "help": question.help or _hint(question),
        "required": question.required,
        "errors": tuple(errors),
        "value": several[0] if several else "",
        "values": tuple(several),
        "options": _options(question, kind),
        "unit": "%" if question.kind is Kind.SHARE else question.unit,
        "url": _communes() if kind == "commune" else "",
        "attrs": {"data-code": place.code, "data-row": place.row or False, "data-rev": str(filled.rev(place))}
        | ({"inputmode": "numeric"} if question.kind in (Kind.DATE, Kind.SIRET) else {}),
    } | ({"choice": choice} if choice else {})


def conflict_sentence(question: Question, conflict: Conflict) -> str:
    """Both texts in words: theirs stands, mine is in the field, choosing is the reader's."""
    theirs = words(question, conflict.theirs) or _("(vide)")
    if conflict.own:
        return _(
            "Vous avez répondu « {theirs} » dans un autre onglet ou sur un autre appareil. La réponse de cette page "
            "n’est pas encore enregistrée : choisissez laquelle garder."
        ).format(theirs=theirs)
    return _(
        "{who} a répondu « {theirs} » entre-temps. Votre réponse n’est pas encore enregistrée : choisissez laquelle garder."
    ).format(who=conflict.by or _("Quelqu’un"), theirs=theirs)


def choice_of(question: Question, conflict: Conflict) -> dict[str, Any]:
    """The parameters of ``questionnaires/choice.html``: both answers, to choose from."""
    who = _("Celle de l’autre page") if conflict.own else _("Celle de {who}").format(who=conflict.by or _("quelqu’un"))
    return {
        "control": conflict.place.control,
        "rev": conflict.rev,
        "at": conflict.at,
        "who": who,
        "mine": words(question, conflict.mine) or _("(vide)"),
        "theirs": words(question, conflict.theirs) or _("(vide)"),
        "typed": json.dumps(conflict.theirs, ensure_ascii=False),
    }


def choice_markup(question: Question, conflict: Conflict) -> str:
    """The choice between both answers, ready to stand under its question."""
    return render_to_string("questionnaires/choice.html", choice_of(question, conflict))


@dataclass(frozen=True)
class Orphan:
    """A text that has no place any more: it stays on the page to be copied."""

    label: str
    text: str
    why: str


def orphan(form: Form, place: Place, typed: Typed) -> Orphan:
    """Why the text of this place could not be saved: its row was taken away, or its question is no longer asked."""
    question = form.question(place)
    if question is not None:
        why = _("La ligne a été retirée par une autre personne. Remettez-la, ou recopiez ce texte ailleurs.")
        return Orphan(question.label, words(question, typed), why)
    why = _("Cette question n’est plus posée : l’appel a été corrigé. Recopiez ce texte s’il sert ailleurs.")
    several = typed if isinstance(typed, list) else [typed]
    return Orphan(_("Question retirée"), ", ".join(several), why)


def words(question: Question, typed: Typed) -> str:
    """An answer for a reader: labels of options, oui or non, the text as typed."""
    labels = {option.code: option.label for option in question.options}
    if question.kind is Kind.YES_NO:
        labels = {"yes": _("Oui"), "no": _("Non")}
    several = typed if isinstance(typed, list) else [typed]
    if question.kind is Kind.AMOUNT and (value := read(question, typed).value) is not None:
        return figures.euros(cents_of(value))
    if question.kind is Kind.SHARE and (value := read(question, typed).value) is not None:
        return str(value).replace(".", ",")
    return ", ".join(str(labels.get(one, one)) for one in several)


def _options(question: Question, kind: str) -> tuple[tuple[str, str, str], ...]:
    if question.kind is Kind.YES_NO:
        return (("yes", _("Oui"), ""), ("no", _("Non"), ""))
    options = tuple((option.code, option.label, option.help) for option in question.options)
    return (("", _("Choisissez"), ""), *options) if kind == "select" else options


def folded(field: dict[str, Any]) -> dict[str, Any]:
    """The field with its choices in a list: what fits in a cell."""
    if field["kind"] != "radios":
        return field
    return field | {"kind": "select", "options": (("", _("Choisissez"), ""), *field["options"])}


def _hint(question: Question) -> str:
    match question.kind:
        case Kind.DATE:
            return _("Jour, mois, année : 31/01/2026.")
        case Kind.SIRET:
            return _("14 chiffres, sur l’avis de situation Insee.")
        case Kind.COMMUNE:
            return _("Son nom, ou son code Insee.")
    return ""


def _communes() -> str:
    try:
        return reverse("communes")
    except NoReverseMatch:
        return ""


@dataclass(frozen=True)
class Told:
    """A section to read again: pairs of label and answer, tables of (title, head, rows)."""

    key: str
    title: str
    pairs: list[tuple[str, str]]
    tables: list[tuple[str, list[str], list[list[str]]]]


def summary(filled: Filled, asked: Asked) -> list[Told]:
    """Everything that is asked and what is answered, in words."""
    return [_told(filled, one, asked) for one in filled.form.sections]


def _told(filled: Filled, shown: Section, asked: Asked) -> Told:
    told = Told(shown.key, shown.title, [], [])
    for item in shown.items:
        if not asked(item):
            continue
        if isinstance(item, Block):
            rows = [
                [words(q, filled.typed(Place(f"{item.code}.{q.code}", key))) for q in item.questions]
                for key in filled.rows.get(item.code, ())
                if not filled.is_blank(item, key)
            ]
            told.tables.append((item.label, [question.label for question in item.questions], rows))
        elif item.kind is not Kind.STATEMENT:
            told.pairs.append((item.label, words(item, filled.typed(Place(item.code)))))
    return told
