"""The life of a referential and of a label granted to a place.

Addresses, each act's name being its last word: ``/label/`` (public) · ``/label/<key>/`` the commitments ·
``/label/<key>/lieux/<slug>/`` self-diagnosis (the place's people, the Region) and ``grant`` · ``/label/suivi/`` the
Region's board · ``/label/visites/<number>/`` a visit and ``move``, ``note``, ``add-photo``, ``remove-photo``, ``report``,
``cancel``, ``comment`` · ``/label/attributions/<number>/`` one label and ``sign-charter``, ``warn``, ``answer``, ``suspend``,
``restore``, ``withdraw``, ``invite``, ``ask-renewal``, ``renew``, ``plan-steps``, ``finish-step``, ``report-year``,
``give-up`` · ``/verifier/<code>/`` what anyone may check.

A label is never taken by the clock: its validity ends by its own date, a watch only alerts.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from escale.rules.figures import shown_instant
from escale.rules.policy import Policy, act
from escale.rules.refusal import Refusal
from escale.rules.words import _


class ReferentialState(StrEnum):
    """Written, in force, put away (labels granted under it keep it)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class ReferentialHat(StrEnum):
    """Roles relative to a referential; ``operator`` is whoever runs the command."""

    VISITOR = "visitor"
    OFFICER = "officer"
    LEAD = "lead"
    OPERATOR = "operator"


REFERENTIAL = Policy(
    "referential",
    ReferentialState,
    ReferentialState.DRAFT,
    [
        act("read", set(ReferentialHat), ReferentialState),
        act("prepare", {ReferentialHat.OFFICER, ReferentialHat.LEAD}, ReferentialState),
        act("edit", {ReferentialHat.OFFICER, ReferentialHat.LEAD}, ReferentialState),
        act("publish", {ReferentialHat.LEAD, ReferentialHat.OPERATOR}, ReferentialState, ReferentialState.PUBLISHED),
        act("grant", {ReferentialHat.LEAD, ReferentialHat.OPERATOR}, {ReferentialState.PUBLISHED}),
        act("plan-visit", {ReferentialHat.OFFICER, ReferentialHat.LEAD}, {ReferentialState.PUBLISHED}),
        act("archive", {ReferentialHat.LEAD}, {ReferentialState.PUBLISHED}, ReferentialState.ARCHIVED),
    ],
)


class State(StrEnum):
    """Held (until its date), held back by an act, taken away by an act, given back by the place; over, once its date
    has passed and the journal says so: what it is worth never waits for that line.
    """

    HELD = "held"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    GIVEN_UP = "given_up"
    LAPSED = "lapsed"


class Hat(StrEnum):
    """Roles relative to one label granted; ``clock`` is the site itself, when a recorded vote says so."""

    STEWARD = "steward"
    OFFICER = "officer"
    LEAD = "lead"
    CLOCK = "clock"


def heard(thing: Any, at: datetime) -> Refusal | None:
    """The place was told why and had until a date to answer, or has answered."""
    if thing.answer_by is None:
        sentence = _("Prévenez d’abord le lieu : motifs et date pour répondre. Rien ne prend effet sans cela.")
        return Refusal("not_warned", sentence)
    if at < thing.answer_by and not thing.answer:
        sentence = _("Le lieu peut répondre jusqu’au {when} : attendez sa réponse ou cette date.")
        return Refusal("too_early", sentence.format(when=shown_instant(thing.answer_by)))
    return None


def over(thing: Any, at: datetime) -> Refusal | None:
    """The date has passed."""
    return None if at >= thing.until else Refusal("too_early", _("Ce label est encore en cours de validité."))


def renewable(thing: Any, at: datetime) -> Refusal | None:
    """The referential's window is open: ``thing.window`` (first instant, last instant), prepared by who asks."""
    window = getattr(thing, "window", None)
    if window is None:
        return None
    opens, closes = window
    if at < opens:
        sentence = _("Le renouvellement se demande à partir du {when}.")
        return Refusal("not_open", sentence.format(when=shown_instant(opens)))
    if at >= closes:
        sentence = _("Le renouvellement se demandait avant le {when} : appelez le service de la Région.")
        return Refusal("late", sentence.format(when=shown_instant(closes)))
    return None


def unsigned(thing: Any, at: datetime) -> Refusal | None:
    """The charter was not signed yet."""
    if thing.signed_at is None:
        return None
    return Refusal("signed", _("La charte est déjà signée."))


_ALIVE = {State.HELD, State.SUSPENDED}

LABEL = Policy(
    "label",
    State,
    State.HELD,
    [
        act("read", set(Hat), State),
        act("sign-charter", {Hat.STEWARD}, _ALIVE, unsigned),
        act("warn", {Hat.OFFICER, Hat.LEAD}, _ALIVE),
        act("answer", {Hat.STEWARD}, _ALIVE),
        act("suspend", {Hat.LEAD}, {State.HELD}, State.SUSPENDED, heard),
        act("restore", {Hat.LEAD}, {State.SUSPENDED}, State.HELD),
        act("withdraw", {Hat.LEAD}, _ALIVE, State.WITHDRAWN, heard),
        act("invite", {Hat.OFFICER, Hat.LEAD}, {State.HELD}),
        act("ask-renewal", {Hat.STEWARD}, {State.HELD}, renewable),
        act("renew", {Hat.LEAD, Hat.CLOCK}, {State.HELD}),
        act("plan-steps", {Hat.OFFICER, Hat.LEAD}, _ALIVE),
        act("finish-step", {Hat.STEWARD}, _ALIVE),
        act("report-year", {Hat.STEWARD}, _ALIVE),
        act("lapse", {Hat.CLOCK}, _ALIVE, State.LAPSED, over),
        act("give-up", {Hat.STEWARD}, _ALIVE, State.GIVEN_UP),
    ],
)


class VisitState(StrEnum):
    """A day is set; the report is there; it will not be made."""

    PLANNED = "planned"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class VisitHat(StrEnum):
    """Roles relative to one visit: who goes there, the place's people, the Region's."""

    VISITOR = "visitor"
    STEWARD = "steward"
    OFFICER = "officer"


def seen_through(thing: Any, at: datetime) -> Refusal | None:
    """The report says all that is asked of a visitor: ``thing.unseen`` tells what is left, prepared by who asks."""
    left: list[str] = getattr(thing, "unseen", [])
    if not left:
        return None
    sentence = _("Le rapport n’est pas complet : {what}")
    return Refusal("not_seen", sentence.format(what=" ; ".join(left)))


_PLANNED = {VisitState.PLANNED}

VISIT = Policy(
    "visit",
    VisitState,
    VisitState.PLANNED,
    [
        act("read", set(VisitHat), VisitState),
        act("move", {VisitHat.OFFICER, VisitHat.VISITOR}, _PLANNED),
        act("note", {VisitHat.VISITOR}, _PLANNED),
        act("add-photo", {VisitHat.VISITOR}, _PLANNED),
        act("remove-photo", {VisitHat.VISITOR}, _PLANNED),
        act("report", {VisitHat.VISITOR}, _PLANNED, VisitState.REPORTED, seen_through),
        act("cancel", {VisitHat.OFFICER}, _PLANNED, VisitState.CANCELLED),
        act("comment", {VisitHat.STEWARD}, {VisitState.REPORTED}),
    ],
)
