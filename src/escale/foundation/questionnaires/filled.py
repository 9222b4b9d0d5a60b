"""A sheet as it stands: what is answered where, what it means, what is missing in words. Two queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BigAutoField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.foundation.prepared import Prepared, Slot
from escale.foundation.questionnaires.models import Answer, Row, Sheet
from escale.foundation.questionnaires.questions import Block, Form, Item, Place, Question, Section
from escale.foundation.questionnaires.reading import Read, Typed, read

#: No answer.
NOTHING = Read()
#: Decides whether an item is asked, given all that is answered.
type Asked = Callable[[Item], bool]


@dataclass(frozen=True)
class Given:
    """One answer as typed, with the revision that a client must have seen to change it."""

    typed: Typed
    rev: int


@dataclass(frozen=True)
class Gap:
    """What keeps a form from being complete: where, and the sentence that says what to do.

    ``control`` is the name of the control to go to; ``missing`` tells an absent answer from one that
    cannot be read.
    """

    section: str
    control: str
    sentence: str
    missing: bool = True


@dataclass
class Filled:
    """All answers of a sheet by place, and the rows of each block in order (removed ones apart)."""

    form: Form
    given: dict[Place, Given] = field(default_factory=dict)
    rows: dict[str, list[str]] = field(default_factory=dict)
    removed: dict[str, list[str]] = field(default_factory=dict)
    _read: dict[Place, Read] = field(default_factory=dict)

    def typed(self, place: Place) -> Typed:
        return self.given[place].typed if place in self.given else ""

    def rev(self, place: Place) -> int:
        return self.given[place].rev if place in self.given else 0

    def read(self, place: Place) -> Read:
        """What the answer means; no answer when the form does not ask it."""
        if place not in self.given:
            return NOTHING
        if place not in self._read:
            question = self.form.question(place)
            self._read[place] = read(question, self.typed(place)) if question else NOTHING
        return self._read[place]

    def value(self, code: str) -> Any:
        """The value of a question outside blocks; None when unanswered or unreadable."""
        return self.read(Place(code)).value

    def table(self, block: Block) -> list[dict[str, Any]]:
        """The rows of a block as maps of the answers that can be read, empty rows left out."""
        return [line for _key, line in self.keyed(block)]

    def keyed(self, block: Block) -> list[tuple[str, dict[str, Any]]]:
        """The same, each with the key of its row."""
        lines = []
        for key in self.rows.get(block.code, ()):
            line = {q.code: self.read(Place(f"{block.code}.{q.code}", key)).value for q in block.questions}
            line = {code: value for code, value in line.items() if value is not None}
            if line:
                lines.append((key, line))
        return lines

    def values(self, asked: Asked | None = None) -> dict[str, Any]:
        """Every readable answer as a case writes it; what is not asked is left out."""
        found: dict[str, Any] = {}
        for code, item in self.form.items.items():
            if asked is not None and not asked(item):
                continue
            value = self.table(item) if isinstance(item, Block) else self.value(code)
            if value not in (None, []):
                found[code] = value
        return found

    def is_blank(self, block: Block, key: str) -> bool:
        """Whether nothing at all stands in the row."""
        return all(self.read(Place(f"{block.code}.{question.code}", key)).is_empty for question in block.questions)

    def gaps(self, section: Section, asked: Asked) -> list[Gap]:
        """What is missing or unreadable in a section, in its order."""
        found: list[Gap] = []
        for item in section.items:
            if not asked(item):
                continue
            if isinstance(item, Block):
                found += self._block_gaps(section, item, asked)
            else:
                found += self._gap(section, item, Place(item.code))
        return found

    def _block_gaps(self, section: Section, block: Block, asked: Asked) -> Iterator[Gap]:
        rows = [key for key in self.rows.get(block.code, ()) if not self.is_blank(block, key)]
        if len(rows) < block.least:
            sentence = ngettext(
                "Ajoutez au moins une ligne : {label}.", "Ajoutez au moins {n} lignes : {label}.", block.least
            )
            yield Gap(section.key, block.code, sentence.format(n=block.least, label=block.label))
        if len(rows) > block.most:
            sentence = _("« {label} » compte {n} lignes : {most} au plus.")
            yield Gap(section.key, block.code, sentence.format(label=block.label, n=len(rows), most=block.most), False)
        for rank, key in enumerate(rows, 1):
            for question in block.questions:
                if asked(question):
                    yield from self._gap(section, question, Place(f"{block.code}.{question.code}", key), rank)

    def _gap(self, section: Section, question: Question, place: Place, rank: int = 0) -> Iterator[Gap]:
        result = self.read(place)
        if not result.problem and not (result.is_empty and question.required):
            return
        label = question.label if not rank else _("{label} (ligne {rank})").format(label=question.label, rank=rank)
        if result.problem:
            sentence = _("{label} : {problem}").format(label=label, problem=result.problem)
            yield Gap(section.key, place.control, sentence, missing=False)
        else:
            yield Gap(section.key, place.control, _("Répondez à : {label}").format(label=label))


def load(sheet: Sheet, form: Form) -> Filled:
    """The sheet as it stands, in two queries whatever its size."""
    filled = Filled(form)
    for code, row, typed, rev in _ANSWERS.rows(sheet=sheet.pk):
        filled.given[Place(code, row)] = Given(typed, rev)
    for block, key, removed_at in _ROWS.rows(sheet=sheet.pk):
        side = filled.removed if removed_at else filled.rows
        side.setdefault(block, []).append(key)
    return filled


_SHEET = Slot("sheet", BigAutoField())
_ANSWERS: Prepared[Answer, tuple[str, str, Typed, int]] = Prepared(
    lambda: Answer.objects.filter(sheet=_SHEET).values_list("code", "row", "typed", "rev")
)
_ROWS: Prepared[Row, tuple[str, str, datetime | None]] = Prepared(
    lambda: Row.objects.filter(sheet=_SHEET).values_list("block", "key", "removed_at")
)
