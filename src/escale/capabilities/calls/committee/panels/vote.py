"""What the page of a vote says."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Vote
from escale.capabilities.calls.committee.policy import VOTE
from escale.capabilities.calls.committee.queries import batches, blocks, votes, waiting
from escale.foundation.people.models import Person


def vote(found: Vote, person: Person, at: datetime, on: date | None = None) -> dict[str, Any]:
    """The vote's page. ``on``: what would forbid to record it as voted on that day is said."""
    acts = {row.name for row in VOTE.open_to(hats=found.hats_of(person, at), state=found.state)}
    lines = list(votes.lines_of(found, person, at))
    return {
        "vote": found, "acts": acts, "lines": lines, "refused": None,
        "letters_of": batches.calls_of(found, person, at) if found.recorded_at else [],
        "waiting": waiting.waiting_list(found, lines, at) if "call-up" in acts else [],
        "blocks": blocks.blocks(found, lines, on) if on and "edit" in acts else [], "checked_on": on,
        "total_cents": sum(one.amount_cents for one in lines),
        "who_records": "" if "record" in acts else _("Le vote est enregistré par le secrétariat de l’assemblée : c’est une fonction datée, donnée à la page Administration."),
    }  # fmt: skip
