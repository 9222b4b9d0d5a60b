"""A repeated block of the public test: as many rows as the visitor adds, each with the questions of the block."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from escale.capabilities.calls.schemes.forms.control import Control, of_question, take
from escale.foundation.questionnaires.questions import ROW, Question

#: Rows of one block in the public test; a dossier holds more.
MOST = 40


@dataclass
class Row:
    """One row: its key in the names of its controls, its title, its controls."""

    key: str
    title: str
    controls: list[Control]

    @property
    def is_blank(self) -> bool:
        return not any(one.is_answered for one in self.controls)


@dataclass
class Rows:
    """A block: ``name`` is the place of its rows in a case (``partners``, ``answers.BLOCK``)."""

    name: str
    label: str
    questions: tuple[Question, ...]
    row_label: str
    add_label: str
    help: str = ""
    least: int = 0
    most: int = MOST
    #: How many empty rows an untouched test shows.
    first: int = 1
    rows: list[Row] = field(default_factory=list)
    kind: str = "rows"

    def __post_init__(self) -> None:
        self.most = min(self.most, MOST)
        self.rows = [self._row(str(n)) for n in range(min(max(self.least, self.first), 5))]

    @property
    def id(self) -> str:
        return f"field-{self.name}"

    @property
    def blank(self) -> Row:
        """What a script adds: its key is replaced."""
        return self._row("__ROW__")

    @property
    def following(self) -> int:
        """The key of the next row."""
        return max((int(row.key) for row in self.rows if row.key.isdecimal()), default=-1) + 1

    @property
    def controls(self) -> list[Control]:
        return [one for row in self.rows for one in row.controls]

    def fill(self, given: QueryDict) -> None:
        """Shows what was typed, the rows added or taken away as the buttons ask."""
        keys = [key for key in _keys(given, self.name) if given.get("row-act") != f"remove {self.name} {key}"]
        self.rows = [self._row(key) for key in keys[: self.most]]
        for one in self.controls:
            take(one, given)
        if given.get("add") == self.name and len(self.rows) < self.most:
            self.rows.append(self._row(str(self.following)))
            self.rows[-1].controls[0].attrs["autofocus"] = True

    def values(self) -> list[dict[str, Any]]:
        """The rows of a case, empty ones left out; what cannot be read is told at its control."""
        found = []
        for row in self.rows:
            if row.is_blank:
                continue
            said = {one.name.rpartition(".")[2]: one.read() for one in row.controls}
            found.append({code: value for code, value in said.items() if value is not None})
        return found

    def _row(self, key: str) -> Row:
        title = _("{label} {rank}").format(label=self.row_label, rank=int(key) + 1 if key.isdecimal() else "").strip()
        return Row(key, title, [of_question(one, f"{self.name}.{key}.{one.code}") for one in self.questions])


def asks_for_rows(asked: Iterable[object], given: QueryDict) -> bool:
    """Whether a button to add or take away a row of ours was pressed: nothing is then to be answered yet."""
    names = {one.name for one in asked if isinstance(one, Rows)}
    return given.get("add") in names or given.get("row-act", "").partition(" ")[2].rpartition(" ")[0] in names


def _keys(given: QueryDict, name: str) -> list[str]:
    """The keys of the rows that were sent, in their order."""
    heads = (one.removeprefix(f"{name}.").partition(".")[0] for one in given if one.startswith(f"{name}."))
    return list(dict.fromkeys(head for head in heads if ROW.match(head) and head != "__ROW__"))
