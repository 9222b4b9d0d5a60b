"""What a referential says of a place now, from the place's own page and from nothing else."""

import json
from datetime import datetime
from typing import Any

from escale.capabilities.label.models import Label, Referential
from escale.foundation.editions.loading import Ready
from escale.foundation.editions.models import Edition
from escale.foundation.places import file, queries
from escale.foundation.places.models import Place
from escale.rules.figures import PARIS
from escale.rules.label import verdict

READY: Ready[verdict.Referential] = Ready(lambda document, _amendments: verdict.load(document))


def of(place: Place, edition: Edition, at: datetime, kind: str | None = None) -> dict[str, Any]:
    """The answer of ``escale label check`` for a place of the network on the day of ``at`` in Paris.

    ``place`` was read with ``places.queries.whole``.
    """
    day = at.astimezone(PARIS).date()
    return verdict.answer(READY.of(edition), file.described(place), queries.weeks(place), day, kind or None)


def document(referential: Referential) -> dict[str, Any]:
    """The text in force."""
    assert referential.edition is not None
    found: dict[str, Any] = json.loads(referential.edition.document)
    return found


def lost(label: Label, at: datetime) -> list[dict[str, Any]]:
    """The mandatory criteria that a labelled place does not meet by its own page now."""
    place = queries.whole(Place.objects.all()).get(pk=label.place_id)
    found = of(place, label.edition, at, label.type)
    return [one for one in found["criteria"] if one["mandatory"] and one["verdict"] == "failed"]
