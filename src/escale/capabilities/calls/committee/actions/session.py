"""A sitting in session: who is there, figures taken, what is on the screen, who leaves the room."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Departure, Item, Member, Sitting
from escale.capabilities.calls.committee.queries import envelopes, minutes, sittings
from escale.capabilities.calls.committee.queries.quorum import quorum
from escale.capabilities.calls.committee.wording import ATTENDANCE
from escale.capabilities.calls.dossiers.models import Conflict, conflict
from escale.capabilities.calls.dossiers.policy import AWAITING
from escale.capabilities.calls.instruction.actions import reviewing
from escale.foundation.journal import record
from escale.foundation.journal.chain import canonical, digest
from escale.foundation.people.models import Person
from escale.rules.money import shown_euros
from escale.rules.refusal import Refusal


def attend(sitting: Sitting, said: Mapping[int, str], *, by: Person, at: datetime) -> None:
    """Notes who is there: member (its key) → present|excused|absent|expected. Unknown keys and words are left out."""
    with transaction.atomic():
        rows = {one.pk: one for one in Member.objects.filter(sitting=sitting).select_related("person")}
        known = {key: word for key, word in said.items() if key in rows and word in ATTENDANCE}
        noted = {str(rows[key].person.key): word for key, word in sorted(known.items())}
        record.perform(sitting, "attend", by=by, at=at, data={"attendance": noted})
        for key, word in known.items():
            Member.objects.filter(pk=key).update(attendance=word)


def open_sitting(sitting: Sitting, *, by: Person, at: datetime) -> None:
    """Opens the session: refused without quorum. The figures of the envelopes are those of this instant."""
    with transaction.atomic():
        found = quorum(sitting.quorum, sittings.members_of(sitting))
        sitting.no_quorum = found.refusal  # type: ignore[attr-defined]  # read by the policy's check
        figures = envelopes.figures(sitting)
        data = {"present": found.present, "seated": found.seated, "figures": figures}
        record.perform(sitting, "open", by=by, at=at, data=data)
        Sitting.objects.filter(pk=sitting.pk).update(opened_at=at, figures=figures)
        sitting.opened_at, sitting.figures = at, figures


def acknowledge(sitting: Sitting, *, by: Person, at: datetime) -> None:
    """The session saw that envelopes changed and goes on with the new figures; the journal and the minutes say so."""
    with transaction.atomic():
        record.lock(sitting)
        told = [
            {"call": one.call, "label": one.label, "before_cents": one.before_cents, "after_cents": one.after_cents}
            for one in envelopes.moved(sitting)
        ]
        figures = envelopes.figures(sitting)
        record.perform(sitting, "acknowledge", by=by, at=at, data={"moved": told, "figures": figures})
        Sitting.objects.filter(pk=sitting.pk).update(figures=figures)
        sitting.figures = figures


def stale(sitting: Sitting) -> Refusal | None:
    """Why nothing may be said yet: an envelope is no longer what the session saw."""
    changed = envelopes.moved(sitting)
    if not changed:
        return None
    sentence = _(
        "L’enveloppe « {label} » a changé pendant la séance : {before} auparavant, {after} maintenant. Prenez-en acte, puis décidez."
    )
    one = changed[0]
    return Refusal(
        "figures_moved",
        sentence.format(label=one.label, before=_amount(one.before_cents), after=_amount(one.after_cents)),
    )


def show(sitting: Sitting, item: Item | None, *, by: Person, at: datetime) -> None:
    """Puts a dossier on the screen of the room (None: nothing)."""
    with transaction.atomic():
        record.perform(sitting, "show", by=by, at=at, data={"dossier": item.dossier.number if item else ""})
        Sitting.objects.filter(pk=sitting.pk).update(current=item)
        sitting.current = item
        if item is not None:
            leave(sitting, item, at)


def recuse(sitting: Sitting, item: Item, *, reason: str, by: Person, at: datetime) -> None:
    """A member declares an interest in a dossier: from now on they see nothing of it and leave the room for it. An opinion
    given before stands until the committee takes it up again: the session's page and the minutes say so.
    """
    with transaction.atomic():
        record.perform(sitting, "recuse", by=by, at=at, data={"dossier": item.dossier.number})
        if not Conflict.objects.filter(dossier=item.dossier, person=by, until__isnull=True).exists():
            reviewing.set_aside(item.dossier, by, at=at)
            Conflict.objects.create(dossier=item.dossier, person=by, source="declared", reason=reason, by=by, since=at)


def leave(sitting: Sitting, item: Item, at: datetime) -> list[Member]:
    """Writes down the members who are out of the room for a dossier, and gives them."""
    members = {one.person_id: one for one in sittings.members_of(sitting)}
    tied = conflict.ties([item.dossier_id], list(members), at)
    out = [members[person] for _dossier, person in sorted(tied)]
    Departure.objects.bulk_create([Departure(item=item, member=one, at=at) for one in out], ignore_conflicts=True)
    return out


def _amount(cents: int | None) -> str:
    return _("absente") if cents is None else shown_euros(cents)


def close(sitting: Sitting, *, by: Person, at: datetime) -> None:
    """Ends the session once each dossier has its opinion; what the minutes tell is frozen."""
    with transaction.atomic():
        record.lock(sitting)
        left = [one for one in sittings.all_items(sitting) if not one.advices.all() and one.dossier.state in AWAITING]
        seen = set(sittings.items_of(sitting, by, at).values_list("pk", flat=True))
        sitting.undecided = _undecided(len(left), [one.dossier.number for one in left if one.pk in seen])  # type: ignore[attr-defined]  # read by the policy's check
        sitting.closed_at = at
        text = canonical(minutes.document(sitting, at))
        record.perform(sitting, "close", by=by, at=at, data={"sha256": digest(text)})
        Sitting.objects.filter(pk=sitting.pk).update(closed_at=at, current=None, document=text, sha256=digest(text))


def _undecided(n: int, named: list[str]) -> Refusal | None:
    """``named``: those that the person may see."""
    if not n:
        return None
    sentence = _("Il reste {n} dossiers sans avis : donnez un avis ou ajournez-les avant de clore. {first}")
    return Refusal("undecided", sentence.format(n=n, first=", ".join(named[:5])))
