"""Writes of schemes and of what stands around them: each act one function, each function one transaction."""

from escale.capabilities.calls.schemes.actions import asking, subscribing
from escale.capabilities.calls.schemes.actions.amending import amend, change
from escale.capabilities.calls.schemes.actions.attaching import attach, detach
from escale.capabilities.calls.schemes.actions.publishing import (
    KIND,
    begin,
    move,
    publish,
    publish_draft,
    publishing_act,
    read,
    save,
    undo,
    why_not_publish,
)
from escale.capabilities.calls.schemes.actions.sampling import drop_case, keep_case
from escale.capabilities.calls.schemes.actions.sharing import digest, revoke_preview, share_preview

__all__ = [
    "KIND",
    "amend",
    "asking",
    "attach",
    "begin",
    "change",
    "detach",
    "digest",
    "drop_case",
    "keep_case",
    "move",
    "publish",
    "publish_draft",
    "publishing_act",
    "read",
    "revoke_preview",
    "save",
    "share_preview",
    "subscribing",
    "undo",
    "why_not_publish",
]
