"""What the shared screen of a session says, and the projector."""

from datetime import datetime
from typing import Any

from escale.capabilities.calls.committee.actions.deciding import Opinion
from escale.capabilities.calls.committee.actions.session import stale
from escale.capabilities.calls.committee.forms.session import OpinionForm
from escale.capabilities.calls.committee.models import Item, Sitting
from escale.capabilities.calls.committee.policy import SITTING
from escale.capabilities.calls.committee.queries import envelopes, sittings
from escale.capabilities.calls.committee.queries.quorum import quorum
from escale.capabilities.calls.committee.queries.strips import Row, strips
from escale.capabilities.calls.committee.wording import OPINIONS
from escale.capabilities.calls.dossiers.models import conflict
from escale.foundation.people.models import Person
from escale.rules.allocation import Outcome
from escale.rules.money import plain_euros


def session(sitting: Sitting, person: Person, at: datetime, chosen: str = "") -> dict[str, Any]:
    """The shared screen: the strip, and the dossier chosen (by its number), else the first one without opinion."""
    found = strips(sitting, person, at)
    rows = [row for strip in found for row in strip.rows]
    row = next((one for one in rows if one.place.item.dossier.number == chosen), None)
    row = row or next(
        (one for one in rows if one.place.advice is None and not one.place.gone), rows[0] if rows else None
    )
    members = sittings.members_of(sitting)
    numbers = [one.place.item.dossier.number for one in rows]
    at_row = numbers.index(row.place.item.dossier.number) if row else 0
    return {
        "sitting": sitting, "strips": found, "row": row, "members": members,
        "acts": {one.name for one in SITTING.open_to(hats=sitting.hats_of(person, at), state=sitting.state)},
        "quorum": quorum(sitting.quorum, members), "moved": envelopes.moved(sitting), "stale": stale(sitting),
        "left_out": [], "flash": "", "out": [], "late": [], "history": [], "form": None,
        "left": sum(one.place.advice is None and not one.place.gone for one in rows), "refused": None,
        "before": numbers[at_row - 1] if at_row else "", "after": numbers[at_row + 1] if at_row + 1 < len(numbers) else "",
        **(chosen_one(sitting, row, at) if row else {}),
    }  # fmt: skip


def chosen_one(sitting: Sitting, row: Row, at: datetime) -> dict[str, Any]:
    """The dossier being looked at: its form as it would be filled, who is out of the room for it."""
    place = row.place
    members = {one.person_id: one for one in sittings.members_of(sitting)}
    tied = {person for _dossier, person in conflict.ties([place.item.dossier_id], list(members), at)}
    out = [members[one] for one in sorted(tied)]
    left = {one.member_id for one in place.item.departures.all()}
    late = [one.person.name for one in out if place.advice and one.pk not in left]
    return {
        "out": [one.person.name for one in out], "late": late,
        "item_quorum": quorum(sitting.quorum, list(members.values()), [one.pk for one in out]),
        "form": OpinionForm(initial=begun(row)),
        "history": sorted(place.item.advices.all(), key=lambda one: -one.n),
    }  # fmt: skip


def begun(row: Row) -> dict[str, Any]:
    """The form before anybody touches it: the opinion kept last, else what the simulation gives."""
    last = row.place.advice
    if last is not None:
        return {
            "opinion": last.opinion, "amount": _typed(last.amount_cents), "reason": last.reason,
            "conditions": last.conditions, "seen": last.n,
        }  # fmt: skip
    proposed = row.place.item.dossier.proposed_cents or 0
    cents = row.line.amount_cents if row.line and row.line.amount_cents else proposed
    opinion = "waiting" if row.line and row.line.outcome is Outcome.WAITING else "favourable" if cents else ""
    return {"opinion": opinion, "amount": _typed(cents), "seen": 0}


def screen(sitting: Sitting, person: Person, at: datetime) -> dict[str, Any]:
    """The projector: the dossier shown, nothing that the room must not read."""
    item: Item | None = sitting.current
    found = strips(sitting, person, at)
    rows = [row for strip in found for row in strip.rows]
    row = next((one for one in rows if item is not None and one.place.item.pk == item.pk), None)
    decided = [one for one in rows if one.place.advice is not None]
    return {
        "sitting": sitting, "row": row, "strips": found, "decided": len(decided), "total": len(rows),
        "out": chosen_one(sitting, row, at)["out"] if row else [],
        "opinion": OPINIONS[row.place.advice.opinion] if row and row.place.advice else "",
        "moved": envelopes.moved(sitting),
    }  # fmt: skip


def _typed(cents: int) -> str:
    return plain_euros(cents).replace(".", ",") if cents else ""


def as_simulated(row: Row) -> Opinion:
    """The opinion that follows the simulation: in money as far as it goes, waiting where it waits, else no."""
    line = row.line
    if line is None or row.place.item.set_aside:
        return Opinion("adjourned", 0, row.place.item.reason or str(row.words) or "–")
    if line.amount_cents:
        return Opinion("favourable", line.amount_cents, "", "", line.envelope)
    if line.outcome is Outcome.WAITING:
        return Opinion("waiting", row.place.amount_cents, line.reason)
    return Opinion("unfavourable", 0, line.reason)
