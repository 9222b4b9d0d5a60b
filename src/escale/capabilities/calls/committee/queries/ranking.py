"""The ranking of a sitting: by score, ties said, then what the committee moved by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from escale.capabilities.calls.committee.models import Advice, Item
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.instruction.queries import scoring
from escale.rules.scoring import Score

#: A dossier on the agenda that can no longer be looked at.
GONE = (State.WITHDRAWN, State.CLOSED)


@dataclass
class Place:
    """One dossier in the ranking of its call. ``position`` from 1, shared by the ``tied``; ``by_hand``: moved there by the
    committee. ``retained``: the score reaches its minimum. ``gone``: withdrawn or closed since.
    """

    item: Item
    score: Score | None
    position: int
    tied: int
    by_hand: bool
    retained: bool
    advice: Advice | None

    @property
    def hundredths(self) -> int | None:
        """The score, in hundredths of a point."""
        return self.score.hundredths if self.score else None

    @property
    def shown_score(self) -> str:
        """The score as it is read: ``72,50``; a dash without one."""
        return "–" if self.hundredths is None else f"{self.hundredths // 100},{self.hundredths % 100:02d}"

    @property
    def gone(self) -> bool:
        return self.item.dossier.state in GONE

    @property
    def out(self) -> bool:
        """Whether it takes no part in sharing the envelope."""
        refused = self.advice is not None and self.advice.opinion in ("unfavourable", "adjourned")
        return self.item.set_aside or self.gone or refused

    @property
    def amount_cents(self) -> int:
        """What it would cost: as advised once it is, else as proposed."""
        if self.advice is not None and self.advice.amount_cents:
            return self.advice.amount_cents
        return self.item.dossier.proposed_cents or 0


def rankings(items: Sequence[Item], at: datetime) -> dict[int, list[Place]]:
    """By call (its key): these dossiers in order. Who is set aside, or gone, stands last."""
    known = scoring.scores([item.dossier for item in items], at=at)
    ranked = {row.dossier.pk: row for row in scoring.ranked([item.dossier for item in items], known)}
    found: dict[int, list[Place]] = {}
    for item in items:
        score = known.get(item.dossier_id)
        row = ranked.get(item.dossier_id)
        retained = row.retained if row is not None and row.position is not None else True
        place = Place(item, score, 0, 1, item.rank is not None, retained, last_advice(item))
        found.setdefault(item.dossier.scheme_id, []).append(place)
    return {key: _ordered(places) for key, places in found.items()}


def last_advice(item: Item) -> Advice | None:
    """What the committee said last of a dossier (read from what was prefetched)."""
    rows = list(item.advices.all())
    return max(rows, key=lambda row: row.n) if rows else None


def _ordered(places: list[Place]) -> list[Place]:
    """Best score first, those moved by hand at their place, those out of the ranking last."""
    inside = [one for one in places if not (one.item.set_aside or one.gone)]
    outside = [one for one in places if one.item.set_aside or one.gone]
    by_score = sorted(
        (one for one in inside if not one.by_hand),
        key=lambda one: (one.hundredths is None, -(one.hundredths or 0), one.item.dossier.number),
    )
    for one in sorted((one for one in inside if one.by_hand), key=lambda one: (one.item.rank or 0, one.item.pk)):
        by_score.insert(max(0, (one.item.rank or 1) - 1), one)
    _number(by_score)
    _number(outside, start=len(by_score))
    return by_score + sorted(outside, key=lambda one: one.item.dossier.number)


def _number(places: list[Place], start: int = 0) -> None:
    before: Place | None = None
    group: list[Place] = []
    for index, one in enumerate(places, start + 1):
        same = (
            before is not None
            and not (one.by_hand or before.by_hand or one.item.set_aside or one.gone)
            and one.hundredths is not None
            and one.hundredths == before.hundredths
        )
        one.position = before.position if same and before else index
        group = [*group, one] if same else [one]
        for member in group:
            member.tied = len(group)
        before = one
