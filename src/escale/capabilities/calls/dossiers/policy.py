"""The life of a dossier: who fills and signs it, who examines, who decides, what the clock does by itself.

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
    """Being filled, filed, whole, examined, the committee's opinion given, the assembly's vote known, told;
    taken back; ended without award; left unfinished for too long.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    COMPLETE = "complete"
    EXAMINED = "examined"
    ADVISED = "advised"
    VOTED = "voted"
    NOTIFIED = "notified"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CLOSED = "closed"


class Hat(StrEnum):
    """Roles relative to one dossier. An officer has none on a draft, which belongs to the applicant alone, but the
    proxy's when the service enters it for who could not.
    """

    SIGNATORY = "signatory"
    EDITOR = "editor"
    READER = "reader"
    OFFICER = "officer"
    PROXY = "proxy"
    LEAD = "lead"
    SECRETARY = "secretary"
    CLOCK = "clock"


#: Role in the organisation → hat on its dossiers. Who signs is another matter: see ``Dossier.hats_of``.
HAT_OF_ROLE = {"owner": Hat.EDITOR, "editor": Hat.EDITOR, "reader": Hat.READER}
#: The states in which officers of the service read.
FILED = frozenset(State) - {State.DRAFT, State.EXPIRED}
#: Before the vote: the request awaits its decision.
AWAITING = frozenset({State.SUBMITTED, State.COMPLETE, State.EXAMINED, State.ADVISED})
#: Where the service still works on the substance.
OPEN = frozenset({State.SUBMITTED, State.COMPLETE})
#: Where reviewers score: the dossier is whole, the committee has not given its opinion.
SCORED = frozenset({State.COMPLETE, State.EXAMINED})
#: Voted, told or not yet.
DECIDED = frozenset({State.VOTED, State.NOTIFIED})
#: Where the assembly's secretary has something to do.
VOTABLE = DECIDED | {State.EXAMINED, State.ADVISED}
_APPLICANT = {Hat.SIGNATORY, Hat.EDITOR, Hat.READER}
_WRITERS = {Hat.SIGNATORY, Hat.EDITOR}
_FILLERS = {*_WRITERS, Hat.PROXY}


def complete(thing: Any, at: datetime) -> Refusal | None:
    """Nothing is missing: ``thing.readiness`` was prepared by who asks."""
    found: Refusal | None = thing.readiness.refusal
    return found


def nothing_asked(thing: Any, at: datetime) -> Refusal | None:
    """No correction is awaited: ``thing.asked`` counts them, prepared by who asks."""
    n = getattr(thing, "asked", 0)
    if not n:
        return None
    sentence = _("Des compléments sont attendus du déposant ({n}) : attendez sa réponse ou annulez la demande.")
    return Refusal("correction_awaited", sentence.format(n=n))


def judged(thing: Any, at: datetime) -> Refusal | None:
    """The examination leaves nothing open: ``thing.unjudged`` says what does, prepared by who asks."""
    found: Refusal | None = getattr(thing, "unjudged", None)
    return found


def may_return(thing: Any, at: datetime) -> Refusal | None:
    """What was voted leaves the door open: ``thing.settled`` says why not, prepared by who asks."""
    found: Refusal | None = getattr(thing, "settled", None)
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
        act("read", {*_APPLICANT, Hat.OFFICER, Hat.PROXY}, State),
        act("edit", _FILLERS, {State.DRAFT}),
        act("import", _FILLERS, {State.DRAFT}),
        act("prefill", _FILLERS, {State.DRAFT}),
        act("comment", _APPLICANT, {State.DRAFT}),
        act("settle", _APPLICANT, {State.DRAFT}),
        act("read-team", _APPLICANT, State),
        act("hand-over", _WRITERS, {State.DRAFT}),
        act("attach", _FILLERS, {State.DRAFT}),
        act("choose-place", _FILLERS, {State.DRAFT}),
        act("adopt", _FILLERS, {State.DRAFT}, newer),
        act("submit", {Hat.SIGNATORY, Hat.PROXY}, {State.DRAFT}, State.SUBMITTED, current, in_time, complete),
        act("write", {*_WRITERS, Hat.OFFICER}, FILED),
        act("copy", _WRITERS, State),
        act("expire", {Hat.CLOCK}, {State.DRAFT}, State.EXPIRED, overdue),
        act("purge", {Hat.CLOCK}, {State.EXPIRED}),
        act("withdraw", {Hat.SIGNATORY}, AWAITING, State.WITHDRAWN),
        # The service's side. What each prepares (judgements, visas) is a thing of its own, above.
        act("instruct", {Hat.OFFICER}, FILED),
        act("assign", {Hat.OFFICER}, AWAITING | {State.VOTED}),
        act("note", {Hat.OFFICER}, FILED),
        act("recuse", {Hat.OFFICER}, FILED),
        act("correct", {Hat.OFFICER}, OPEN),
        act("supply", _WRITERS, OPEN),
        act("seek-opinion", {Hat.OFFICER}, OPEN),
        act("seek-review", {Hat.OFFICER}, SCORED),
        act("judge", {Hat.OFFICER}, OPEN),
        act("fix-amount", {Hat.LEAD}, OPEN),
        act("ask-visa", {Hat.OFFICER}, {State.COMPLETE}),
        act("complete", {Hat.OFFICER}, {State.SUBMITTED}, State.COMPLETE, nothing_asked),
        act("deem-complete", {Hat.CLOCK}, {State.SUBMITTED}, State.COMPLETE),
        act("examine", {Hat.OFFICER}, {State.COMPLETE}, State.EXAMINED, nothing_asked, judged),
        act("resume", {Hat.LEAD}, {State.EXAMINED}, State.COMPLETE),
        # The committee's opinion, then the vote; ``call-up`` brings back who waited or was adjourned.
        act("advise", {Hat.OFFICER, Hat.SECRETARY}, {State.EXAMINED, State.ADVISED}, State.ADVISED),
        act("defer", {Hat.OFFICER, Hat.SECRETARY}, {State.EXAMINED, State.ADVISED}, State.EXAMINED),
        act("vote", {Hat.SECRETARY}, {State.EXAMINED, State.ADVISED}, State.VOTED),
        act("call-up", {Hat.OFFICER, Hat.SECRETARY}, DECIDED, State.ADVISED, may_return),
        act("release", {Hat.OFFICER, Hat.SECRETARY}, DECIDED),
        act("notify", {Hat.OFFICER, Hat.SECRETARY}, {State.VOTED}, State.NOTIFIED),
        act("deem-refused", {Hat.CLOCK}, AWAITING, State.CLOSED),
        act("deem-accepted", {Hat.CLOCK}, AWAITING, State.NOTIFIED),
        act("close", {Hat.LEAD}, AWAITING, State.CLOSED),
        act("reopen", {Hat.LEAD}, {State.CLOSED}, State.COMPLETE),
    ],
)


class PartnershipState(StrEnum):
    """A partner is asked, answers, must answer again after a change, or is out."""

    INVITED = "invited"
    CONFIRMED = "confirmed"
    LAPSED = "lapsed"
    DECLINED = "declined"
    LEFT = "left"
    CANCELLED = "cancelled"


class PartnershipHat(StrEnum):
    """Roles relative to one partnership: who was invited, who fills the dossier, who reads it."""

    PARTNER = "partner"
    LEAD = "lead"
    READER = "reader"


def being_filled(thing: Any, at: datetime) -> Refusal | None:
    """Terms are settled while the dossier is a draft."""
    if thing.dossier.state == State.DRAFT:
        return None
    sentence = _("Le dossier {number} n’est plus un brouillon : ce partenariat ne peut plus changer de termes.")
    return Refusal("dossier_not_draft", sentence.format(number=thing.dossier.number))


def still_asked(thing: Any, at: datetime) -> Refusal | None:
    """The dossier is a draft, or was filed and not taken back: there is something to leave."""
    if thing.dossier.state in (State.WITHDRAWN, State.EXPIRED):
        return Refusal("dossier_over", _("Le dossier n’est plus en cours : il n’y a rien à quitter."))
    return None


PARTNERSHIP = Policy(
    "partnership",
    PartnershipState,
    PartnershipState.INVITED,
    [
        act("read", set(PartnershipHat), PartnershipState),
        act(
            "invite", {PartnershipHat.LEAD}, set(PartnershipState) - {PartnershipState.CONFIRMED},
            PartnershipState.INVITED, being_filled,
        ),
        act(
            "confirm", {PartnershipHat.PARTNER}, {PartnershipState.INVITED, PartnershipState.LAPSED},
            PartnershipState.CONFIRMED, being_filled,
        ),
        act(
            "decline", {PartnershipHat.PARTNER}, {PartnershipState.INVITED, PartnershipState.LAPSED},
            PartnershipState.DECLINED, being_filled,
        ),
        act("leave", {PartnershipHat.PARTNER}, {PartnershipState.CONFIRMED}, PartnershipState.LEFT, still_asked),
        act("change", {PartnershipHat.LEAD}, {PartnershipState.CONFIRMED}, PartnershipState.LAPSED, being_filled),
        act(
            "cancel", {PartnershipHat.LEAD},
            {PartnershipState.INVITED, PartnershipState.CONFIRMED, PartnershipState.LAPSED},
            PartnershipState.CANCELLED, being_filled,
        ),
    ],
)  # fmt: skip
