"""Where the place stands with the Region, and who keeps its page."""

from datetime import datetime

from django.db import transaction

from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.foundation.places.models import Place, Standing, Steward


def stand(
    place: Place, kind: str, *, by: Person | None, at: datetime, since: datetime | None = None,
    until: datetime | None = None, source: str = "", reference: str = "", act_reference: str = "",
) -> Standing:  # fmt: skip
    """The place stands so from ``since`` (now) until ``until``; the same open standing is given its new dates."""
    with transaction.atomic():
        record.lock(place)
        said = {"until": until, "source": source, "act_reference": act_reference}
        row = Standing.objects.filter(place=place, kind=kind, reference=reference, until__isnull=True).first()
        if row is None:
            row = Standing.objects.create(place=place, kind=kind, reference=reference, since=since or at, **said)
        else:
            Standing.objects.filter(pk=row.pk).update(**said)
            row.refresh_from_db()
        record.perform(place, "stand", by=by, at=at, data={"kind": kind, "reference": reference})
    return row


def end_standing(row: Standing, *, by: Person | None, at: datetime, note: str = "") -> None:
    """From this instant the place stands so no longer."""
    with transaction.atomic():
        record.lock(row.place)
        row.until = max(at, row.since)
        row.save(update_fields=["until"])
        record.perform(row.place, "stand", by=by, at=at, note=note, data={"kind": row.kind, "ended": True})


def entrust(place: Place, person: Person, *, by: Person, at: datetime, note: str = "") -> Steward:
    """Gives the page to someone, who keeps it from now on; done twice, nothing changes."""
    with transaction.atomic():
        record.lock(place)
        row = Steward.objects.filter(place=place, person=person, until__isnull=True).first()
        row = row or Steward.objects.create(place=place, person=person, since=at)
        record.perform(place, "entrust", by=by, at=at, note=note)
    return row
