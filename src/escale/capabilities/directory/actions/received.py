"""Claims, reports and resemblances: sent, answered, decided."""

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.directory.actions import importing, indexing
from escale.capabilities.directory.models import Claim, Report, Resemblance
from escale.capabilities.directory.queries.incoming import Incoming
from escale.capabilities.directory.queries.preview import BY_HAND, changes
from escale.foundation.documents import actions as documents
from escale.foundation.journal import numbers, record
from escale.foundation.people.models import Person
from escale.foundation.places import queries as places
from escale.foundation.places.actions import places as writing
from escale.foundation.places.actions import standing
from escale.foundation.places.models import OldAddress, Place
from escale.foundation.post import actions as post
from escale.foundation.territory.models import Commune
from escale.rules.refusal import Refused


def claim(place: Place, *, by: Person, at: datetime, quality: str, proof: str, document: File | None = None) -> Claim:
    """Asks to keep the page. Refused while one's first demand waits, and to who keeps it already."""
    if "steward" in {str(hat) for hat in place.hats_of(by, at)}:
        raise Refused("keeps_it", _("Vous tenez déjà la fiche de ce lieu."))
    if Claim.objects.filter(place=place, claimant=by, state="pending").exists():
        raise Refused("already_claimed", _("Votre demande attend déjà la décision de la Région."))
    with transaction.atomic():
        kept = documents.store(document, by=by, at=at) if document else None
        row = Claim(place=place, claimant=by, quality=quality, proof=proof, document=kept, claimed_at=at)
        number = f"L{numbers.following('claim'):06d}"
        record.begin(row, number=number, title=place.name, address="/lieux/demandes/", by=by, at=at)
    return row


def decide(row: Claim, act: str, *, by: Person, at: datetime, note: str = "") -> None:
    """``accept`` gives the page, ``refuse`` says why, ``withdraw`` is the claimant's; the claimant is written to."""
    if act == "refuse" and not note.strip():
        raise Refused("reason_missing", _("Dites pourquoi : la personne lira cette phrase."))
    with transaction.atomic():
        record.perform(row, act, by=by, at=at, note=note)
        if act == "accept":
            standing.entrust(row.place, row.claimant, by=by, at=at, note=row.subject.number)
        if act != "withdraw":
            post.write(
                row.claimant, "directory/claim_decided",
                {"place": row.place.name, "accepted": act == "accept", "note": note, "path": row.place.get_absolute_url()},
                about=row.subject, at=at,
            )  # fmt: skip


def report(place: Place, *, at: datetime, text: str, email: str = "", by: Person | None = None) -> Report:
    """Someone says what is wrong on a page; no account is needed."""
    with transaction.atomic():
        row = Report(place=place, text=text, email=email, reported_at=at)
        number = f"S{numbers.following('report'):06d}"
        record.begin(row, number=number, title=place.name, address="/lieux/signalements/", by=by, at=at)
    return row


def answer(row: Report, act: str, *, by: Person, at: datetime, note: str = "") -> None:
    """``follow`` or ``dismiss``; who left an address is written to, and the address is then forgotten."""
    with transaction.atomic():
        record.perform(row, act, by=by, at=at, note=note)
        if row.email:
            words = {
                "place": row.place.name,
                "followed": act == "follow",
                "note": note,
                "path": row.place.get_absolute_url(),
            }
            post.write(row.email, "directory/report_answered", words, about=row.subject, at=at)
            row.email = ""
            row.save(update_fields=["email"])


def unite(row: Resemblance, *, by: Person, at: datetime) -> None:
    """It is the same place: the line's values come in, as a file may, and its reference leads here from now on."""
    with transaction.atomic():
        record.perform(row, "unite", by=by, at=at)
        line, place = _line(row), Place.objects.get(pk=row.place_id)
        change = changes(line, place, (places.weeks(place), place.open_on_public_holidays))
        # The place keeps the name that people know; another source's name says nothing new.
        change.fields.pop("name", None)
        place.origins = {**place.origins, "name": {"source": BY_HAND, "on": at.date().isoformat()}}
        importing.change_place(change, by=by, at=at)


def separate(row: Resemblance, *, by: Person, at: datetime) -> Place:
    """They are two places: the line becomes one of its own."""
    with transaction.atomic():
        record.perform(row, "separate", by=by, at=at)
        taken = {*Place.objects.values_list("slug", flat=True), *OldAddress.objects.values_list("slug", flat=True)}
        [place] = importing.create_many([_line(row)], taken, at=at)
        indexing.index([place.pk])
    return place


def _line(row: Resemblance) -> Incoming:
    values: dict[str, Any] = {
        name: date.fromisoformat(value) if name.endswith("_on") else tuple(value) if isinstance(value, list) else value
        for name, value in row.record["values"].items()
    }
    commune = Commune.objects.get(pk=values["commune_id"])
    said = row.record
    return Incoming(int(said["line"]), row.ref, row.source, commune, values, said["hours"], said.get("holidays"))


def remind(place: Place, *, at: datetime) -> None:
    """Once a year, who keeps the page is asked whether it is still true."""
    with transaction.atomic():
        writing.begin_write(place, "remind", by=None, at=at)
        place.reminded_on = at.date()
        for steward in place.stewards.holding(at).select_related("person"):
            words = {"place": place.name, "checked_on": place.checked_on, "path": f"/lieux/{place.slug}/gerer/"}
            key = f"place-check-{place.pk}-{steward.person_id}-{at.date().isoformat()}"
            post.write(steward.person, "directory/check_yearly", words, about=place.subject, at=at, key=key)
        writing.end_write(place, "remind", by=None, at=at, fields=["reminded_on"])
