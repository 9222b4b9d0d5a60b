"""What the page of a sitting says."""

from datetime import datetime
from typing import Any

from escale.capabilities.calls.committee.forms.sittings import SeatForm
from escale.capabilities.calls.committee.models import Sitting
from escale.capabilities.calls.committee.policy import SITTING
from escale.capabilities.calls.committee.queries import sittings
from escale.capabilities.calls.committee.queries.quorum import quorum
from escale.capabilities.calls.committee.wording import ATTENDANCE
from escale.capabilities.calls.dossiers.models import conflict
from escale.foundation.people.models import Person


def sitting(found: Sitting, person: Person, at: datetime) -> dict[str, Any]:
    """The sitting's page."""
    acts = {row.name for row in SITTING.open_to(hats=found.hats_of(person, at), state=found.state)}
    members = sittings.members_of(found)
    items = list(sittings.items_of(found, person, at))
    return {
        "sitting": found, "acts": acts, "members": members, "items": items,
        "quorum": quorum(found.quorum, members),
        "addable": list(sittings.addable(found, person, at)[:200]) if "add" in acts else [],
        "seat_form": SeatForm(people=sittings.callable_people(found, at)) if "seat" in acts else None,
        "out": _out(items, {one.person_id: one.person.name for one in members}, at) if "hold" in acts else {},
        "total_proposed_cents": sum(one.dossier.proposed_cents or 0 for one in items), "refused": None,
        "uncalled": any(one.convened_at is None for one in members), "attendance": list(ATTENDANCE.items()),
    }  # fmt: skip


def _out(items: list[Any], members: dict[int, str], at: datetime) -> dict[int, list[str]]:
    """By dossier: the members who will leave the room for it."""
    found: dict[int, list[str]] = {}
    for dossier, person in conflict.ties([one.dossier_id for one in items], list(members), at):
        found.setdefault(dossier, []).append(members[person])
    return {dossier: sorted(names) for dossier, names in found.items()}
