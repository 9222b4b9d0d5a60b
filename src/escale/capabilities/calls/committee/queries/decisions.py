"""What the assembly decided of a dossier: for letters, awards, pages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from escale.capabilities.calls.committee.models import VoteLine
from escale.capabilities.calls.committee.policy import VoteState
from escale.capabilities.calls.dossiers.models import Dossier


@dataclass(frozen=True)
class Part:
    """Who pays which part, in cents."""

    funder: str
    budget_line: str
    cents: int
    envelope: str = ""


@dataclass(frozen=True)
class Decision:
    """The last recorded vote on a dossier. ``outcome`` awarded|partial|waiting|refused|adjourned|retained.

    ``amount_cents`` as voted; ``standing_cents`` what is left of it once given up, withdrawn or reduced parts are out.
    ``reason`` and ``conditions`` may be sent; ``waiting_rank``: the place on the waiting list, from 1.
    """

    outcome: str
    amount_cents: int
    standing_cents: int
    parts: tuple[Part, ...]
    reason: str
    conditions: str
    reference: str
    voted_on: date
    session: str
    recorded_at: datetime
    vote: int
    line: int
    evidence: int | None
    waiting_rank: int | None = None
    proposed_cents: int | None = None
    advised_cents: int | None = None

    @property
    def pays(self) -> bool:
        """Whether money is awarded."""
        return self.outcome in ("awarded", "partial")


def decision_of(dossier: Dossier, at: datetime) -> Decision | None:
    """The decision that stands at ``at``: the last vote recorded by then; None while there is none."""
    return decisions_of([dossier], at).get(dossier.pk)


def decisions_of(dossiers: Collection[Dossier], at: datetime) -> dict[int, Decision]:
    """By dossier (its key): the decision that stands. Four queries, whatever the number."""
    rows = _recorded(at).filter(dossier__in=[one.pk for one in dossiers])
    last: dict[int, VoteLine] = {row.dossier_id: row for row in rows}
    waiting = _places(at, {row.vote_id for row in last.values() if row.outcome == "waiting"})
    return {key: _told(row, waiting.get(row.pk)) for key, row in last.items()}


def _recorded(at: datetime) -> "QuerySet[VoteLine]":
    rows = VoteLine.objects.filter(vote__state=VoteState.RECORDED, vote__recorded_at__lte=at)
    return (
        rows.select_related("vote").prefetch_related("shares", "releases").order_by("vote__recorded_at", "vote", "id")
    )


def _places(at: datetime, votes: set[int]) -> dict[int, int]:
    """By line: its place on the waiting list of its vote."""
    places: dict[int, int] = {}
    counts: dict[int, int] = {}
    for row in _recorded(at).filter(vote__in=votes, outcome="waiting").order_by("vote", "position", "id"):
        counts[row.vote_id] = counts.get(row.vote_id, 0) + 1
        places[row.pk] = counts[row.vote_id]
    return places


def _told(row: VoteLine, waiting: int | None) -> Decision:
    vote = row.vote
    assert vote.voted_on is not None and vote.recorded_at is not None
    back = sum(one.cents for one in row.releases.all())
    return Decision(
        row.outcome, row.amount_cents, row.amount_cents - back,
        tuple(Part(one.funder, one.budget_line, one.cents, one.envelope) for one in row.shares.all()),
        row.reason, row.conditions, vote.reference, vote.voted_on, vote.session, vote.recorded_at, vote.pk, row.pk,
        vote.evidence_id, waiting, row.proposed_cents, row.advised_cents,
    )  # fmt: skip
