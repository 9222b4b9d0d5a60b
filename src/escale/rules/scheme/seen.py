"""What a condition is once compiled: its truth alone, or its truth with its sentence and figures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from escale.rules.scheme.facts import Facts


@dataclass(frozen=True)
class Seen:
    """The outcome of a condition: its truth (None: unknown), its sentence, its figures."""

    truth: bool | None
    message: str
    figures: dict[str, Any] = field(default_factory=dict)


type Holds = Callable[[Facts], bool | None]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition made ready: ``holds`` gives its truth alone, a call also says why, with the figures."""

    holds: Holds
    tell: Callable[[Facts], Seen]

    def __call__(self, facts: Facts) -> Seen:
        return self.tell(facts)
