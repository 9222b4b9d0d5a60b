"""What the screens of one format need to be told besides its description: advice, usual forms, proposals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from escale.foundation.editions.vocabulary import paged
from escale.rules.shape.kinds import Kind
from escale.rules.shape.problem import Step

type Options = list[tuple[str, str]]
#: (kind, steps of the place, tree of the draft) → groups of options; empty when nothing is proposed.
type Suggest = Callable[[Any, list[Step], Any], list[tuple[str, Options]]]


def _nothing(kind: Any, steps: list[Step], tree: Any) -> list[tuple[str, Options]]:
    return []


def _silent(record: str, word: str) -> str:
    return ""


def _never(record: str, word: str) -> bool:
    return False


def _together(record: str, word: str, held: dict[str, Any]) -> bool:
    return False


@dataclass(frozen=True)
class Dialect:
    """How one format is spoken on screens.

    ``advice`` gives the French sentence beside a word of a record, ``rare`` says which words are folded
    away. ``comparisons`` are words of which a form usually holds one: a line chooses it, then its value.
    ``usual`` names, for a kind with several forms, the one that is offered first. ``adding`` is the label of
    the button that adds a row of a kind. ``open`` kinds accept a name that is not proposed. ``tell`` puts
    values of a named kind in words: (value, tree) → sentence. A ``flat`` screen is one page, rows and all.
    ``apart``: the word has no sense beside what the record holds; ``decides``: its choice changes which have.
    """

    advice: Callable[[str, str], str] = _silent
    rare: Callable[[str, str], bool] = _never
    comparisons: tuple[str, ...] = ()
    usual: Mapping[str, str] = field(default_factory=dict)
    adding: Mapping[str, Any] = field(default_factory=dict)
    suggest: Suggest = _nothing
    open: tuple[Kind, ...] = ()
    tell: Mapping[str, Callable[[Any, Any], str]] = field(default_factory=dict)
    flat: bool = False
    apart: Callable[[str, str, dict[str, Any]], bool] = _together
    decides: Callable[[str, str], bool] = _never

    def paged(self, kind: Kind) -> bool:
        """Whether each row of a list of ``kind`` has a page of its own; never on a flat screen."""
        return not self.flat and paged(kind)


PLAIN = Dialect()
