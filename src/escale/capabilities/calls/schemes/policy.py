"""The life of a scheme. Whether it is coming, open or past is computed from its calendar, not a state."""

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
_SHOWN = {State.PUBLISHED, State.SUSPENDED}

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
        act("publish", {Hat.LEAD, Hat.OPERATOR}, {State.DRAFT, State.IN_REVIEW, *_SHOWN}, State.PUBLISHED),
        act("prolong", {Hat.LEAD, Hat.OPERATOR}, _SHOWN),
        act("close-early", {Hat.LEAD, Hat.OPERATOR}, _SHOWN),
        act("suspend", {Hat.LEAD, Hat.OPERATOR}, {State.PUBLISHED}, State.SUSPENDED),
        act("resume", {Hat.LEAD, Hat.OPERATOR}, {State.SUSPENDED}, State.PUBLISHED),
        act("archive", {Hat.LEAD, Hat.OPERATOR}, {State.DRAFT, *_SHOWN}, State.ARCHIVED),
    ],
)
