"""Who may do what to an organisation and to an invitation."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from escale.rules.policy import Policy, act
from escale.rules.refusal import Refusal
from escale.rules.words import _


class State(StrEnum):
    """An organisation is active, or closed: its dossiers remain."""

    ACTIVE = "active"
    CLOSED = "closed"


class Hat(StrEnum):
    """Roles relative to one organisation.

    An officer of the Region reads every sheet. A keeper is an officer before an organisation that nobody acts
    for yet (it was written from a paper, or during an outage): the Region keeps its sheet until then.
    """

    OWNER = "owner"
    EDITOR = "editor"
    READER = "reader"
    OFFICER = "officer"
    KEEPER = "keeper"
    ADMINISTRATOR = "administrator"
    CLOCK = "clock"


_MEMBERS = {Hat.OWNER, Hat.EDITOR, Hat.READER}
_WRITERS = {Hat.OWNER, Hat.EDITOR}
_KEEPERS = {*_WRITERS, Hat.KEEPER}

ORGANISATION = Policy(
    "organisation",
    State,
    State.ACTIVE,
    [
        act("read", {*_MEMBERS, Hat.OFFICER, Hat.ADMINISTRATOR}, State),
        act("edit", _KEEPERS, {State.ACTIVE}),
        act("invite", {Hat.OWNER}, {State.ACTIVE}),
        act("change-role", {Hat.OWNER}, {State.ACTIVE}),
        act("remove-member", {Hat.OWNER}, {State.ACTIVE}),
        act("name-representative", {Hat.OWNER}, {State.ACTIVE}),
        act("leave", {*_MEMBERS, Hat.CLOCK}, State),
        act("download", {Hat.OWNER}, State),
        act("set-bank", {Hat.OWNER}, {State.ACTIVE}),
        act("read-documents", {*_MEMBERS, Hat.KEEPER, Hat.ADMINISTRATOR}, State),
        act("add-document", _KEEPERS, {State.ACTIVE}),
        act("remove-document", _KEEPERS, {State.ACTIVE}),
        act("delegate", {Hat.OWNER}, {State.ACTIVE}),
        act("end-delegation", {Hat.OWNER}, {State.ACTIVE}),
        act("link", _KEEPERS, {State.ACTIVE}),
        act("unlink", _KEEPERS, {State.ACTIVE}),
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


def in_time(thing: Any, at: datetime) -> Refusal | None:
    """An invitation is answered before it expires."""
    if at < thing.expires_at:
        return None
    return Refusal("expired", _("Cette invitation a expiré : demandez-en une nouvelle à la personne qui l’a envoyée."))


INVITATION = Policy(
    "invitation",
    InvitationState,
    InvitationState.PENDING,
    [
        act("read", {InvitationHat.INVITED, InvitationHat.OWNER}, InvitationState),
        act("accept", {InvitationHat.INVITED}, {InvitationState.PENDING}, InvitationState.ACCEPTED, in_time),
        act("decline", {InvitationHat.INVITED}, {InvitationState.PENDING}, InvitationState.DECLINED),
        act("withdraw", {InvitationHat.OWNER}, {InvitationState.PENDING}, InvitationState.WITHDRAWN),
        act("expire", {InvitationHat.CLOCK}, {InvitationState.PENDING}, InvitationState.EXPIRED),
    ],
)


class RegionState(StrEnum):
    """The Region is there."""

    OPEN = "open"


class RegionHat(StrEnum):
    """Roles relative to the Region: who administers the site, whoever works for it, its commands."""

    ADMINISTRATOR = "administrator"
    CLOCK = "clock"


_ADMINISTERS = {RegionHat.ADMINISTRATOR, RegionHat.CLOCK}

REGION = Policy(
    "region",
    RegionState,
    RegionState.OPEN,
    [
        act("read", {RegionHat.ADMINISTRATOR}, RegionState),
        act("create-service", _ADMINISTERS, RegionState),
        act("edit-service", _ADMINISTERS, RegionState),
        act("create-person", _ADMINISTERS, RegionState),
        act("edit-person", _ADMINISTERS, RegionState),
        act("give-mandate", _ADMINISTERS, RegionState),
        act("end-mandate", _ADMINISTERS, RegionState),
        act("set-zone", _ADMINISTERS, RegionState),
        act("purge", {RegionHat.CLOCK}, RegionState),
    ],
)
