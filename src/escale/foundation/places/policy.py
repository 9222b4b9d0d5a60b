"""Who may do what to a place. The public reads what is listed; its people and the Region write."""

from enum import StrEnum

from escale.rules.policy import Policy, act


class State(StrEnum):
    """A place is being described, listed, closed for good, or merged into another."""

    DRAFT = "draft"
    LISTED = "listed"
    CLOSED = "closed"
    MERGED = "merged"


class Hat(StrEnum):
    """Roles relative to one place: ``steward`` keeps its page, ``officer`` works for the Region."""

    STEWARD = "steward"
    OFFICER = "officer"
    CLOCK = "clock"


_WRITERS = {Hat.STEWARD, Hat.OFFICER}
_LIVING = {State.DRAFT, State.LISTED}

PLACE = Policy(
    "place",
    State,
    State.DRAFT,
    [
        act("read", _WRITERS, State),
        act("edit", _WRITERS, _LIVING),
        act("publish", {*_WRITERS, Hat.CLOCK}, {State.DRAFT}, State.LISTED),
        act("set-hours", _WRITERS, _LIVING),
        act("close-days", _WRITERS, _LIVING),
        act("reopen-days", _WRITERS, _LIVING),
        act("furnish", _WRITERS, _LIVING),
        act("price", _WRITERS, _LIVING),
        act("name-people", _WRITERS, _LIVING),
        act("add-photo", _WRITERS, _LIVING),
        act("remove-photo", _WRITERS, _LIVING),
        act("confirm", _WRITERS, _LIVING),
        act("move", _WRITERS, _LIVING),
        act("carry", _WRITERS, _LIVING),
        act("import", {Hat.OFFICER, Hat.CLOCK}, _LIVING),
        act("remind", {Hat.CLOCK}, {State.LISTED}),
        act("stand", {Hat.OFFICER, Hat.CLOCK}, State),
        act("entrust", {Hat.OFFICER}, _LIVING),
        act("close", _WRITERS, {State.LISTED}, State.CLOSED),
        act("reopen", {Hat.OFFICER}, {State.CLOSED}, State.LISTED),
        act("merge", {Hat.OFFICER}, {State.DRAFT, State.LISTED, State.CLOSED}, State.MERGED),
    ],
)
