"""The table of acts: who may do what, in which states, leading where, under which checks.

A transition is an act with a destination; a permission is an act without. States, buttons, journal,
documentation and tests all follow from one ``Policy`` per kind of thing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from escale.rules.refusal import Refusal
from escale.rules.words import _

type Check = Callable[[Any, datetime], Refusal | None]


@dataclass(frozen=True)
class Act:
    """One row of the table. ``to`` is None when the act leaves the state as it is."""

    name: str
    hats: frozenset[StrEnum]
    states: frozenset[StrEnum]
    to: StrEnum | None = None
    checks: tuple[Check, ...] = ()


def act(
    name: str,
    hats: Iterable[StrEnum],
    states: Iterable[StrEnum],
    to: StrEnum | Check | None = None,
    *checks: Check,
) -> Act:
    """One row: ``act("submit", {Hat.SIGNATORY}, {State.DRAFT}, State.SUBMITTED, complete, in_time)``.

    The destination may be left out: what follows the states is then a check.
    """
    if to is None or isinstance(to, StrEnum):
        return Act(name, frozenset(hats), frozenset(states), to, checks)
    return Act(name, frozenset(hats), frozenset(states), None, (to, *checks))


@dataclass(frozen=True)
class Verdict:
    """The answer of the table: allowed, or not, and always why."""

    allowed: bool
    has_hat: bool = True
    refusal: Refusal | None = None

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class Wording:
    """The words of one kind of thing: its name, its states, its acts (verbs for buttons).

    ``thing`` carries its article ("le dossier"). Values are French sources or lazy translations.
    """

    thing: Any
    states: Mapping[Any, Any]
    acts: Mapping[str, Any]
    refusals: Mapping[str, Any] = field(default_factory=dict)


class Policy:
    """The life of one kind of thing.

    ``thing`` is its English singular (the ``thing`` of ``escale acts``), ``states`` its StrEnum,
    ``initial`` where it is born. Act names are unique.
    """

    def __init__(self, thing: str, states: type[StrEnum], initial: StrEnum, acts: Iterable[Act]) -> None:
        self.thing = thing
        self.states = states
        self.initial = initial
        self.acts = {row.name: row for row in acts}

    def __getitem__(self, name: str) -> Act:
        return self.acts[name]

    def verdict(
        self, name: str, *, hats: Iterable[StrEnum], thing: Any, at: datetime, words: Wording | None = None
    ) -> Verdict:
        """Whether someone wearing ``hats`` may do ``name`` to ``thing`` (which has ``.state``) at ``at``."""
        row = self.acts[name]
        if not any(hat in row.hats for hat in hats):  # the first that fits: the next may cost a query
            return Verdict(False, has_hat=False, refusal=Refusal("no_hat", self._no_hat(words)))
        if self.states(thing.state) not in row.states:
            return Verdict(False, refusal=Refusal("wrong_state", self._wrong_state(row, thing, words)))
        for check in row.checks:
            if refusal := check(thing, at):
                return Verdict(False, refusal=refusal)
        return Verdict(True)

    def open_to(self, *, hats: Iterable[StrEnum], state: str) -> list[Act]:
        """The acts that these hats allow in this state, before their checks, in the table's order."""
        worn = frozenset(hats)
        return [row for row in self.acts.values() if row.hats & worn and self.states(state) in row.states]

    def states_for(self, name: str, hats: Iterable[StrEnum]) -> frozenset[StrEnum]:
        """The states in which these hats may do ``name``: what ``visible_to`` is written from."""
        row = self.acts[name]
        return row.states if row.hats & frozenset(hats) else frozenset()

    def _no_hat(self, words: Wording | None) -> str:
        thing = words.thing if words else self.thing
        return _("Votre rôle ne permet pas cette action sur {thing}.").format(thing=thing)

    def _wrong_state(self, row: Act, thing: Any, words: Wording | None) -> str:
        if words is None:
            return f"{self.thing}: {row.name} is not possible in state {thing.state}"
        if row.name in words.refusals:
            return str(words.refusals[row.name])
        return _("« {act} » n’est plus possible : {thing} est à l’état « {state} ».").format(
            act=words.acts[row.name], thing=words.thing, state=words.states[self.states(thing.state)]
        )
