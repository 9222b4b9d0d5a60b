"""What the page of the ranking says."""

from datetime import datetime
from typing import Any

from escale.capabilities.calls.committee.models import Sitting
from escale.capabilities.calls.committee.policy import SITTING
from escale.capabilities.calls.committee.queries import envelopes
from escale.capabilities.calls.committee.queries.strips import strips
from escale.foundation.people.models import Person


def ranking(sitting: Sitting, person: Person, at: datetime) -> dict[str, Any]:
    """The ranking's page."""
    return {
        "sitting": sitting,
        "acts": {row.name for row in SITTING.open_to(hats=sitting.hats_of(person, at), state=sitting.state)},
        "strips": strips(sitting, person, at),
        "moved": envelopes.moved(sitting), "night": "",
    }  # fmt: skip
