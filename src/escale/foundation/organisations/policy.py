"""Who may do what to an organisation and to an invitation."""

from enum import StrEnum

from escale.rules.policy import Policy, act


class State(StrEnum):
    """An organisation is active, or closed: its dossiers remain."""

    ACTIVE = "active"
    CLOSED = "closed"


class Hat(StrEnum):
    """Roles relative to one organisation."""

    OWNER = "owner"
    EDITOR = "editor"
    READER = "reader"
    ADMINISTRATOR = "administrator"


_MEMBERS = {Hat.OWNER, Hat.EDITOR, Hat.READER}
_WRITERS = {Hat.OWNER, Hat.EDITOR}

ORGANISATION = Policy(
    "organisation",
    State,
    State.ACTIVE,
    [
        act("read", {*_MEMBERS, Hat.ADMINISTRATOR}, State),
        act("edit", _WRITERS, {State.ACTIVE}),
        act("invite", {Hat.OWNER}, {State.ACTIVE}),
        act("change-role", {Hat.OWNER}, {State.ACTIVE}),
        act("remove-member", {Hat.OWNER}, {State.ACTIVE}),
        act("leave", _MEMBERS, State),
        act("set-bank", {Hat.OWNER}, {State.ACTIVE}),
        act("add-document", _WRITERS, {State.ACTIVE}),
        act("link", _WRITERS, {State.ACTIVE}),
        act("unlink", _WRITERS, {State.ACTIVE}),
        act("replace-owner", {Hat.ADMINISTRATOR}, {State.ACTIVE}),
        act("close", {Hat.ADMINISTRATOR}, {State.ACTIVE}, State.CLOSED),
    ],
)


class InvitationState(StrEnum):
    """An invitation waits, or was answered."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class InvitationHat(StrEnum):
    """Roles relative to one invitation."""

    INVITED = "invited"
    OWNER = "owner"
    CLOCK = "clock"


INVITATION = Policy(
    "invitation",
    InvitationState,
    InvitationState.PENDING,
    [
        act("read", {InvitationHat.INVITED, InvitationHat.OWNER}, InvitationState),
        act("accept", {InvitationHat.INVITED}, {InvitationState.PENDING}, InvitationState.ACCEPTED),
        act("decline", {InvitationHat.INVITED}, {InvitationState.PENDING}, InvitationState.DECLINED),
        act("withdraw", {InvitationHat.OWNER}, {InvitationState.PENDING}, InvitationState.WITHDRAWN),
        act("expire", {InvitationHat.CLOCK}, {InvitationState.PENDING}, InvitationState.EXPIRED),
    ],
)
