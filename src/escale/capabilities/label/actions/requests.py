"""A label asked through a dossier: what the place fulfilled at its filing, the label that the vote grants."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from escale.capabilities.label.actions import following, life, telling
from escale.capabilities.label.models import Label, Referential, Request
from escale.capabilities.label.queries import diagnosis
from escale.foundation.journal import record
from escale.foundation.journal.models import Entry, Subject
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.rules.figures import PARIS
from escale.rules.period import after

#: Decisions of the assembly that give what was asked, with money or without.
GIVING = ("awarded", "partial", "retained")


def file(dossier: Subject, place: Place, key: str, type: str, *, at: datetime) -> Request | None:
    """Keeps the self-diagnosis of the place as it was at the filing; None when the referential is not in force."""
    referential = Referential.objects.filter(key=key, state="published").select_related("edition").first()
    if referential is None or referential.edition is None:
        return None
    whole = places.whole(Place.objects.all()).get(pk=place.pk)
    told = diagnosis.of(whole, referential.edition, at, type)
    row = {
        "place": place, "referential": referential, "edition": referential.edition, "type": type or told["type"] or "",
        "told": told, "at": at,
    }  # fmt: skip
    return Request.objects.update_or_create(dossier=dossier, defaults=row)[0]


def grant_voted(entry: Entry, *, at: datetime) -> Label | None:
    """The label that the vote of a dossier (its journal's line) grants, from the day of the act; a label that the
    place holds already is renewed instead. Safe to do twice; None when the vote gives nothing.
    """
    said: dict[str, Any] = entry.data
    asked = Request.objects.filter(dossier=entry.subject).select_related("referential", "edition", "place").first()
    if asked is None or said.get("outcome") not in GIVING:
        return None
    with transaction.atomic():
        record.lock(asked.place)
        done = Label.objects.filter(dossier=entry.subject).first()
        if done is not None:
            return done
        since = datetime.combine(date.fromisoformat(said["voted_on"]), time.min, PARIS)
        document = diagnosis.READY.of(asked.edition).document
        end = after(since.date(), document.get("duration", "3 years"))
        until = datetime.combine(end, time.min, PARIS)
        label = life.held(asked.place, asked.referential)
        if label is not None and label.checked(at) == "expired":
            following.lapse(label, at=at)
            label = None
        if label is None:
            return _granted(asked, entry, since, until, at)
        if label.state == "held" and until > label.until:
            life.renew(label, until=until, act_reference=said["reference"], by=None, at=at)
            telling.tell(label, "renewed", at=at)
        Label.objects.filter(pk=label.pk).update(dossier=entry.subject)
    return label


def _granted(asked: Request, entry: Entry, since: datetime, until: datetime, at: datetime) -> Label:
    record.check(asked.referential, "grant", by=None, at=at)
    whole = places.whole(Place.objects.all()).get(pk=asked.place_id)
    found = diagnosis.of(whole, asked.edition, at, asked.type)
    label = life.born(
        whole, asked.referential, asked.edition, found, act_reference=entry.data["reference"], since=since,
        until=until, by=None, at=at, dossier=entry.subject,
    )  # fmt: skip
    life.watch(label, at=at)
    return label
