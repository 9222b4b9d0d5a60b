"""The waiting list of a vote, and what its envelopes could give now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from escale.capabilities.calls.committee.models import Vote, VoteLine
from escale.capabilities.calls.committee.queries import decisions, filling
from escale.capabilities.calls.committee.queries.envelopes import Purse, purses
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists


@dataclass(frozen=True)
class Room:
    """What could be given to a dossier, in cents, and by whom."""

    cents: int
    parts: tuple[tuple[str, str, str, int], ...]


@dataclass(frozen=True)
class Waiting:
    """A dossier on the waiting list: its place from 1, what it was proposed, what there is for it now."""

    line: VoteLine
    place: int
    wanted_cents: int
    room: Room


def waiting_list(vote: Vote, lines: Sequence[VoteLine], at: datetime) -> list[Waiting]:
    """Those of these lines that still wait, in their order."""
    asked = [one for one in lines if one.outcome in ("waiting", "adjourned")]
    standing = decisions.decisions_of([one.dossier for one in asked], at)
    found: list[Waiting] = []
    for line in sorted(asked, key=lambda one: (one.outcome != "waiting", one.position or 0, one.pk)):
        last = standing.get(line.dossier_id)
        if last is not None and last.line == line.pk and line.dossier.state in ("voted", "notified"):
            found.append(Waiting(line, len(found) + 1, wanted(line.dossier), room(line)))
    return found


def wanted(dossier: Dossier) -> int:
    """What the committee advised for it, else what the examination proposed."""
    return dossier.advised_cents or dossier.proposed_cents or 0


def room(line: VoteLine) -> Room:
    """What the envelope that may pay has left for this dossier, at most what is wanted."""
    dossier = line.dossier
    known = [one for one in purses(dossier.scheme) if _takes(one, dossier)]
    best = max(known, key=lambda one: one.available_cents - one.reserve_cents, default=None)
    if best is None:
        return Room(0, ())
    cents = max(0, min(wanted(dossier), best.available_cents - best.reserve_cents))
    shares = filling.funders_of([dossier.pk]).get(dossier.pk, {})
    return Room(cents, filling.split(dossier.scheme, known, cents, shares, best.code))


def _takes(purse: Purse, dossier: Dossier) -> bool:
    departement = dossier.organisation.commune.departement
    if purse.departements and departement not in purse.departements:
        return False
    if purse.wave and purse.wave != dossier.wave:
        return False
    if not purse.project_types:
        return True
    version = lists.latest_version(dossier)
    return version is not None and lists.filed_document(version)["case"].get("project_type") in purse.project_types
