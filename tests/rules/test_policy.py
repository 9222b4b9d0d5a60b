"""The table of acts answers with a reason."""

from datetime import UTC, datetime
from enum import StrEnum
from types import SimpleNamespace

from escale.rules.policy import Policy, act
from escale.rules.refusal import Refusal


class State(StrEnum):
    DRAFT = "draft"
    FILED = "filed"


class Hat(StrEnum):
    OWNER = "owner"
    OFFICER = "officer"


def full(thing, at):
    return None if thing.full else Refusal("not_full", "Il manque une réponse.")


POLICY = Policy(
    "thing",
    State,
    State.DRAFT,
    [
        act("read", {Hat.OWNER}, State),
        act("file", {Hat.OWNER}, {State.DRAFT}, State.FILED, full),
        act("note", {Hat.OFFICER}, State, full),
    ],
)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def ask(name, *, hats, state, complete=True):
    return POLICY.verdict(name, hats=hats, thing=SimpleNamespace(state=state, full=complete), at=AT)


def test_allows_hat_in_state():
    assert ask("file", hats={Hat.OWNER}, state="draft").allowed


def test_no_hat_is_told_apart_from_wrong_state():
    assert not ask("file", hats={Hat.OFFICER}, state="draft").has_hat
    wrong = ask("file", hats={Hat.OWNER}, state="filed")
    assert wrong.has_hat
    assert wrong.refusal.code == "wrong_state"


def test_check_gives_its_reason():
    assert ask("file", hats={Hat.OWNER}, state="draft", complete=False).refusal.code == "not_full"


def test_destination_may_be_left_out():
    assert POLICY["note"].to is None
    assert POLICY["note"].checks == (full,)


def test_open_acts_follow_the_table():
    assert [row.name for row in POLICY.open_to(hats={Hat.OWNER}, state="draft")] == ["read", "file"]
    assert POLICY.states_for("file", {Hat.OWNER}) == {State.DRAFT}
    assert POLICY.states_for("file", {Hat.OFFICER}) == frozenset()
