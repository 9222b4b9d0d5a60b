"""Sharing envelopes between ranked dossiers: cut line, partial award, quotas, reserve, waiting list.

All amounts are integer cents. The simulation is pure: the committee sees the same lines as the minutes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from escale.rules.words import _


class Outcome(StrEnum):
    """What the simulation says of one dossier."""

    FUNDED = "funded"
    PARTIAL = "partial"
    WAITING = "waiting"
    UNFUNDED = "unfunded"
    BELOW_MINIMUM = "below_minimum"
    SET_ASIDE = "set_aside"


class Partial(StrEnum):
    """What happens to the first dossier that does not fit whole."""

    NEVER = "never"
    LAST = "last"


class Beyond(StrEnum):
    """Whether those ranked below the cut may still take what is left."""

    STOP = "stop"
    FILL = "fill"


@dataclass(frozen=True)
class Candidate:
    """One admissible dossier, in rank order. ``least_cents``: under it a partial award makes no sense."""

    key: str
    amount_cents: int
    position: int
    category: str = ""
    territory: str = ""
    least_cents: int = 0
    above_minimum: bool = True
    set_aside: bool = False
    wave: str = ""


@dataclass(frozen=True)
class Quota:
    """At most ``maximum_cents`` (or ``maximum_count``) for one value of ``category`` or ``territory``."""

    axis: str
    value: str
    maximum_cents: int | None = None
    maximum_count: int | None = None


@dataclass(frozen=True)
class Envelope:
    """Money for some dossiers: all of them, or those of some categories, territories or waves.

    ``reserve_cents`` is kept back from the simulation.
    """

    code: str
    amount_cents: int
    categories: frozenset[str] = frozenset()
    territories: frozenset[str] = frozenset()
    reserve_cents: int = 0
    waves: frozenset[str] = frozenset()

    def takes(self, candidate: Candidate) -> bool:
        """Whether this envelope may pay for the candidate."""
        return (not self.categories or candidate.category in self.categories) and (
            (not self.territories or candidate.territory in self.territories)
            and (not self.waves or candidate.wave in self.waves)
        )


@dataclass(frozen=True)
class Settings:
    """How the committee shares: partial award, filling below the cut, ties together, waiting list length."""

    partial: Partial = Partial.LAST
    beyond: Beyond = Beyond.STOP
    ties_together: bool = True
    waiting: int = 0
    quotas: tuple[Quota, ...] = ()


@dataclass(frozen=True)
class Line:
    """What one dossier gets, from which envelope, and why."""

    key: str
    outcome: Outcome
    amount_cents: int
    envelope: str
    reason: str


@dataclass(frozen=True)
class Result:
    """Lines in rank order, what is left in each envelope, and the position after which money lacks."""

    lines: tuple[Line, ...]
    left_cents: Mapping[str, int]
    cut_after: int | None

    @property
    def spent_cents(self) -> int:
        return sum(line.amount_cents for line in self.lines)


@dataclass
class _Purse:
    """The running state of a simulation."""

    left: dict[str, int]
    quotas: Sequence[Quota]
    taken: dict[Quota, list[int]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def room_under_quotas(self, candidate: Candidate) -> int | None:
        """Cents that quotas still allow; None when no quota concerns the candidate."""
        rooms = []
        for quota in self.quotas:
            if getattr(candidate, quota.axis) != quota.value:
                continue
            cents, count = self.taken.get(quota, [0, 0])
            if quota.maximum_count is not None and count >= quota.maximum_count:
                return 0
            if quota.maximum_cents is not None:
                rooms.append(quota.maximum_cents - cents)
        return min(rooms) if rooms else None

    def pay(self, candidate: Candidate, envelope: str, cents: int) -> None:
        self.left[envelope] -= cents
        for quota in self.quotas:
            if getattr(candidate, quota.axis) == quota.value:
                sums = self.taken.setdefault(quota, [0, 0])
                sums[0] += cents
                sums[1] += 1


def simulate(
    candidates: Iterable[Candidate], envelopes: Sequence[Envelope], settings: Settings | None = None
) -> Result:
    """Shares ``envelopes`` between ``candidates`` (best first). The first envelope that may pays whole.

    Envelopes are tried in their order. With ``ties_together``, dossiers of one position are funded all or
    none. The result does not depend on the order within a position unless ties are taken apart.
    """
    how = settings or Settings()
    purse = _Purse({one.code: max(0, one.amount_cents - one.reserve_cents) for one in envelopes}, how.quotas)
    lines: list[Line] = []
    for group in _positions(candidates, together=how.ties_together):
        lines += _decide(group, envelopes, purse, how)
    lines = _with_waiting_list(lines, how.waiting)
    return Result(tuple(lines), dict(purse.left), _cut(lines))


def _positions(candidates: Iterable[Candidate], *, together: bool) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        if together and groups and groups[-1][0].position == candidate.position:
            groups[-1].append(candidate)
        else:
            groups.append([candidate])
    return groups


def _decide(group: list[Candidate], envelopes: Sequence[Envelope], purse: _Purse, how: Settings) -> list[Line]:
    out = [_excluded(candidate) for candidate in group]
    alive = [candidate for candidate, line in zip(group, out, strict=True) if line is None]
    if len(alive) > 1 and not _all_fit(alive, envelopes, purse):
        for candidate in alive:
            purse.closed |= {one.code for one in envelopes if one.takes(candidate)} if _stops(how) else set()
        reason = _("À égalité au rang {position} : l’enveloppe ne suffit pas pour toutes les candidatures.")
        return [
            line or Line(one.key, Outcome.UNFUNDED, 0, "", reason.format(position=one.position))
            for one, line in zip(group, out, strict=True)
        ]
    return [line or _award(one, envelopes, purse, how) for one, line in zip(group, out, strict=True)]


def _stops(how: Settings) -> bool:
    return how.beyond is Beyond.STOP


def _excluded(candidate: Candidate) -> Line | None:
    if candidate.set_aside:
        return Line(candidate.key, Outcome.SET_ASIDE, 0, "", _("Mis de côté par le comité."))
    if not candidate.above_minimum:
        return Line(candidate.key, Outcome.BELOW_MINIMUM, 0, "", _("Sous la note minimale."))
    return None


def _all_fit(alive: list[Candidate], envelopes: Sequence[Envelope], purse: _Purse) -> bool:
    trial = _Purse(dict(purse.left), purse.quotas, {q: list(v) for q, v in purse.taken.items()}, purse.closed)
    never = Settings(partial=Partial.NEVER)
    return all(_award(one, envelopes, trial, never).outcome is Outcome.FUNDED for one in alive)


def _award(candidate: Candidate, envelopes: Sequence[Envelope], purse: _Purse, how: Settings) -> Line:
    open_to = [one.code for one in envelopes if one.takes(candidate) and one.code not in purse.closed]
    if not open_to:
        return Line(candidate.key, Outcome.UNFUNDED, 0, "", _("Aucune enveloppe ouverte à cette candidature."))
    allowed = purse.room_under_quotas(candidate)
    wanted = candidate.amount_cents
    if allowed is not None and allowed < wanted:
        return Line(candidate.key, Outcome.UNFUNDED, 0, "", _("Quota atteint pour cette catégorie ou ce territoire."))
    for code in open_to:
        if purse.left[code] >= wanted:
            purse.pay(candidate, code, wanted)
            return Line(candidate.key, Outcome.FUNDED, wanted, code, _("Dans l’enveloppe."))
    fullest = max(open_to, key=lambda code: purse.left[code])
    room = purse.left[fullest]
    if _stops(how):
        purse.closed |= set(open_to)
    if how.partial is Partial.LAST and room > 0 and room >= candidate.least_cents:
        purse.pay(candidate, fullest, room)
        return Line(candidate.key, Outcome.PARTIAL, room, fullest, _("En partie : ce qui reste dans l’enveloppe."))
    return Line(candidate.key, Outcome.UNFUNDED, 0, "", _("L’enveloppe est épuisée."))


def _with_waiting_list(lines: list[Line], length: int) -> list[Line]:
    waiting, out = 0, []
    for line in lines:
        if line.outcome is Outcome.UNFUNDED and waiting < length:
            waiting += 1
            reason = _("Liste d’attente, place {n}.").format(n=waiting)
            line = Line(line.key, Outcome.WAITING, 0, "", f"{line.reason} {reason}")
        out.append(line)
    return out


def _cut(lines: Sequence[Line]) -> int | None:
    paid = [n for n, line in enumerate(lines, 1) if line.amount_cents]
    unpaid = [n for n, line in enumerate(lines, 1) if line.outcome in (Outcome.UNFUNDED, Outcome.WAITING)]
    return (max(paid) if paid else 0) if unpaid else None
