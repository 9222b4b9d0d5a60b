"""A vote of the assembly: its annex prepared, corrected, then recorded with its act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Share, Sitting, Vote, VoteLine
from escale.capabilities.calls.committee.models.voting import PAYING
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions.clock import remember, settle
from escale.foundation.documents.models import Document
from escale.foundation.journal import numbers, record
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person
from escale.rules.figures import PARIS, shown_instant
from escale.rules.money import shown_euros
from escale.rules.refusal import NoHat, Refusal, Refused


@dataclass(frozen=True)
class Said:
    """What an annex says of one dossier: the outcome, the parts as (funder, budget line, envelope, cents), the words."""

    dossier: int
    outcome: str
    parts: tuple[tuple[str, str, str, int], ...] = ()
    reason: str = ""
    conditions: str = ""
    position: int | None = None

    @property
    def cents(self) -> int:
        """What the parts add up to."""
        return sum(part[3] for part in self.parts)


@dataclass(frozen=True)
class Deed:
    """The act of the assembly."""

    reference: str
    voted_on: date
    session: str
    evidence: Document | None = None


def create(service: Service, title: str, *, by: Person, at: datetime, sitting: Sitting | None = None) -> Vote:
    """A vote to prepare. ``NoHat`` for who neither works for the service nor is the secretary."""
    vote = Vote(title=title, service=service, sitting=sitting, created_by=by, created_at=at)
    if not set(vote.hats_of(by, at)):
        raise NoHat
    with transaction.atomic():
        year = at.astimezone(PARIS).year
        vote.number = f"V{year % 100:02d}-{numbers.following(f'vote-{year}'):04d}"
        record.begin(vote, number=vote.number, title=title, address=vote.get_absolute_url(), by=by, at=at)
    return vote


def set_lines(vote: Vote, said: Sequence[Said], *, by: Person, at: datetime, act: str = "edit") -> int:
    """Writes lines of the annex, in place of those of the same dossiers; gives how many. All or none."""
    with transaction.atomic():
        dossiers = {one.pk: one for one in Dossier.objects.filter(pk__in=[one.dossier for one in said])}
        record.perform(vote, act, by=by, at=at, data={"lines": [_noted(one, dossiers[one.dossier]) for one in said]})
        for one in said:
            _sound(one, dossiers[one.dossier])
            _keep(vote, one, dossiers[one.dossier])
    return len(said)


def record_vote(vote: Vote, deed: Deed, *, by: Person, at: datetime) -> None:
    """The assembly voted: every dossier of the annex is decided at once, or none is."""
    with transaction.atomic():
        _once(vote)
        lines = list(vote.lines.prefetch_related("shares").order_by("pk"))
        dossiers = {one.pk: one for one in lists.whole().filter(pk__in=[line.dossier_id for line in lines])}
        vote.blocked = _repeated(vote, deed) or _empty(lines)  # type: ignore[attr-defined]  # read by the policy's check
        data = {"reference": deed.reference, "voted_on": deed.voted_on.isoformat(), "lines": len(lines)}
        vote.reference, vote.voted_on, vote.session = deed.reference, deed.voted_on, deed.session
        vote.evidence, vote.recorded_by, vote.recorded_at = deed.evidence or vote.evidence, by, at
        record.check(vote, "record", by=by, at=at)
        vote.save(update_fields=["reference", "voted_on", "session", "evidence", "recorded_by", "recorded_at"])
        record.perform(vote, "record", by=by, at=at, data=data)
        for line in lines:
            _decide(vote, line, dossiers[line.dossier_id], by, at)


def _once(vote: Vote) -> None:
    """Locks the vote; who comes second is told who recorded it, and when."""
    record.lock(vote)
    if vote.state == "recorded":
        known = Vote.objects.select_related("recorded_by").get(pk=vote.pk)
        assert known.recorded_by is not None and known.recorded_at is not None
        sentence = _("Ce vote a été enregistré par {name} le {when} : il ne peut pas l’être deux fois.")
        raise Refused(
            "already_recorded", sentence.format(name=known.recorded_by.name, when=shown_instant(known.recorded_at))
        )


def _decide(vote: Vote, line: VoteLine, dossier: Dossier, by: Person, at: datetime) -> None:
    settle(dossier, at=at)
    assert vote.voted_on is not None
    told = {
        "vote": vote.number, "reference": vote.reference, "voted_on": vote.voted_on.isoformat(),
        "outcome": line.outcome, "amount_cents": line.amount_cents,
    }  # fmt: skip
    record.perform(dossier, "vote", by=by, at=at, data=told)
    Dossier.objects.filter(pk=dossier.pk).update(voted_cents=line.amount_cents)
    dossier.voted_cents = line.amount_cents
    remember(dossier)


def _repeated(vote: Vote, deed: Deed) -> Refusal | None:
    other = Vote.objects.filter(reference=deed.reference, state="recorded").exclude(pk=vote.pk).first()
    if other is None:
        return None
    sentence = _(
        "La délibération {reference} est déjà enregistrée sous le numéro {number} : un vote ne l’est qu’une fois."
    )
    return Refusal("already_recorded", sentence.format(reference=deed.reference, number=other.number))


def _empty(lines: Sequence[VoteLine]) -> Refusal | None:
    return (
        None if lines else Refusal("empty_annex", _("L’annexe est vide : reprenez les avis du comité ou importez-la."))
    )


def _sound(said: Said, dossier: Dossier) -> None:
    """Refuses a line that contradicts itself, in words."""
    cents = said.cents
    if said.outcome in PAYING and cents <= 0:
        sentence = _("{number} : une aide accordée a un montant. Indiquez-le par financeur.")
        raise Refused("amount_missing", sentence.format(number=dossier.number))
    if said.outcome not in PAYING and cents:
        sentence = _("{number} : {amount} ne vont pas avec une décision sans aide.")
        raise Refused("amount_without_award", sentence.format(number=dossier.number, amount=shown_euros(cents)))
    if said.outcome == "refused" and not said.reason.strip():
        sentence = _("{number} : un refus se motive. Écrivez la raison, elle sera envoyée.")
        raise Refused("reason_missing", sentence.format(number=dossier.number))


def _keep(vote: Vote, said: Said, dossier: Dossier) -> None:
    line, _made = VoteLine.objects.update_or_create(
        vote=vote, dossier=dossier,
        defaults={
            "outcome": said.outcome, "amount_cents": said.cents, "asked_cents": dossier.aid_cents,
            "proposed_cents": dossier.proposed_cents, "advised_cents": dossier.advised_cents,
            "position": said.position, "reason": said.reason, "conditions": said.conditions,
        },
    )  # fmt: skip
    line.shares.all().delete()
    Share.objects.bulk_create(
        Share(line=line, funder=funder, budget_line=budget_line, envelope=envelope, cents=cents)
        for funder, budget_line, envelope, cents in said.parts
    )


def _noted(said: Said, dossier: Dossier) -> dict[str, object]:
    return {"dossier": dossier.number, "outcome": said.outcome, "amount_cents": said.cents}


def drop(vote: Vote, *, by: Person, at: datetime) -> None:
    """Gives the preparation up: nothing is decided."""
    record.perform(vote, "drop", by=by, at=at)
