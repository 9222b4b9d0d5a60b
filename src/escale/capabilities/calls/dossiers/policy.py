"""The life of a dossier until it is handed to instruction: who fills it, who signs, who reads.

Addresses, each act's name being its last word:
``/dossiers/`` list · ``create`` · ``<number>/`` tasks · ``<number>/<section>/`` and its ``save`` ·
``<number>/answer`` (one answer) · ``<number>/pieces/<code>`` · ``<number>/depot/`` and ``submit`` ·
``<number>/recu``, ``recu.pdf``, ``copie.pdf`` · ``withdraw`` · ``copy`` (a new draft from this one) ·
``adopt`` (the call's newer text) · ``messages/`` and ``write``. ``expire`` belongs to the clock alone.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from escale.rules.policy import Policy, act
from escale.rules.refusal import Refusal
from escale.rules.words import _


class State(StrEnum):
    """Being filled, filed, taken back, left unfinished for too long."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Hat(StrEnum):
    """Roles relative to one dossier. An officer has none on a draft: it belongs to the applicant alone."""

    SIGNATORY = "signatory"
    EDITOR = "editor"
    READER = "reader"
    OFFICER = "officer"
    CLOCK = "clock"


#: Role in the organisation → hat on its dossiers. Who signs is another matter: see ``Dossier.hats_of``.
HAT_OF_ROLE = {"owner": Hat.EDITOR, "editor": Hat.EDITOR, "reader": Hat.READER}
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


def current(thing: Any, at: datetime) -> Refusal | None:
    """The draft answers the text in force: a newer one is adopted first, its differences seen."""
    if thing.edition_id == thing.scheme.edition_id:
        return None
    sentence = _(
        "Le texte de l’appel a changé depuis le début de ce brouillon : voyez ce qui change et reprenez votre "
        "dossier sur le nouveau texte, vos réponses sont gardées."
    )
    return Refusal("edition_changed", sentence)


def newer(thing: Any, at: datetime) -> Refusal | None:
    """There is a newer text to adopt."""
    if thing.edition_id != thing.scheme.edition_id:
        return None
    return Refusal("nothing_newer", _("Ce brouillon répond déjà au texte en vigueur : il n’y a rien à reprendre."))


def overdue(thing: Any, at: datetime) -> Refusal | None:
    """Nobody touched the draft for as long as the call lets it wait: ``thing.expires_at`` tells until when."""
    if at >= thing.expires_at:
        return None
    return Refusal("too_early", _("Ce brouillon peut encore attendre."))


DOSSIER = Policy(
    "dossier",
    State,
    State.DRAFT,
    [
        act("read", {*_APPLICANT, Hat.OFFICER}, State),
        act("edit", _WRITERS, {State.DRAFT}),
        act("import", _WRITERS, {State.DRAFT}),
        act("attach", _WRITERS, {State.DRAFT}),
        act("adopt", _WRITERS, {State.DRAFT}, newer),
        act("submit", {Hat.SIGNATORY}, {State.DRAFT}, State.SUBMITTED, current, in_time, complete),
        act("withdraw", {Hat.SIGNATORY}, {State.SUBMITTED}, State.WITHDRAWN),
        act("write", {*_WRITERS, Hat.OFFICER}, FILED),
        act("copy", _WRITERS, State),
        act("expire", {Hat.CLOCK}, {State.DRAFT}, State.EXPIRED, overdue),
    ],
)
