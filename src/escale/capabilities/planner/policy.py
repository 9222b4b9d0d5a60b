"""The life of a scenario: who asks, who may see it before the vote, who makes it public.

Addresses, each act's name being its last word: ``/couverture/`` (public: who has a place nearby) and its downloads ·
``/couverture/<commune>/`` · ``/planification/`` list · ``create`` · ``<number>/`` result · ``<number>/pourquoi/`` ·
``progress``, ``plan.json``, ``sites.csv``, ``sites.geojson``, ``memo.pdf`` · ``run``, ``stop``, ``rename``, ``share``,
``publish``, ``take-back``, ``archive`` · ``/planification/compare/``.

Whether a scenario is being computed is no state of it: each computation is a run of its own.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from escale.rules.policy import Policy, act
from escale.rules.refusal import Refusal
from escale.rules.words import _


class State(StrEnum):
    """Whose eyes it is for."""

    PRIVATE = "private"
    SHARED = "shared"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Hat(StrEnum):
    """Roles relative to one scenario. The Region's people have one only once it is shared with them."""

    AUTHOR = "author"
    LEAD = "lead"
    REGION = "region"


def computed(thing: Any, at: datetime) -> Refusal | None:
    """There is a result to show."""
    if thing.has_result:
        return None
    return Refusal("no_result", _("Ce scénario n’a pas encore de résultat : attendez la fin du calcul."))


def of_no_committee(thing: Any, at: datetime) -> Refusal | None:
    """A committee's dossiers are not shown to whoever may have an interest in one of them."""
    if thing.question.get("goal") != "dossiers":
        return None
    sentence = _("Ce calcul porte sur les dossiers d’un comité : il ne se partage pas et ne se publie pas.")
    return Refusal("of_a_committee", sentence)


def idle(thing: Any, at: datetime) -> Refusal | None:
    """Nothing is being computed."""
    if not thing.is_computing:
        return None
    return Refusal("computing", _("Un calcul est déjà en cours : attendez sa fin, ou arrêtez-le."))


def computing(thing: Any, at: datetime) -> Refusal | None:
    """Something is being computed."""
    if thing.is_computing:
        return None
    return Refusal("not_computing", _("Aucun calcul n’est en cours : il n’y a rien à arrêter."))


#: The states in which the Region's people read; in the last one everybody does.
SHOWN = frozenset({State.SHARED, State.PUBLISHED})
_ALIVE = {State.PRIVATE, State.SHARED, State.PUBLISHED}

SCENARIO = Policy(
    "scenario",
    State,
    State.PRIVATE,
    [
        act("read", set(Hat), State),
        act("run", {Hat.AUTHOR}, {State.PRIVATE, State.SHARED}, idle),
        act("stop", {Hat.AUTHOR, Hat.LEAD}, _ALIVE, computing),
        act("rename", {Hat.AUTHOR}, _ALIVE),
        act("share", {Hat.AUTHOR}, {State.PRIVATE}, State.SHARED, of_no_committee, computed),
        act("publish", {Hat.LEAD}, {State.SHARED}, State.PUBLISHED, of_no_committee, computed),
        act("take-back", {Hat.AUTHOR, Hat.LEAD}, {State.SHARED, State.PUBLISHED}, State.PRIVATE),
        act("archive", {Hat.AUTHOR, Hat.LEAD}, _ALIVE, State.ARCHIVED, idle),
    ],
)
