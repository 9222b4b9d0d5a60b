"""What a referential says of a place now, from its own page, what it declared and the last visit."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.label.models import Label, Referential, Visit
from escale.capabilities.label.queries import said
from escale.foundation.editions.loading import Ready
from escale.foundation.editions.models import Edition
from escale.foundation.places import file, queries
from escale.foundation.places.models import Place
from escale.rules.figures import PARIS, shown_day
from escale.rules.label import verdict

READY: Ready[verdict.Referential] = Ready(lambda document, _amendments: verdict.load(document))


def of(place: Place, edition: Edition, at: datetime, kind: str | None = None) -> dict[str, Any]:
    """The answer of ``escale label check`` for a place of the network on the day of ``at`` in Paris.

    ``place`` was read with ``places.queries.whole``.
    """
    day = at.astimezone(PARIS).date()
    told = {**file.described(place), **said.beside(place, edition)}
    return verdict.answer(READY.of(edition), told, queries.weeks(place), day, kind or None)


def tried(place: Place, document: dict[str, Any], at: datetime) -> dict[str, Any]:
    """What a text that is not frozen would answer to a place, from its page alone."""
    day = at.astimezone(PARIS).date()
    return verdict.answer(verdict.load(document), file.described(place), queries.weeks(place), day, None)


def kind(place: Place, edition: Edition, at: datetime) -> str:
    """The type of the referential that the place fits first; nothing without types."""
    whole = queries.whole(Place.objects.all()).get(pk=place.pk)
    return of(whole, edition, at)["type"] or ""


def document(referential: Referential) -> dict[str, Any]:
    """The text in force."""
    assert referential.edition is not None
    found: dict[str, Any] = json.loads(referential.edition.document)
    return found


def lost(label: Label, at: datetime) -> list[dict[str, Any]]:
    """The mandatory criteria that a labelled place does not meet now: by its own page, or as its last visit saw it."""
    place = queries.whole(Place.objects.all()).get(pk=label.place_id)
    found = of(place, label.edition, at, label.type)
    seen = said.contradicted(place, label.edition)
    gone = []
    for one in found["criteria"]:
        if one["mandatory"] and one["verdict"] == "failed":
            gone.append(one)
        elif one["mandatory"] and one["verdict"] == "met" and one["code"] in seen:
            gone.append({**one, "message": otherwise(one["message"], *seen[one["code"]])})
    return gone


def lines(found: dict[str, Any], seen: dict[str, tuple[Visit, str]]) -> list[dict[str, str]]:
    """The criteria as they are shown: what is said, what to do, and what a visitor saw otherwise."""
    told = []
    for one in found["criteria"]:
        message = one["message"]
        if one["verdict"] == "met" and one["code"] in seen:
            message = otherwise(message, *seen[one["code"]])
        told.append({"verdict": one["verdict"], "message": message, "source": one["to_do"]})
    return told


def otherwise(message: str, visit: Visit, note: str) -> str:
    """What the page says, and that the visitor saw otherwise."""
    assert visit.visited_on is not None
    sentence = _("{said} Constaté autrement lors de la visite du {day}.")
    said_ = message if message.endswith(".") else f"{message}."
    told = sentence.format(said=said_, day=shown_day(visit.visited_on))
    return f"{told} {note}" if note else told
