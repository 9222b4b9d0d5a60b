"""What the minutes of a sitting say: who was there, each dossier with its four amounts, who left the room."""

from datetime import datetime
from typing import Any

from escale.capabilities.calls.committee.models import Item, Sitting
from escale.capabilities.calls.committee.queries import envelopes, simulating, sittings
from escale.capabilities.calls.committee.queries.quorum import quorum
from escale.capabilities.calls.committee.queries.ranking import Place, rankings
from escale.foundation.journal.models import Entry
from escale.rules.figures import PARIS


def document(sitting: Sitting, at: datetime) -> dict[str, Any]:
    """All that the minutes, the book and the annex need, as plain JSON: frozen at the closing."""
    members = sittings.members_of(sitting)
    found = quorum(sitting.quorum, members)
    items = list(sittings.all_items(sitting))
    ranked = rankings(items, at)
    return {
        "schema": "escale.minutes/1",
        "number": sitting.number, "title": sitting.title, "service": sitting.service.name, "place": sitting.place,
        "held_at": sitting.held_at.isoformat(), "opened_at": _iso(sitting.opened_at), "closed_at": _iso(sitting.closed_at),
        "quorum": {"seated": found.seated, "present": found.present, "needed": found.needed},
        "members": [{"name": one.person.name, "role": one.role, "attendance": one.attendance} for one in members],
        "moved": moves(sitting),
        "calls": [_call(sitting, scheme, ranked.get(scheme.pk, [])) for scheme in envelopes.schemes_of(sitting)],
    }  # fmt: skip


def moves(sitting: Sitting) -> list[dict[str, Any]]:
    """The envelopes that changed during the session, as it took note of them."""
    rows = Entry.objects.filter(subject=sitting.subject, act="acknowledge").order_by("n")
    return [{"at": row.at.astimezone(PARIS).isoformat(), **one} for row in rows for one in row.data.get("moved", [])]


def _call(sitting: Sitting, scheme: Any, places: list[Place]) -> dict[str, Any]:
    seen = simulating.session_told(sitting, scheme, places)
    return {
        "key": scheme.key, "title": scheme.title, "hypothesis": seen.name,
        "envelopes": [
            {
                "label": one.purse.label, "amount_cents": one.purse.amount_cents, "available_cents": one.given_cents,
                "reserve_cents": one.reserve_cents, "funder": one.purse.funder, "budget_line": one.purse.budget_line,
            }
            for one in seen.sharings
        ],
        "dossiers": [_dossier(place) for place in places],
    }  # fmt: skip


def _dossier(place: Place) -> dict[str, Any]:
    item: Item = place.item
    dossier, advice = item.dossier, place.advice
    return {
        "number": dossier.number, "title": dossier.title, "applicant": dossier.applicant, "state": dossier.state,
        "commune": dossier.organisation.commune.name, "position": place.position, "tied": place.tied,
        "by_hand": place.by_hand, "set_aside": item.set_aside, "rank_reason": item.reason,
        "score_hundredths": place.hundredths, "retained": place.retained, "gone": place.gone,
        "asked_cents": dossier.aid_cents, "proposed_cents": dossier.proposed_cents,
        "opinion": advice.opinion if advice else None, "advised_cents": advice.amount_cents if advice else None,
        "conditions": advice.conditions if advice else "", "reason": advice.reason if advice else "",
        "out": sorted(one.member.person.name for one in item.departures.all()),
    }  # fmt: skip


def _iso(instant: datetime | None) -> str | None:
    return instant.astimezone(PARIS).isoformat() if instant else None
