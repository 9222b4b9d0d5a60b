"""A vote of the assembly: its annex prepared, corrected, then recorded with its act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Recusal, Share, Sitting, Vote, VoteLine
from escale.capabilities.calls.committee.models.voting import PAYING
from escale.capabilities.calls.committee.queries import blocks, voted, votes
from escale.capabilities.calls.committee.queries.annex import Said
from escale.capabilities.calls.dossiers.models import Dossier, conflict
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions.clock import remember, settle
from escale.foundation.documents.models import Document
from escale.foundation.journal import numbers, record
from escale.foundation.journal.chain import canonical, digest
from escale.foundation.organisations.models import Mandate, Service
from escale.foundation.people.models import Person
from escale.rules.figures import PARIS, shown_instant
from escale.rules.money import shown_euros
from escale.rules.refusal import NoHat, Refusal, Refused


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
    """The assembly voted: every dossier of the annex is decided at once, or none is. Rules that depend on the date of
    the vote are recomputed on that day; what they forbid is said line by line (``queries.blocks``).
    """
    with transaction.atomic():
        _once(vote)
        lines = list(votes.whole_lines(vote))
        _free(vote, lines, by, at)
        found = blocks.blocks(vote, lines, deed.voted_on)
        vote.blocked = _repeated(vote, deed) or _empty(lines) or blocks.refusal(found)  # type: ignore[attr-defined]  # read by the policy's check
        vote.reference, vote.voted_on, vote.session = deed.reference, deed.voted_on, deed.session
        vote.evidence, vote.recorded_by, vote.recorded_at = deed.evidence or vote.evidence, by, at
        record.check(vote, "record", by=by, at=at)
        _away(lines, deed.voted_on, at)
        vote.document = canonical(voted.document(vote, list(votes.whole_lines(vote))))
        vote.sha256 = digest(vote.document)
        names = ["reference", "voted_on", "session", "evidence", "recorded_by", "recorded_at", "document", "sha256"]
        vote.save(update_fields=names)
        data = {
            "reference": deed.reference,
            "voted_on": deed.voted_on.isoformat(),
            "lines": len(lines),
            "sha256": vote.sha256,
        }
        record.perform(vote, "record", by=by, at=at, data=data)
        for line in lines:
            _decide(vote, line, lists.whole().get(pk=line.dossier_id), by, at)


def _free(vote: Vote, lines: Sequence[VoteLine], by: Person, at: datetime) -> None:
    """Who has an interest in one of the dossiers does not record their vote."""
    seen = Dossier.objects.filter(pk__in=[line.dossier_id for line in lines]).free_of(by, at).count()
    if seen != len(lines):
        sentence = _(
            "Cette annexe contient des dossiers que vous ne pouvez pas enregistrer : demandez à une autre personne du secrétariat."
        )
        raise Refused("not_for_you", sentence)


def _away(lines: Sequence[VoteLine], voted_on: date, at: datetime) -> None:
    """Writes the elected members who have an interest in a dossier: they did not take part in its vote."""
    noon = datetime.combine(voted_on, time(12), UTC)
    seats = set(Mandate.objects.holding(noon).filter(kind="elected").values_list("person_id", flat=True))
    mine = {line.dossier_id: line for line in lines}
    tied = conflict.ties(list(mine), seats, max(noon, at))
    Recusal.objects.bulk_create(
        [Recusal(line=mine[dossier], person_id=person) for dossier, person in sorted(tied)], ignore_conflicts=True
    )


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
    # Retained without money is no amount of zero: statistics count it as supported.
    dossier.voted_cents = None if line.outcome == "retained" else line.amount_cents
    Dossier.objects.filter(pk=dossier.pk).update(voted_cents=dossier.voted_cents)
    remember(dossier)


def _repeated(vote: Vote, deed: Deed) -> Refusal | None:
    other = Vote.objects.filter(reference__iexact=deed.reference, state="recorded").exclude(pk=vote.pk).first()
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
