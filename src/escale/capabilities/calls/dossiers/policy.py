"""The life of a dossier until it is handed to instruction: who fills it, who signs, who reads.

Addresses, each act's name being its last word:
``/dossiers/`` list · ``create`` · ``<number>/`` tasks · ``<number>/<section>/`` and its ``save`` ·
``<number>/answer`` (one answer) · ``<number>/pieces/<code>`` · ``<number>/depot/`` and ``submit`` ·
``<number>/recu``, ``recu.pdf``, ``copie.pdf`` · ``withdraw``.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from escale.rules.policy import Policy, act
from escale.rules.refusal import Refusal


class State(StrEnum):
    """Being filled, filed, taken back."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Hat(StrEnum):
    """Roles relative to one dossier. An officer has none on a draft: it belongs to the applicant alone."""

    SIGNATORY = "signatory"
    EDITOR = "editor"
    READER = "reader"
    OFFICER = "officer"


#: Role in the organisation → hat on its dossiers.
HAT_OF_ROLE = {"owner": Hat.SIGNATORY, "editor": Hat.EDITOR, "reader": Hat.READER}
#: The states in which officers of the service read.
FILED = frozenset({State.SUBMITTED, State.WITHDRAWN})
_APPLICANT = {Hat.SIGNATORY, Hat.EDITOR, Hat.READER}
_WRITERS = {Hat.SIGNATORY, Hat.EDITOR}


def complete(thing: Any, at: datetime) -> Refusal | None:
    """Nothing is missing: ``thing.readiness`` was prepared by who asks."""
    found: Refusal | None = thing.readiness.refusal
    return found


def in_time(thing: Any, at: datetime) -> Refusal | None:
    """The request reached the site in time, or goes to the next wave when the calendar says so."""
    filing = thing.readiness.answer["filing"]
    return None if filing["accepted"] else Refusal(filing["code"] or "late", filing["reason"])


DOSSIER = Policy(
    "dossier",
    State,
    State.DRAFT,
    [
        act("read", {*_APPLICANT, Hat.OFFICER}, State),
        act("edit", _WRITERS, {State.DRAFT}),
        act("attach", _WRITERS, {State.DRAFT}),
        act("submit", {Hat.SIGNATORY}, {State.DRAFT}, State.SUBMITTED, in_time, complete),
        act("withdraw", {Hat.SIGNATORY}, {State.SUBMITTED}, State.WITHDRAWN),
    ],
)
