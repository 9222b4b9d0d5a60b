"""What the pages of a sitting and of a vote say."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.forms.sittings import SeatForm
from escale.capabilities.calls.committee.models import Sitting, Vote
from escale.capabilities.calls.committee.policy import SITTING, VOTE
from escale.capabilities.calls.committee.queries import sittings, votes
from escale.capabilities.calls.committee.queries.quorum import quorum
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
    }  # fmt: skip


def vote(found: Vote, person: Person, at: datetime) -> dict[str, Any]:
    """The vote's page."""
    acts = {row.name for row in VOTE.open_to(hats=found.hats_of(person, at), state=found.state)}
    lines = list(votes.lines_of(found, person, at))
    return {
        "vote": found, "acts": acts, "lines": lines, "refused": None,
        "total_cents": sum(one.amount_cents for one in lines),
        "who_records": "" if "record" in acts else _("Le vote est enregistré par le secrétariat de l’assemblée : c’est une fonction datée, donnée à la page Administration."),
    }  # fmt: skip


def _out(items: list[Any], members: dict[int, str], at: datetime) -> dict[int, list[str]]:
    """By dossier: the members who will leave the room for it."""
    found = {}
    for item in items:
        names = [members[one.pk] for one in conflict.interested(item.dossier_id, at).filter(pk__in=list(members))]
        if names:
            found[item.dossier_id] = sorted(names)
    return found
