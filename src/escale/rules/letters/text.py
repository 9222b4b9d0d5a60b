"""A letter's text: paragraphs with named fields, read, checked against the edition, filled. Never run.

- ``{{ numéro du dossier }}`` is a field of the closed list (``fields.py``), ``{{ réponse CODE }}`` an answer of the form.
- An empty line ends a paragraph. ``# `` begins a heading.
- A paragraph that begins with ``? `` is left out when one of its fields has no value.
- What follows a line ``---`` is printed after the signature.
"""

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from escale.rules.letters import fields
from escale.rules.letters.fields import Field
from escale.rules.words import _

#: Characters of a text and of a title, at most.
LONGEST, LONGEST_TITLE = 12_000, 200
_FIELD = re.compile(r"\{\{([^{}]*)\}\}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

#: What a field gives: words, rows of cells, or points.
type Value = str | list[list[str]] | list[str]


@dataclass(frozen=True)
class Problem:
    """What is wrong in a text: the line (from 1; 0: the whole), a code, a sentence."""

    line: int
    code: str
    message: str


@dataclass(frozen=True)
class Paragraph:
    """``parts`` alternate words and fields; ``line``: where it begins."""

    line: int
    parts: tuple[str | Field, ...]
    heading: bool = False
    optional: bool = False
    after: bool = False

    @property
    def fields(self) -> list[Field]:
        return [one for one in self.parts if isinstance(one, Field)]


def read(text: str) -> tuple[list[Paragraph], list[Problem]]:
    """The paragraphs, and what cannot be read. A field that nobody knows is a problem, and stays out."""
    paragraphs: list[Paragraph] = []
    problems: list[Problem] = []
    after, start, held = False, 0, list[str]()
    lines = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    for number, line in enumerate([*lines, ""], 1):
        if line.strip() and line.strip() != "---":
            start, held = start or number, [*held, line.strip()]
            continue
        if held:
            paragraphs.append(_paragraph("\n".join(held), start, after, problems))
        start, held = 0, []
        after = after or line.strip() == "---"
    return paragraphs, problems


def _paragraph(words: str, line: int, after: bool, problems: list[Problem]) -> Paragraph:
    heading, optional = words.startswith("# "), words.startswith("? ")
    if heading or optional:
        words = words[2:]
    parts: list[str | Field] = []
    position = 0
    for match in _FIELD.finditer(words):
        parts.append(words[position : match.start()])
        position = match.end()
        known = fields.found(match.group(1))
        if known is None:
            problems.append(Problem(line, "unknown_field", _unknown(match.group(1).strip())))
        else:
            parts.append(known)
    parts.append(words[position:])
    rest = "".join(one for one in parts if isinstance(one, str))
    if "{{" in rest or "}}" in rest:
        sentence = _("Un champ s’ouvre par {{ et se ferme par }} : il en manque une moitié.")
        problems.append(Problem(line, "unclosed_field", sentence))
    found = Paragraph(line, tuple(one for one in parts if one != ""), heading, optional, after)
    blocks = [one for one in found.fields if one.block]
    if len(blocks) > 1 or (blocks and (found.parts[-1] is not blocks[0] or heading)):
        sentence = _("« {name} » est une liste : elle finit son paragraphe, rien ne la suit.")
        problems.append(Problem(line, "list_inside", sentence.format(name=blocks[0].label)))
    return found


def _unknown(words: str) -> str:
    near = difflib.get_close_matches(
        fields.plain(words), [fields.plain(one.label) for one in fields.FIELDS], n=1, cutoff=0.6
    )
    hint = ""
    if near and (field := fields.found(near[0])):
        hint = " " + _("Vouliez-vous « {name} » ?").format(name=field.label)
    return _("« {words} » n’est pas un champ de lettre.").format(words=words[:80]) + hint


def check(title: str, text: str, *, kind: str, document: Mapping[str, Any], answers: Collection[str]) -> list[Problem]:
    """What keeps this text from being a letter of ``kind`` for a call of this canonical document; empty: nothing.

    ``answers``: codes of the form's questions that can be written in a sentence.
    """
    problems: list[Problem] = []
    named: set[str] = set()
    if not title.strip() or not text.strip():
        problems.append(Problem(0, "empty", _("Une lettre a un objet et un texte.")))
    if len(title) > LONGEST_TITLE or len(text) > LONGEST:
        sentence = _("Le texte est trop long : {most} signes au plus, {title} pour l’objet.")
        problems.append(Problem(0, "too_long", sentence.format(most=LONGEST, title=LONGEST_TITLE)))
        return problems
    head, wrong = read(" ".join(title.split()))
    problems += [Problem(0, one.code, one.message) for one in wrong]
    problems += [
        Problem(0, "list_in_title", _("« {name} » est une liste : elle ne tient pas dans un objet.").format(name=one.label))
        for paragraph in head for one in paragraph.fields if one.block
    ]  # fmt: skip
    paragraphs, wrong = read(text)
    problems += wrong
    for paragraph in [*head, *paragraphs]:
        for field in paragraph.fields:
            named.add(field.code)
            if sentence := _absent(field, kind, document, answers, optional=paragraph.optional):
                problems.append(Problem(paragraph.line, "field_not_here", sentence))
    for code in fields.REQUIRED[kind]:
        if code not in named:
            label = next(one.label for one in fields.FIELDS if one.code == code)
            sentence = _("Il manque {field} : {kind} le dit toujours.")
            field_words = "{{ " + label + " }}"
            problems.append(
                Problem(0, "field_required", sentence.format(field=field_words, kind=fields.kind_words(kind)))
            )
    return problems


def _absent(field: Field, kind: str, document: Mapping[str, Any], answers: Collection[str], *, optional: bool) -> str:
    """Why the field cannot be written here; an optional paragraph may name what this edition lacks: it is left out."""
    if field.code.startswith("answer."):
        code = field.code.removeprefix("answer.")
        return "" if code in answers else _("L’appel n’a pas de question « {code} » à citer.").format(code=code)
    if kind not in field.kinds:
        return _("« {name} » n’existe pas dans {kind}.").format(name=field.label, kind=fields.kind_words(kind))
    if field.needs is not None and not field.needs(document) and not optional:
        return _("{why} : « {name} » ne peut pas être écrit.").format(why=_(field.absent), name=field.label)
    return ""


@dataclass(frozen=True)
class Filled:
    """What will be read: the title, the blocks before and after the signature; ``missing`` names the fields without
    value (labels), and the letter is then not to be prepared.
    """

    title: str
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    missing: list[str]

    @property
    def content(self) -> dict[str, Any]:
        """As it is kept: JSON."""
        return {"title": self.title, "before": self.before, "after": self.after}


class Letter:
    """A text read once and filled many times."""

    def __init__(self, title: str, text: str) -> None:
        self.title, wrong = read(" ".join(title.split()))
        self.paragraphs, more = read(text)
        self.problems = [*wrong, *more]

    @property
    def answers(self) -> list[str]:
        """The answers of the form that it quotes (``answer.CODE``)."""
        named = {one.code for paragraph in [*self.title, *self.paragraphs] for one in paragraph.fields}
        return sorted(code for code in named if code.startswith("answer."))

    def fill(self, values: Mapping[str, Value]) -> Filled:
        """The letter for these values, by code of field. An empty value is missing."""
        missing: dict[str, None] = {}
        sides: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
        for one in self.paragraphs:
            empty = [field.label for field in one.fields if not values.get(field.code)]
            if empty:
                missing |= {} if one.optional else dict.fromkeys(empty)
                continue
            sides[one.after].extend(_blocks(one, values))
        head = [part for one in self.title for part in one.parts]
        missing |= {one.label: None for one in head if isinstance(one, Field) and not values.get(one.code)}
        title = "".join(one if isinstance(one, str) else str(values.get(one.code, "")) for one in head)
        return Filled(title, sides[0], sides[1], list(missing))


def _blocks(paragraph: Paragraph, values: Mapping[str, Value]) -> list[dict[str, Any]]:
    words, last = "", None
    for part in paragraph.parts:
        value = part if isinstance(part, str) else values[part.code]
        if isinstance(value, str):
            words += value
        else:
            last = value
    found: list[dict[str, Any]] = []
    if words.strip():
        found.append({"kind": "heading" if paragraph.heading else "text", "text": words.strip()})
    if last is not None:
        rows = isinstance(last[0], list)
        found.append({"kind": "rows", "rows": last} if rows else {"kind": "points", "points": last})
    return found


def as_text(content: Mapping[str, Any]) -> str:
    """The letter's body in plain text, as a mail says it; the signature goes between the two sides."""
    return "\n\n".join(_plain(one) for one in [*content["before"], *content["after"]])


def _plain(block: Mapping[str, Any]) -> str:
    match block["kind"]:
        case "rows":
            return "\n".join(" : ".join(row) for row in block["rows"])
        case "points":
            return "\n".join(f"- {point}" for point in block["points"])
    return str(block["text"])
