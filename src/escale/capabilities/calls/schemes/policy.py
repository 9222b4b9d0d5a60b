"""The life of a scheme, and of a question asked about it.

Whether a call is coming, open or past is computed from its calendar, not a state.
"""

from enum import StrEnum

from escale.rules.policy import Policy, act


class State(StrEnum):
    """Written, seen by a second person, shown, held back by an act, put away."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    ARCHIVED = "archived"


class Hat(StrEnum):
    """Roles relative to one scheme."""

    VISITOR = "visitor"
    OFFICER = "officer"
    LEAD = "lead"
    OPERATOR = "operator"


_SERVICE = {Hat.OFFICER, Hat.LEAD, Hat.OPERATOR}
_LEADS = {Hat.LEAD, Hat.OPERATOR}
_SHOWN = {State.PUBLISHED, State.SUSPENDED}
_LIVING = {State.DRAFT, State.IN_REVIEW, *_SHOWN}

SCHEME = Policy(
    "scheme",
    State,
    State.DRAFT,
    [
        act("read", {Hat.VISITOR}, _SHOWN),
        act("prepare", _SERVICE, State),
        act("edit", _SERVICE, {State.DRAFT, State.PUBLISHED, State.SUSPENDED}),
        act("submit-for-review", _SERVICE, {State.DRAFT}, State.IN_REVIEW),
        act("send-back", _SERVICE, {State.IN_REVIEW}, State.DRAFT),
        act("publish", _LEADS, {State.DRAFT, State.IN_REVIEW, State.PUBLISHED}, State.PUBLISHED),
        # A suspended call stays suspended when its text is replaced: only resuming opens it again (decision 0020).
        act("replace", _LEADS, {State.SUSPENDED}),
        act("prolong", _LEADS, _SHOWN),
        act("close-early", _LEADS, _SHOWN),
        act("correct", _LEADS, _SHOWN),
        act("change-envelope", _LEADS, _SHOWN),
        act("suspend", _LEADS, {State.PUBLISHED}, State.SUSPENDED),
        act("resume", _LEADS, {State.SUSPENDED}, State.PUBLISHED),
        act("archive", _LEADS, {State.DRAFT, *_SHOWN}, State.ARCHIVED),
        act("share-preview", _SERVICE, _LIVING),
        act("revoke-preview", _SERVICE, _LIVING),
        act("attach", _SERVICE, _LIVING),
        act("detach", _SERVICE, _LIVING),
        act("keep-case", _SERVICE, _LIVING),
        act("drop-case", _SERVICE, _LIVING),
    ],
)


class QuestionState(StrEnum):
    """Written by someone whose address is not proved, asked, answered for all, set aside with a reason."""

    UNCONFIRMED = "unconfirmed"
    ASKED = "asked"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"


class QuestionHat(StrEnum):
    """Roles relative to one question. The asker has no account: a link of their mail speaks for them."""

    VISITOR = "visitor"
    ASKER = "asker"
    OFFICER = "officer"


QUESTION = Policy(
    "call_question",
    QuestionState,
    QuestionState.UNCONFIRMED,
    [
        act("read", {QuestionHat.VISITOR}, {QuestionState.ANSWERED}),
        act("handle", {QuestionHat.OFFICER}, {QuestionState.ASKED, QuestionState.ANSWERED, QuestionState.SET_ASIDE}),
        act("confirm", {QuestionHat.ASKER}, {QuestionState.UNCONFIRMED}, QuestionState.ASKED),
        act("answer", {QuestionHat.OFFICER}, {QuestionState.ASKED, QuestionState.ANSWERED}, QuestionState.ANSWERED),
        act("set-aside", {QuestionHat.OFFICER}, {QuestionState.ASKED}, QuestionState.SET_ASIDE),
    ],
)
