"""What a form asks: small frozen dataclasses of a closed set of kinds.

A control is named by its question's code, in a repeated block ``block.ROW.code`` where ROW is a stable id
that reordering and removal never change. An answer is kept under a ``Place``: (``code``, "") outside
blocks, (``block.code``, ROW) inside.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

ROW = re.compile(r"[A-Za-z0-9_-]{1,26}\Z")


class Kind(StrEnum):
    """The closed set: how a question is shown, and how its text is read."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    WHOLE = "whole"
    NUMBER = "number"
    AMOUNT = "amount"
    SHARE = "share"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    SIRET = "siret"
    IBAN = "iban"
    COMMUNE = "commune"
    COMMITMENT = "commitment"
    STATEMENT = "statement"


class Place(NamedTuple):
    """Where an answer is kept: ``code`` (``block.code`` in a block) and ``row`` (empty outside)."""

    code: str
    row: str = ""

    @property
    def control(self) -> str:
        """The name of the control in a page."""
        if not self.row:
            return self.code
        block, _, inner = self.code.partition(".")
        return f"{block}.{self.row}.{inner}"


@dataclass(frozen=True)
class Option:
    """One possible answer of a choice."""

    code: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class Question:
    """One question. ``required``: needed to file, never to save.

    ``least``/``most`` bound a number, an amount (euros), a date (its ordinal) or how many options may be
    ticked; ``longest`` counts characters (0: the kind's own limit). ``when`` is a condition that the owner of the form
    knows how to decide; None: always asked.
    """

    code: str
    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    unit: str = ""
    least: float | None = None
    most: float | None = None
    longest: int = 0
    when: object = None


@dataclass(frozen=True)
class Block:
    """Questions asked as many times as there are rows, from ``least`` to ``most``."""

    code: str
    label: str
    questions: tuple[Question, ...]
    row_label: str = ""
    add_label: str = ""
    help: str = ""
    least: int = 0
    most: int = 100
    when: object = None

    @cached_property
    def by_code(self) -> dict[str, Question]:
        return {question.code: question for question in self.questions}


type Item = Question | Block


@dataclass(frozen=True)
class Section:
    """A page of the form. ``key`` is its last word in the address."""

    key: str
    title: str
    items: tuple[Item, ...] = ()
    help: str = ""

    @property
    def questions(self) -> list[Question]:
        return [item for item in self.items if isinstance(item, Question)]

    @property
    def blocks(self) -> list[Block]:
        return [item for item in self.items if isinstance(item, Block)]


@dataclass(frozen=True)
class Form:
    """All sections, in order. Codes of questions and blocks are unique across the form."""

    sections: tuple[Section, ...]

    @cached_property
    def by_key(self) -> dict[str, Section]:
        return {section.key: section for section in self.sections}

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.code: item for section in self.sections for item in section.items}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section of each question and block, by code."""
        return {item.code: section for section in self.sections for item in section.items}

    @cached_property
    def block_of(self) -> dict[str, str]:
        """The block of each inner question whose code stands in one block alone."""
        seen: dict[str, list[str]] = {}
        for block in self.blocks():
            for question in block.questions:
                seen.setdefault(question.code, []).append(block.code)
        return {code: blocks[0] for code, blocks in seen.items() if len(blocks) == 1}

    def blocks(self) -> Iterator[Block]:
        return (item for item in self.items.values() if isinstance(item, Block))

    def question(self, place: Place) -> Question | None:
        """The question of a place; None when the form no longer asks it."""
        block, point, inner = place.code.partition(".")
        item = self.items.get(block)
        if point:
            return item.by_code.get(inner) if isinstance(item, Block) and place.row else None
        return item if isinstance(item, Question) and not place.row else None

    def place(self, code: str, row: str = "") -> Place | None:
        """The place that a client names: ``code``; ``block.code`` or the bare inner code with ``row``."""
        if not row:
            place = place_of(code)
        elif ROW.match(row):
            place = Place(code if "." in code else f"{self.block_of.get(code, '')}.{code}", row)
        else:
            return None
        return place if place and self.question(place) else None


def place_of(control: str) -> Place | None:
    """The place that the name of a control means; None when it cannot be one."""
    parts = control.split(".")
    if len(parts) == 1 and parts[0]:
        return Place(parts[0])
    if len(parts) == 3 and all(parts) and ROW.match(parts[1]):
        return Place(f"{parts[0]}.{parts[2]}", parts[1])
    return None
