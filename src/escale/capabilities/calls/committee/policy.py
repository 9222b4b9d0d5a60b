"""The life of a sitting of the committee, which gives opinions, and of a vote of the assembly, which decides.

Addresses, each act's name being its last word: ``/comites/`` list, ``create`` · ``/comites/<number>/`` and its acts ·
``classement/`` ranking and envelopes · ``seance/`` the shared screen · ``ecran/`` the projector · ``/deliberations/``
list, ``create`` · ``/deliberations/<number>/`` and its acts.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from escale.rules.policy import Check, Policy, act
from escale.rules.refusal import Refusal


class SittingState(StrEnum):
    """Being prepared; its members were called; in session; over, its minutes kept; will not be held."""

    PREPARED = "prepared"
    CONVENED = "convened"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class SittingHat(StrEnum):
    """Roles relative to one sitting: the service that holds it, the assembly's secretary, who sits."""

    OFFICER = "officer"
    SECRETARY = "secretary"
    MEMBER = "member"


_HOLDS = {SittingHat.OFFICER, SittingHat.SECRETARY}
_BEFORE = {SittingState.PREPARED, SittingState.CONVENED}
_LIVE = _BEFORE | {SittingState.OPEN}
#: What members see of a sitting.
SHOWN = frozenset({SittingState.CONVENED, SittingState.OPEN, SittingState.CLOSED})


def found(name: str) -> Check:
    """A check whose answer was prepared on the thing by who asks, as ``thing.<name>``: a refusal or None."""

    def prepared(thing: Any, at: datetime) -> Refusal | None:
        refusal: Refusal | None = getattr(thing, name, None)
        return refusal

    return prepared


SITTING = Policy(
    "sitting",
    SittingState,
    SittingState.PREPARED,
    [
        act("read", set(SittingHat), SittingState),
        act("hold", _HOLDS, SittingState),
        act("edit", _HOLDS, _BEFORE),
        act("seat", _HOLDS, _LIVE),
        act("unseat", _HOLDS, _BEFORE),
        act("add", _HOLDS, _LIVE),
        act("remove", _HOLDS, _LIVE),
        act("convene", _HOLDS, _BEFORE, SittingState.CONVENED, found("unready")),
        act("attend", _HOLDS, {SittingState.CONVENED, SittingState.OPEN}),
        act("rank", _HOLDS, _LIVE),
        act("simulate", _HOLDS, _LIVE),
        act("open", _HOLDS, {SittingState.CONVENED}, SittingState.OPEN, found("no_quorum")),
        act("acknowledge", _HOLDS, {SittingState.OPEN}),
        act("show", _HOLDS, {SittingState.OPEN}),
        act("opine", _HOLDS, {SittingState.OPEN}, found("no_quorum"), found("stale")),
        act("recuse", {SittingHat.MEMBER}, {SittingState.CONVENED, SittingState.OPEN}),
        act("close", _HOLDS, {SittingState.OPEN}, SittingState.CLOSED, found("undecided")),
        act("cancel", _HOLDS, _BEFORE, SittingState.CANCELLED),
    ],
)


class VoteState(StrEnum):
    """Its annex being prepared; the act is known and what it decides holds; dropped before it was one."""

    PREPARED = "prepared"
    RECORDED = "recorded"
    DROPPED = "dropped"


class VoteHat(StrEnum):
    """Roles relative to one vote: the service prepares and reads, the assembly's secretary records."""

    OFFICER = "officer"
    SECRETARY = "secretary"


VOTE = Policy(
    "vote",
    VoteState,
    VoteState.PREPARED,
    [
        act("read", set(VoteHat), VoteState),
        act("edit", set(VoteHat), {VoteState.PREPARED}),
        act("fill", set(VoteHat), {VoteState.PREPARED}),
        act("import", set(VoteHat), {VoteState.PREPARED}),
        act("remove", set(VoteHat), {VoteState.PREPARED}),
        act("record", {VoteHat.SECRETARY}, {VoteState.PREPARED}, VoteState.RECORDED, found("blocked")),
        act("release", set(VoteHat), {VoteState.RECORDED}),
        act("drop", set(VoteHat), {VoteState.PREPARED}, VoteState.DROPPED),
    ],
)
