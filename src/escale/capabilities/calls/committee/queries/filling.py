"""From the committee's opinions to the lines of an annex: outcome, parts by funder and budget line."""

import json
from collections.abc import Sequence
from datetime import datetime

from escale.capabilities.calls.committee.models import Advice, Sitting, Vote
from escale.capabilities.calls.committee.queries import envelopes, simulating, sittings
from escale.capabilities.calls.committee.queries.annex import Said
from escale.capabilities.calls.committee.queries.envelopes import Purse
from escale.capabilities.calls.committee.queries.ranking import Place, rankings
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction.models import Examination
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.people.models import Person
from escale.rules.money import share_out

#: Opinion → outcome when it brings no money.
_OUTCOMES = {"waiting": "waiting", "unfavourable": "refused", "adjourned": "adjourned"}


def from_sitting(vote: Vote, person: Person, at: datetime) -> list[Said]:
    """The annex that follows the opinions of the vote's sitting, without what the person may not see."""
    sitting = vote.sitting
    if sitting is None:
        return []
    items = list(sittings.items_of(sitting, person, at))
    ranked = rankings(items, at)
    shares = funders_of([one.dossier_id for one in items])
    found: list[Said] = []
    for scheme in envelopes.schemes_of(sitting):
        found += _lines(sitting, scheme, ranked.get(scheme.pk, []), shares)
    return found


def _lines(sitting: Sitting, scheme: Scheme, places: Sequence[Place], shares: dict[int, dict[str, int]]) -> list[Said]:
    """Money that the funders of the call share is split as the examination split it, else the envelope pays whole."""
    known = envelopes.purses(scheme)
    told = simulating.session_told(sitting, scheme, places)
    paid = {line.key: line.envelope for line in told.lines}
    found = []
    for place in places:
        if place.advice is None or place.gone:
            continue
        dossier = place.item.dossier
        code = place.advice.envelope or paid.get(dossier.number, "")
        parts = split(scheme, known, place.advice.amount_cents, shares.get(dossier.pk, {}), code)
        found.append(_said(place.advice, dossier, parts, place.position))
    return found


def _said(
    advice: Advice, dossier: Dossier, parts: tuple[tuple[str, str, str, int], ...], position: int
) -> Said:  # fmt: skip
    outcome = _OUTCOMES.get(advice.opinion)
    if outcome is None:
        whole = advice.amount_cents >= (dossier.proposed_cents or 0)
        outcome = "retained" if not advice.amount_cents else "awarded" if whole else "partial"
    kept = parts if outcome in ("awarded", "partial") else ()
    return Said(dossier.pk, outcome, kept, advice.reason, advice.conditions, position)


def split(
    scheme: Scheme, known: Sequence[Purse], cents: int, shares: dict[str, int], envelope: str
) -> tuple[tuple[str, str, str, int], ...]:
    """(funder, budget line, envelope, cents) of an amount: to the cent, in proportion of ``shares`` (funder's code →
    cents) when several funders pay, each from its own envelope.
    """
    names = {one["code"]: one["label"] for one in _funders(scheme)}
    payers = {code: n for code, n in shares.items() if n > 0}
    own = next((one for one in known if one.code == envelope), known[0] if known else None)
    if len(payers) < 2:
        label = own.funder if own and own.funder else next(iter(names.values()), "Région")
        return ((label, own.budget_line if own else "", own.code if own else "", cents),) if cents else ()
    found = []
    for code, part in zip(payers, share_out(cents, list(payers.values())), strict=True):
        label = names.get(code, code)
        purse = next((one for one in known if one.funder == label), None)
        if part:
            found.append((label, purse.budget_line if purse else "", purse.code if purse else "", part))
    return tuple(found)


def funders_of(dossiers: Sequence[int]) -> dict[int, dict[str, int]]:
    """By dossier (its key): what each funder pays in the proposal of its last examination, in cents. One query."""
    rows = Examination.objects.filter(dossier__in=dossiers).order_by("dossier", "n")
    documents = dict(rows.values_list("dossier_id", "document"))
    return {key: (json.loads(text).get("aid") or {}).get("by_funder") or {} for key, text in documents.items()}


def _funders(scheme: Scheme) -> list[dict[str, str]]:
    document = call_of(scheme.edition).document if scheme.edition else {}
    found: list[dict[str, str]] = (document.get("aid") or {}).get("funders", [])
    return found
