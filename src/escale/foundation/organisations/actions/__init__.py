"""Writes: the sheet of an organisation, who acts for it, the Region's own people."""

from escale.foundation.organisations.actions.members import (
    accept,
    answer,
    change_role,
    expire_due,
    invite,
    leave,
    name_representative,
    remove_member,
    replace_owner,
)
from escale.foundation.organisations.actions.region import (
    create_person,
    create_service,
    edit_person,
    edit_service,
    end_mandate,
    give_mandate,
    region,
    set_zone,
)
from escale.foundation.organisations.actions.retention import forget_invitations, let_go, purge, purge_due
from escale.foundation.organisations.actions.sheet import close, create, edit, link, set_bank, unlink

__all__ = [
    "accept",
    "answer",
    "change_role",
    "close",
    "create",
    "create_person",
    "create_service",
    "edit",
    "edit_person",
    "edit_service",
    "end_mandate",
    "expire_due",
    "forget_invitations",
    "give_mandate",
    "invite",
    "leave",
    "let_go",
    "link",
    "name_representative",
    "purge",
    "purge_due",
    "region",
    "remove_member",
    "replace_owner",
    "set_bank",
    "set_zone",
    "unlink",
]
