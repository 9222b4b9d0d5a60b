"""A sitting before it begins: created, its members called, its agenda built."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Item, Member, Sitting
from escale.capabilities.calls.committee.queries import sittings
from escale.foundation.journal import numbers, record
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.rules.figures import PARIS, shown_instant
from escale.rules.refusal import NoHat, Refusal, Refused


def create(
    service: Service, *, title: str, held_at: datetime, place: str, quorum: int, by: Person, at: datetime
) -> Sitting:
    """A sitting of a service's committee. ``NoHat`` for who neither works for the service nor is the secretary."""
    sitting = Sitting(
        title=title, service=service, held_at=held_at, place=place, quorum=quorum, created_by=by, created_at=at
    )
    if not set(sitting.hats_of(by, at)):
        raise NoHat
    with transaction.atomic():
        year = at.astimezone(PARIS).year
        sitting.number = f"C{year % 100:02d}-{numbers.following(f'sitting-{year}'):04d}"
        record.begin(sitting, number=sitting.number, title=title, address=sitting.get_absolute_url(), by=by, at=at)
    return sitting


def edit(sitting: Sitting, *, title: str, held_at: datetime, place: str, quorum: int, by: Person, at: datetime) -> None:
    """Changes title, date, place, quorum; members called before are called again when date or place moved."""
    with transaction.atomic():
        moved = (held_at, place) != (sitting.held_at, sitting.place)
        record.perform(sitting, "edit", by=by, at=at, data={"held_at": held_at.isoformat(), "quorum": quorum})
        sitting.title, sitting.held_at, sitting.place, sitting.quorum = title, held_at, place, quorum
        sitting.save(update_fields=["title", "held_at", "place", "quorum"])
        if moved:
            for member in sitting.members.filter(convened_at__isnull=False).select_related("person"):
                _call(sitting, member, at)


def seat(sitting: Sitting, person: Person, role: str, *, by: Person, at: datetime) -> Member:
    """Gives someone a seat; who joins a convened sitting is called at once. Refused to who has no such mandate."""
    with transaction.atomic():
        record.perform(sitting, "seat", by=by, at=at, data={"person": str(person.key), "role": role})
        if person not in sittings.callable_people(sitting, at):
            sentence = _("{name} siège déjà, ou n’a pas de fonction qui permette de siéger : voyez l’administration.")
            raise Refused("cannot_sit", sentence.format(name=person.name))
        if role == "chair":
            sitting.members.filter(role="chair").update(role="member")
        member = Member.objects.create(sitting=sitting, person=person, role=role)
        if sitting.state != "prepared":
            _call(sitting, member, at)
    return member


def unseat(sitting: Sitting, member: Member, *, by: Person, at: datetime) -> None:
    """Takes a seat back before the sitting begins."""
    with transaction.atomic():
        record.perform(sitting, "unseat", by=by, at=at, data={"person": str(member.person.key)})
        member.delete()


def add(sitting: Sitting, numbers_: Collection[str], *, by: Person, at: datetime) -> int:
    """Puts examined dossiers on the agenda; gives how many. Those that no longer can be are left out."""
    with transaction.atomic():
        record.lock(sitting)
        found = [one for one in sittings.addable(sitting, by, at) if one.number in numbers_]
        if not found:
            raise Refused("nothing_to_add", _("Choisissez des dossiers examinés qu’aucune séance n’attend déjà."))
        record.perform(sitting, "add", by=by, at=at, data={"dossiers": [one.number for one in found]})
        for dossier in found:
            Item.objects.create(sitting=sitting, dossier=dossier, added_by=by, added_at=at)
    return len(found)


def remove(sitting: Sitting, item: Item, *, by: Person, at: datetime) -> None:
    """Takes a dossier off the agenda while nothing was said of it."""
    with transaction.atomic():
        if item.advices.exists():
            sentence = _("Le comité a donné un avis sur {number} : ajournez-le plutôt, le procès-verbal le dira.")
            raise Refused("already_advised", sentence.format(number=item.dossier.number))
        record.perform(sitting, "remove", by=by, at=at, data={"dossier": item.dossier.number})
        Sitting.objects.filter(pk=sitting.pk, current=item).update(current=None)
        item.departures.all().delete()
        item.delete()


def convene(sitting: Sitting, *, by: Person, at: datetime) -> int:
    """Calls by mail the members who were not called yet; gives how many mails were written."""
    with transaction.atomic():
        waiting = [one for one in sittings.members_of(sitting) if one.convened_at is None]
        sitting.unready = _unready(sitting, waiting)  # type: ignore[attr-defined]  # read by the policy's check
        record.perform(sitting, "convene", by=by, at=at, data={"called": len(waiting)})
        for member in waiting:
            _call(sitting, member, at)
    return len(waiting)


def cancel(sitting: Sitting, *, reason: str, by: Person, at: datetime) -> None:
    """Says that the sitting will not be held, and why; who was called is told. Its dossiers are free again."""
    with transaction.atomic():
        record.perform(sitting, "cancel", by=by, at=at, note=reason)
        for member in sitting.members.filter(convened_at__isnull=False).select_related("person"):
            post.write(
                member.person, "committee/cancelled", {**_words(sitting), "reason": reason}, about=sitting.subject,
                at=at, key=f"sitting-cancel-{sitting.number}-{member.person_id}",
            )  # fmt: skip


def _unready(sitting: Sitting, waiting: list[Member]) -> Refusal | None:
    if not sitting.items.exists():
        return Refusal("empty_agenda", _("L’ordre du jour est vide : inscrivez des dossiers avant de convoquer."))
    voices = sitting.members.exclude(role="observer").count()
    if voices < sitting.quorum:
        sentence = _(
            "Il faut {quorum} membres avec voix pour le quorum, {n} siègent : ajoutez-en ou baissez le quorum."
        )
        return Refusal("too_few_members", sentence.format(quorum=sitting.quorum, n=voices))
    if not waiting:
        return Refusal("all_called", _("Tous les membres sont déjà convoqués."))
    return None


def _call(sitting: Sitting, member: Member, at: datetime) -> None:
    key = f"sitting-call-{sitting.number}-{member.person_id}-{sitting.held_at:%Y%m%d%H%M}-{len(sitting.place)}"
    post.write(member.person, "committee/convened", _words(sitting), about=sitting.subject, at=at, key=key)
    Member.objects.filter(pk=member.pk).update(convened_at=at)


def _words(sitting: Sitting) -> dict[str, str]:
    """What a mail tells of the sitting: no dossier by name, since who reads it may have an interest in one."""
    return {
        "number": sitting.number, "title": sitting.title, "when": shown_instant(sitting.held_at), "place": sitting.place,
        "service": sitting.service.name, "path": sitting.get_absolute_url(),
    }  # fmt: skip
