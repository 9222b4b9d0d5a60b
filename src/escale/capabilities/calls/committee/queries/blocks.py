"""What the vote's own date changes: rules recomputed on that day, and what then forbids to record it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Vote, VoteLine
from escale.capabilities.calls.committee.models.voting import PAYING
from escale.capabilities.calls.committee.policy import VoteState
from escale.capabilities.calls.committee.queries.envelopes import Purse, purses
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.dossiers.queries.reuse import reusable
from escale.capabilities.calls.dossiers.wording import DOSSIER
from escale.capabilities.calls.instruction.queries import examining
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations.models import Link, Organisation
from escale.rules.money import shown_euros
from escale.rules.refusal import Refusal

_VOTABLE = (State.EXAMINED, State.ADVISED)


@dataclass(frozen=True)
class Block:
    """Why a line cannot be recorded on this date. ``number``: the dossier's, empty for an envelope."""

    number: str
    code: str
    message: str


def blocks(vote: Vote, lines: Sequence[VoteLine], voted_on: date) -> list[Block]:
    """Everything that forbids to record these lines as voted on this day; empty when nothing does."""
    found: list[Block] = []
    granted: dict[int, list[tuple[date, int]]] = {}
    pursed = cache(purses)
    for line in lines:
        dossier = line.dossier
        found += _of_state(dossier)
        if line.outcome in PAYING and dossier.state in _VOTABLE:
            found += _of_shares(line) + _of_shares_outside(line, pursed(dossier.scheme))
            found += _of_rules(line, voted_on, granted.get(dossier.organisation_id, []))
            found += _of_pieces(dossier, voted_on)
            granted.setdefault(dossier.organisation_id, []).append((voted_on, line.amount_cents))
    return found + _of_envelopes(lines)


def refusal(found: Sequence[Block]) -> Refusal | None:
    """All of them as one refusal: the first ones in words."""
    if not found:
        return None
    told = " ".join(f"{one.number} : {one.message}" if one.number else one.message for one in found[:3])
    if len(found) > 3:
        told += " " + _("Et {n} autres points, dits ligne par ligne.").format(n=len(found) - 3)
    return Refusal(found[0].code, told)


def _of_state(dossier: Dossier) -> list[Block]:
    if dossier.state in _VOTABLE:
        return []
    sentence = _("ce dossier est à l’état « {state} » : retirez-le de l’annexe.")
    return [Block(dossier.number, "not_votable", sentence.format(state=DOSSIER.states[State(dossier.state)]))]


def _of_shares(line: VoteLine) -> list[Block]:
    cents = sum(one.cents for one in line.shares.all())
    if cents == line.amount_cents:
        return []
    sentence = _(
        "les parts des financeurs font {cents}, le montant voté est {amount} : elles doivent tomber au centime."
    )
    message = sentence.format(cents=shown_euros(cents), amount=shown_euros(line.amount_cents))
    return [Block(line.dossier.number, "shares_do_not_add_up", message)]


def _of_rules(line: VoteLine, voted_on: date, same_vote: list[tuple[date, int]]) -> list[Block]:
    """The rules on the day of the vote: what has failed since the examination, and limits that the amount passes."""
    dossier = line.dossier
    since = [
        *_granted_since(dossier, voted_on),
        *({**_aid(day, cents), "undertaking": "self"} for day, cents in same_vote),
    ]
    before = examining.replayed(dossier)
    now = examining.replayed(dossier, decided_on=voted_on, more_aids=since)
    was = {one["code"]: one for one in before["criteria"]}
    found = [
        Block(dossier.number, "rule_at_the_vote", _("à la date du vote, {message}").format(message=one["message"]))
        for one in now["criteria"]
        if one["replayed"] == "failed" and was.get(one["code"], {}).get("replayed") != "failed"
    ]
    known = {one["code"]: one for one in before["limits"]}
    for one in now["limits"]:
        room, unchanged = one["room_cents"], known.get(one["code"], {}).get("room_cents") == one["room_cents"]
        if room is None or line.amount_cents <= room or (one["judged"] and one["verdict"] == "met" and unchanged):
            continue
        sentence = _("{message} À la date du vote il reste {room}, {over} de trop.")
        told = {"message": one["message"], "room": shown_euros(room), "over": shown_euros(line.amount_cents - room)}
        found.append(Block(dossier.number, one["code"], sentence.format(**told)))
    return found


def _granted_since(dossier: Dossier, voted_on: date) -> list[dict[str, Any]]:
    """The de minimis aids that recorded votes gave since the filing to the same undertaking: nobody declared them."""
    organisation = dossier.organisation
    linked = [one.siren for one in Link.objects.filter(organisation=organisation)]
    others = {
        one.pk
        for siren in linked
        if siren
        for one in Organisation.objects.filter(siret__startswith=siren).order_by("pk")
    }
    rows = VoteLine.objects.filter(
        vote__state=VoteState.RECORDED, outcome__in=PAYING, vote__voted_on__lte=voted_on,
        dossier__organisation__in={organisation.pk, *others},
    )  # fmt: skip
    rows = rows.exclude(dossier=dossier).select_related("vote", "dossier__edition").prefetch_related("releases")
    found = []
    for row in rows.order_by("pk"):
        assert row.vote.recorded_at is not None and row.vote.voted_on is not None
        declared = dossier.filed_at is not None and row.vote.recorded_at <= dossier.filed_at
        limits = call_of(row.dossier.edition).document.get("limits", [])
        if declared or not any(one["code"] == "de_minimis" for one in limits):
            continue
        cents = row.amount_cents - sum(one.cents for one in row.releases.all())
        whose = "self" if row.dossier.organisation_id == organisation.pk else "linked"
        found.append({**_aid(row.vote.voted_on, cents), "undertaking": whose})
    return found


def _aid(day: date, cents: int) -> dict[str, Any]:
    return {"granted_on": day, "amount": cents, "regime": "de_minimis"}


def _of_pieces(dossier: Dossier, voted_on: date) -> list[Block]:
    """Standing documents that were filed and are no longer valid on the day of the vote."""
    specs = call_of(dossier.edition).document.get("pieces", [])
    noon = datetime.combine(voted_on, time(12), UTC)
    given = list(dossier.pieces.filter(removed_at__isnull=True))
    return [
        Block(dossier.number, "document_expired", why)
        for why in reusable(dossier, specs, given, noon).refusals.values()
    ]


def _outside(code: str, cents: int, scheme: Scheme, known: Sequence[Purse]) -> list[Block]:
    """Money of no envelope, where the call has some: another funder's money alone is outside them (its code is empty)."""
    if code:
        sentence = _("L’enveloppe « {code} » n’existe pas dans « {call} » : choisissez l’une des siennes.")
        return [Block("", "unknown_envelope", sentence.format(code=code, call=scheme.title))]
    return []


def _of_shares_outside(line: VoteLine, known: Sequence[Purse]) -> list[Block]:
    """The Region's own part of an award comes from one of the call's envelopes."""
    own = {one.funder for one in known}
    for share in line.shares.all():
        if known and not share.envelope and (share.funder in own or (own == {""} and line.shares.count() == 1)):
            sentence = _("dites de quelle enveloppe viennent les {cents} de {funder}.")
            message = sentence.format(cents=shown_euros(share.cents), funder=share.funder)
            return [Block(line.dossier.number, "envelope_missing", message)]
    return []


def _of_envelopes(lines: Sequence[VoteLine]) -> list[Block]:
    """Envelopes that would give more than they have left."""
    asked: dict[int, dict[str, int]] = {}
    for line in lines:
        for share in line.shares.all():
            mine = asked.setdefault(line.dossier.scheme_id, {})
            mine[share.envelope] = mine.get(share.envelope, 0) + share.cents
    found = []
    for scheme in Scheme.objects.filter(pk__in=list(asked)).select_related("edition").order_by("title", "pk"):
        known = {one.code: one for one in purses(scheme)}
        for code, cents in sorted(asked[scheme.pk].items()):
            purse = known.get(code)
            if purse is None:
                found += _outside(code, cents, scheme, list(known.values()))
                continue
            if cents <= purse.available_cents:
                continue
            sentence = _(
                "« {label} » : {cents} votés, il reste {left} sur {amount}. Il manque {over} : changez l’enveloppe ou l’annexe."
            )
            figures = {
                "cents": cents,
                "left": purse.available_cents,
                "amount": purse.amount_cents,
                "over": cents - purse.available_cents,
            }
            told = {name: shown_euros(value) for name, value in figures.items()}
            found.append(Block("", "envelope_exceeded", sentence.format(label=purse.label, **told)))
    return found
