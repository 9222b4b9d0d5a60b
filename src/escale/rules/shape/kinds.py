"""What a format is made of: fields in records, lists, and forms chosen by their first word.

A description is data. Readers, the JSON Schema, the reference and the screens walk it; nothing else knows
the format. Labels are French sources, marked for translation where they are shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from escale.rules.shape.problem import Problem
from escale.rules.shape.scalar import Scalar

type Kind = Scalar | Record | ListOf | OneOf | MapOf | Later
type RecordCheck = Callable[[dict[str, Any]], list[Problem]]


@dataclass(frozen=True)
class Field:
    """One word of a record: ``label`` and ``help`` for people, ``example`` as written in a file.

    ``default`` is what an absent word means, as written; None: nothing.
    """

    name: str
    kind: "Kind"
    label: str
    help: str = ""
    required: bool = False
    default: str | None = None
    example: str = ""


@dataclass(frozen=True)
class Record:
    """A map with known words. ``checks`` see the canonical map once its words are right."""

    name: str
    label: str
    fields: tuple[Field, ...]
    checks: tuple[RecordCheck, ...] = ()
    help: str = ""

    def get(self, name: str) -> Field | None:
        """The field of that name."""
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True)
class ListOf:
    """A list; ``unique`` names the word whose values may not be repeated among the items."""

    item: "Kind"
    least: int = 0
    most: int = 400
    unique: str = ""


@dataclass(frozen=True)
class OneOf:
    """A map in one of several forms, told apart by the word that each alone has (its ``marks``)."""

    name: str
    label: str
    forms: tuple[tuple[str, Record], ...]
    help: str = ""


@dataclass(frozen=True)
class MapOf:
    """A map of free words, each a code, whose values are all of one kind."""

    value: "Kind"
    most: int = 400


@dataclass
class Later:
    """Stands for a kind that is described further down: formats may hold themselves."""

    name: str
    target: "Kind | None" = field(default=None, repr=False)

    def __call__(self) -> "Kind":
        if self.target is None:
            raise LookupError(f"{self.name} was never described")
        return self.target


def resolved(kind: "Kind") -> "Scalar | Record | ListOf | OneOf | MapOf":
    """The kind itself, behind any ``Later``."""
    while isinstance(kind, Later):
        kind = kind()
    return kind
