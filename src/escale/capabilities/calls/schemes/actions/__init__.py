"""Writes of schemes and of what stands around them: each act one function, each function one transaction."""

from escale.capabilities.calls.schemes.actions.amending import amend, change
from escale.capabilities.calls.schemes.actions.publishing import (
    KIND,
    begin,
    move,
    publish,
    publish_draft,
    publishing_act,
    read,
    save,
    why_not_publish,
)
from escale.capabilities.calls.schemes.actions.sampling import drop_case, keep_case
from escale.capabilities.calls.schemes.actions.sharing import digest, revoke_preview, share_preview

__all__ = [
    "KIND",
    "amend",
    "begin",
    "change",
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
    "why_not_publish",
]
