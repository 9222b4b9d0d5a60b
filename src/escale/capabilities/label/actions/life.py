"""The life of a label: publish a referential, grant, sign, warn, suspend, restore, withdraw, renew, give up, watch."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.label.actions import following, telling
from escale.capabilities.label.models import Alert, Label, Referential
from escale.capabilities.label.queries import diagnosis
from escale.capabilities.label.queries.people import last_instant
from escale.foundation.editions import actions as editions
from escale.foundation.editions.models import Edition
from escale.foundation.journal import numbers, record
from escale.foundation.journal.models import Subject
from escale.foundation.people.models import Person
from escale.foundation.places.actions import standing
from escale.foundation.places.models import Place
from escale.rules.figures import PARIS, shown_instant
from escale.rules.refusal import Refused

KIND = "referential"
#: Letters and digits that nobody mistakes for one another on a poster.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def publish(document: dict[str, Any], *, by: Person | None, at: datetime) -> tuple[Referential, Edition, bool]:
    """Freezes a canonical referential and puts it in force. True when the edition is new."""
    with transaction.atomic():
        edition, created = editions.publish(KIND, document, by=by, at=at)
        found = Referential.objects.filter(key=document["key"]).first()
        if found is None:
            found = Referential(key=document["key"], series=edition.series, title=document["title"])
            address = found.get_absolute_url()
            record.begin(found, number=found.key, title=found.title, address=address, by=by, at=at)
        if created or found.edition_id != edition.pk:
            data = {"edition": edition.n, "sha256": edition.sha256}
            record.perform(found, "publish", by=by, at=at, data=data)
            found.edition, found.title = edition, document["title"]
            found.summary = document.get("summary", "")
            found.save(update_fields=["edition", "title", "summary"])
    return found, edition, created


def grant(
    place: Place, referential: Referential, *, act_reference: str, since: datetime, until: datetime, type: str = "",
    by: Person, at: datetime,
) -> Label:  # fmt: skip
    """Records that an act of the Region granted the label to a place: the place stands labelled from then on.

    Raises ``NoHat`` for anyone but a head of service; ``Refused`` when the place holds it already, when its own
    page fails a mandatory criterion, or when nothing is in force.
    """
    record.check(referential, "grant", by=by, at=at)
    assert referential.edition is not None
    found = diagnosis.of(place, referential.edition, at, type)
    failed = [one["message"] for one in found["criteria"] if one["mandatory"] and one["verdict"] == "failed"]
    if failed:
        sentence = _("La fiche du lieu ne remplit pas {n} engagements. Le premier : {first}")
        raise Refused("not_met", sentence.format(n=len(failed), first=failed[0]))
    with transaction.atomic():
        former = held(place, referential)
        if former is not None and former.checked(at) == "expired":
            following.lapse(former, at=at)
        elif former is not None:
            raise Refused("held_already", _("Ce lieu a déjà ce label : renouvelez-le, ou retirez-le d’abord."))
        return born(
            place, referential, referential.edition, found, act_reference=act_reference, since=since, until=until,
            by=by, at=at,
        )  # fmt: skip


def held(place: Place, referential: Referential) -> Label | None:
    """The label that the place holds, suspended or not."""
    return Label.objects.filter(place=place, referential=referential, state__in=("held", "suspended")).first()


def born(
    place: Place, referential: Referential, edition: Edition, found: dict[str, Any], *, act_reference: str,
    since: datetime, until: datetime, by: Person | None, at: datetime, dossier: Subject | None = None,
) -> Label:  # fmt: skip
    """The label itself, once an act decided; ``found`` is the place's diagnosis. The place's people are told."""
    year = at.astimezone(PARIS).year
    number = f"L{year % 100:02d}-{numbers.following(f'label-{year}'):04d}"
    label = Label(
        number=number, code="".join(secrets.choice(_LETTERS) for _n in range(12)), place=place,
        referential=referential, edition=edition, type=found["type"] or "", level=found["level"] or "", since=since,
        until=until, act_reference=act_reference, dossier=dossier,
    )  # fmt: skip
    record.begin(
        label, number=number, title=f"{referential.title} · {place.name}", address=label.get_absolute_url(),
        by=by, at=at, act="grant", data={"act": act_reference},
    )  # fmt: skip
    _stand(label, by=by, at=at)
    telling.tell(label, "granted", at=at)
    return label


def sign_charter(label: Label, *, quality: str, by: Person, at: datetime) -> None:
    """The place's representative commits on honour to the charter of the label's edition."""
    charter = diagnosis.READY.of(label.edition).document.get("charter") or {}
    with transaction.atomic():
        record.perform(label, "sign-charter", by=by, at=at, data={"version": charter.get("version", "")})
        label.signed_by, label.signed_quality, label.signed_at = by, quality, at
        label.signed_version = charter.get("version", "")
        label.save(update_fields=["signed_by", "signed_quality", "signed_at", "signed_version"])


def warn(label: Label, *, reason: str, answer_by: datetime, by: Person, at: datetime) -> None:
    """Tells the place what is reproached and until when it may answer; an earlier answer is kept in the journal."""
    if answer_by <= at:
        raise Refused("too_short", _("La date pour répondre est déjà passée : laissez au lieu le temps de répondre."))
    with transaction.atomic():
        record.perform(label, "warn", by=by, at=at, note=reason, data={"answer_by": answer_by.isoformat()})
        label.warned, label.answer_by, label.answer = reason, answer_by, ""
        label.save(update_fields=["warned", "answer_by", "answer"])
        telling.tell(label, "warned", at=at, reason=reason, answer_by=shown_instant(last_instant(answer_by)))


def answer(label: Label, text: str, *, by: Person, at: datetime) -> None:
    """What the place answers to the Region's reasons."""
    with transaction.atomic():
        record.perform(label, "answer", by=by, at=at, note=text)
        label.answer = text
        label.save(update_fields=["answer"])
        telling.tell(label, "answered", at=at, leads=True, text=text)


def suspend(label: Label, *, reason: str, act_reference: str = "", by: Person, at: datetime) -> None:
    """Holds the label back from this instant; map, list and certificate follow at once, the place is written to."""
    _end(label, "suspend", reason=reason, act_reference=act_reference, by=by, at=at)


def withdraw(label: Label, *, reason: str, act_reference: str = "", by: Person, at: datetime) -> None:
    """Takes the label away by an act, with its reasons; the place is written to."""
    _end(label, "withdraw", reason=reason, act_reference=act_reference, by=by, at=at)


def give_up(label: Label, *, reason: str, by: Person, at: datetime) -> None:
    """The place gives its label back."""
    _end(label, "give-up", reason=reason, by=by, at=at)


def restore(label: Label, *, reason: str, by: Person, at: datetime) -> None:
    """Ends a suspension; the validity keeps its end."""
    with transaction.atomic():
        record.perform(label, "restore", by=by, at=at, note=reason)
        label.warned, label.answer_by, label.answer = "", None, ""
        _stand(label, by=by, at=at, since=at)
        telling.tell(label, "restored", at=at, reason=reason)


def renew(label: Label, *, until: datetime, act_reference: str, by: Person | None, at: datetime) -> None:
    """A later end, by an act."""
    if until <= label.until:
        raise Refused("not_later", _("La nouvelle date n’est pas postérieure à la fin actuelle."))
    with transaction.atomic():
        record.perform(label, "renew", by=by, at=at, data={"until": until.isoformat(), "act": act_reference})
        label.until, label.act_reference = until, act_reference
        _stand(label, by=by, at=at, since=max(at, label.since))


def watch(label: Label, *, at: datetime) -> list[Alert]:
    """Opens an alert for each mandatory criterion that the place's page no longer meets, closes the others.

    Gives the new ones. The label itself never moves.
    """
    failed = {one["code"]: one["message"] for one in diagnosis.lost(label, at)}
    with transaction.atomic():
        record.lock(label)
        still = set(label.alerts.filter(ended_at__isnull=True).values_list("code", flat=True))
        label.alerts.filter(ended_at__isnull=True).exclude(code__in=failed).update(ended_at=at)
        fresh = [
            Alert(label=label, code=code, message=said, since=at) for code, said in failed.items() if code not in still
        ]
        Alert.objects.bulk_create(fresh)
    return fresh


def _stand(label: Label, *, by: Person | None, at: datetime, since: datetime | None = None) -> None:
    """The place stands labelled until the label's end: what every other service reads."""
    if label.standing is not None and label.standing.until is not None and label.standing.until > at:
        standing.end_standing(label.standing, by=by, at=at)
    label.standing = standing.stand(
        label.place, "labelled", by=by, at=at, since=since or label.since, until=label.until,
        source="label", reference=label.referential.title, act_reference=label.act_reference,
    )  # fmt: skip
    label.save()


def _end(label: Label, act: str, *, reason: str, by: Person, at: datetime, act_reference: str = "") -> None:
    with transaction.atomic():
        record.perform(label, act, by=by, at=at, note=reason, data={"act": act_reference} if act_reference else None)
        if act != "give-up":
            words = {"suspend": "suspended", "withdraw": "withdrawn"}[act]
            telling.tell(label, words, at=at, reason=reason, by_act=act_reference)
        if label.standing is not None:
            standing.end_standing(label.standing, by=None, at=at, note=reason)
