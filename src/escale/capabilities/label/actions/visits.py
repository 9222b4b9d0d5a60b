"""A visit: planned and told, noted criterion by criterion, reported with an opinion, answered by the place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.label import wording
from escale.capabilities.label.models import Finding, Label, Referential, Visit, VisitPhoto
from escale.capabilities.label.queries import asked, diagnosis, people
from escale.foundation.documents import actions as documents
from escale.foundation.documents import pictures
from escale.foundation.journal import numbers, record
from escale.foundation.people.models import Person
from escale.foundation.places.models import Place
from escale.foundation.post.actions import write
from escale.rules.figures import PARIS, shown_instant
from escale.rules.refusal import Refused

MOST_PHOTOS = 60


@dataclass(frozen=True)
class Seen:
    """What the visitor says of one criterion."""

    seen: str = ""
    marks: Mapping[str, int | float] = field(default_factory=dict)
    note: str = ""


def plan(
    place: Place, referential: Referential, *, visitor: Person, planned_for: datetime, purpose: str = "", type: str = "",
    by: Person, at: datetime,
) -> Visit:  # fmt: skip
    """Sets the day and who goes; the place's people and the visitor are written to.

    Raises ``NoHat`` for who is not of the Region, ``Refused`` for a day that is past or a visit already planned.
    """
    _ahead(planned_for, at)
    with transaction.atomic():
        record.lock(referential)
        record.check(referential, "plan-visit", by=by, at=at)
        if Visit.objects.filter(place=place, referential=referential, state="planned").exists():
            raise Refused(
                "planned_already", _("Une visite de ce lieu est déjà prévue : changez sa date, ou annulez-la.")
            )
        assert referential.edition is not None
        year = at.astimezone(PARIS).year
        number = f"VL{year % 100:02d}-{numbers.following(f'label-visit-{year}'):04d}"
        kind = type or diagnosis.kind(place, referential.edition, at)
        held = Label.objects.filter(place=place, referential=referential, state__in=("held", "suspended")).first()
        visit = Visit(
            number=number, place=place, referential=referential, edition=referential.edition, label=held, type=kind,
            visitor=visitor, planned_for=planned_for, purpose=purpose,
        )  # fmt: skip
        title = _("Visite de {place}").format(place=place.name)
        data = {"planned_for": planned_for.isoformat()}
        record.begin(visit, number=number, title=title, address=visit.get_absolute_url(), by=by, at=at, data=data)
        _tell(visit, "visit_planned", at=at, visitor_too=True)
    return visit


def move(visit: Visit, *, visitor: Person, planned_for: datetime, by: Person, at: datetime) -> None:
    """Another day, or another person; everybody is told."""
    _ahead(planned_for, at)
    with transaction.atomic():
        record.perform(visit, "move", by=by, at=at, data={"planned_for": planned_for.isoformat()})
        visit.planned_for, visit.visitor = planned_for, visitor
        visit.save(update_fields=["planned_for", "visitor"])
        _tell(visit, "visit_planned", at=at, visitor_too=True)


def cancel(visit: Visit, *, reason: str, by: Person, at: datetime) -> None:
    """It will not be made; why is told."""
    with transaction.atomic():
        record.perform(visit, "cancel", by=by, at=at, note=reason)
        _tell(visit, "visit_cancelled", at=at, visitor_too=True, reason=reason)


def note(
    visit: Visit, findings: Mapping[str, Seen], *, base: int, visited_on: date | None, opinion: str, conclusion: str,
    by: Person, at: datetime,
) -> int:  # fmt: skip
    """Keeps what was written so far and gives the new ``rev``; the same words sent twice change nothing.

    Raises ``Refused`` (changed_meanwhile) when another telephone saved since ``base``: nothing is overwritten.
    """
    with transaction.atomic():
        record.lock(visit)
        visit.refresh_from_db()
        same = _kept(visit) == {code: one for code, one in findings.items() if one != Seen()}
        if same and (visit.visited_on, visit.opinion, visit.conclusion) == (visited_on, opinion, conclusion):
            return visit.rev
        if base != visit.rev:
            sentence = _("Un autre appareil a enregistré ce rapport entre-temps. Rien n’a été remplacé.")
            raise Refused("changed_meanwhile", sentence, rev=visit.rev)
        record.check(visit, "note", by=by, at=at)
        for code, one in findings.items():
            row = {"seen": one.seen, "marks": dict(one.marks), "note": one.note}
            Finding.objects.update_or_create(visit=visit, code=code, defaults=row)
        visit.visited_on, visit.opinion, visit.conclusion = visited_on, opinion, conclusion
        visit.rev += 1
        visit.save(update_fields=["visited_on", "opinion", "conclusion", "rev"])
    return visit.rev


def report(visit: Visit, *, by: Person, at: datetime) -> None:
    """The report is given for good: the place reads it, its marks answer the label's criteria."""
    with transaction.atomic():
        record.lock(visit)
        visit.refresh_from_db()
        visit.unseen = unseen(visit)  # type: ignore[attr-defined]  # prepared for the table of acts
        seen = {code: one.seen for code, one in _kept(visit).items()}
        record.check(visit, "report", by=by, at=at)
        visit.reported_at = at
        visit.save(update_fields=["reported_at"])
        record.perform(visit, "report", by=by, at=at, data={"opinion": visit.opinion, "seen": seen})
        _tell(visit, "visit_reported", at=at, visitor_too=False, opinion=str(wording.OPINIONS[visit.opinion]))


def comment(visit: Visit, text: str, *, by: Person, at: datetime) -> None:
    """What the place answers to the report."""
    with transaction.atomic():
        record.perform(visit, "comment", by=by, at=at, note=text)
        visit.comment, visit.commented_at = text, at
        visit.save(update_fields=["comment", "commented_at"])


def add_photo(visit: Visit, upload: File, *, key: str, caption: str, code: str, by: Person, at: datetime) -> VisitPhoto:
    """Keeps a picture; the same ``key`` again gives the first one. Raises ``Refused`` for what is not a picture."""
    found = visit.photos.filter(key=key).first()
    if found is not None:
        return found
    if visit.photos.filter(removed_at__isnull=True).count() >= MOST_PHOTOS:
        raise Refused("too_many_photos", _("{n} photos au plus : retirez-en une d’abord.").format(n=MOST_PHOTOS))
    pictures.check(upload)
    content, _size = pictures.redrawn(upload)
    with transaction.atomic():
        record.perform(visit, "add-photo", by=by, at=at)
        document = documents.store_bytes(content, name=f"{visit.number}.jpg", kind="jpeg", by=by, at=at)
        return VisitPhoto.objects.create(visit=visit, code=code, document=document, caption=caption, key=key, at=at)


def remove_photo(photo: VisitPhoto, *, by: Person, at: datetime) -> None:
    """Takes a picture off the report and destroys its bytes."""
    with transaction.atomic():
        record.perform(photo.visit, "remove-photo", by=by, at=at)
        photo.removed_at = at
        photo.save(update_fields=["removed_at"])
        documents.erase(photo.document, at=at)


def unseen(visit: Visit) -> list[str]:
    """What a report still lacks, in words."""
    kept, left = _kept(visit), []
    for _name, points in asked.of_visitor(diagnosis.READY.of(visit.edition).document, visit.type):
        for point in points:
            one = kept.get(point.code, Seen())
            if point.mandatory and (
                (point.judged and not one.seen) or any(m.code not in one.marks for m in point.marks)
            ):
                left.append(_("« {title} » attend votre constat").format(title=point.title))
    if visit.visited_on is None:
        left.append(_("indiquez le jour de la visite"))
    if not visit.opinion:
        left.append(_("donnez votre avis"))
    return left


def _kept(visit: Visit) -> dict[str, Seen]:
    found = {one.code: Seen(one.seen, one.marks, one.note) for one in visit.findings.all()}
    return {code: one for code, one in found.items() if one != Seen()}


def _ahead(planned_for: datetime, at: datetime) -> None:
    if planned_for <= at:
        raise Refused("past", _("Ce jour est passé : prévoyez la visite plus tard."))


def _tell(visit: Visit, letter: str, *, at: datetime, visitor_too: bool, **more: Any) -> None:
    told = people.keepers(visit.place, at) + ([visit.visitor] if visitor_too else people.leads(at))
    context = {
        "place": visit.place.name, "title": visit.referential.title, "visitor": visit.visitor.name,
        "when": shown_instant(visit.planned_for), "purpose": visit.purpose, "base_url": settings.ESCALE_BASE_URL,
        "path": visit.get_absolute_url(), **more,
    }  # fmt: skip
    for person in {one.pk: one for one in told}.values():
        write(person, f"label/{letter}", context, about=visit.subject, at=at)
