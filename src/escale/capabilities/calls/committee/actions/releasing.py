"""Money that comes back, and the waiting list that it lets in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.actions import voting
from escale.capabilities.calls.committee.models import Release, Vote, VoteLine
from escale.capabilities.calls.committee.models.voting import PAYING
from escale.capabilities.calls.committee.queries import decisions, waiting
from escale.capabilities.calls.committee.queries.annex import Said
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions.clock import remember
from escale.capabilities.calls.instruction.actions.telling import tell
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.rules.money import shown_euros
from escale.rules.refusal import Refusal, Refused


def release(
    line: VoteLine, kind: str, cents: int | None, *, reason: str, reference: str = "", by: Person, at: datetime
) -> Release:
    """Gives back money of an award: all that stands (``given_up``, ``withdrawn``) or ``cents`` (``reduced``)."""
    with transaction.atomic():
        record.lock(line.vote)
        dossier = lists.whole().get(pk=line.dossier_id)
        standing = line.amount_cents - sum(line.releases.values_list("cents", flat=True))
        amount = cents if kind == "reduced" and cents is not None else standing
        _sound(line, dossier, kind, amount, standing, reason)
        data = {"dossier": dossier.number, "kind": kind, "cents": amount, "reference": reference}
        record.perform(line.vote, "release", by=by, at=at, note=reason, data=data)
        record.perform(dossier, "release", by=by, at=at, note=reason, data=data)
        return Release.objects.create(
            line=line, kind=kind, cents=amount, reason=reason.strip(), reference=reference, by=by, at=at
        )


def call_up(line: VoteLine, *, by: Person, at: datetime) -> Vote:
    """Calls a dossier from the waiting list (or one that was adjourned): a new vote is prepared with what its envelope
    can give, and the applicant is told that the assembly will look at it again.
    """
    with transaction.atomic():
        dossier = lists.whole().get(pk=line.dossier_id)
        record.lock(dossier)
        room = waiting.room(line)
        dossier.settled = _settled(line, dossier, room.cents, at)  # type: ignore[attr-defined]  # read by the policy's check
        data = {"vote": line.vote.number, "amount_cents": room.cents}
        record.perform(line.vote, "call-up", by=by, at=at, data={"dossier": dossier.number})
        record.perform(dossier, "call-up", by=by, at=at, data=data)
        Dossier.objects.filter(pk=dossier.pk).update(advised_cents=room.cents)
        dossier.advised_cents = room.cents
        remember(dossier)
        # No dossier's number in a title: whoever has an interest in it reads the list of votes.
        title = _("Appel de la liste d’attente : {call}").format(call=dossier.scheme.title)[:200]
        vote = voting.create(line.vote.service, title, by=by, at=at)
        outcome = "awarded" if room.cents >= (dossier.proposed_cents or 0) else "partial"
        said = Said(dossier.pk, outcome, room.parts, "", line.conditions, line.position)
        voting.set_lines(vote, [said], by=by, at=at)
        tell(dossier, "called_up", {}, at=at, key=f"called-up-{dossier.number}-{line.pk}", room="committee")
    return vote


def _settled(line: VoteLine, dossier: Dossier, room: int, at: datetime) -> Refusal | None:
    last = decisions.decision_of(dossier, at)
    if last is None or last.line != line.pk or last.outcome not in ("waiting", "adjourned"):
        sentence = _("Le dossier {number} n’est plus en liste d’attente : une autre décision a été prise depuis.")
        return Refusal("not_waiting", sentence.format(number=dossier.number))
    if room <= 0:
        sentence = _(
            "Rien n’est disponible pour le dossier {number} : il faut d’abord que des crédits reviennent ou que l’enveloppe augmente."
        )
        return Refusal("no_room", sentence.format(number=dossier.number))
    return None


def _sound(line: VoteLine, dossier: Dossier, kind: str, cents: int, standing: int, reason: str) -> None:
    refusal: Refusal | None = None
    if line.outcome not in PAYING or standing <= 0:
        sentence = _("Le dossier {number} n’a plus d’aide à rendre.")
        refusal = Refusal("nothing_to_release", sentence.format(number=dossier.number))
    elif not 0 < cents <= standing or (kind == "reduced" and cents == standing):
        sentence = _("Une réduction porte sur une partie des {standing} qui restent accordés : indiquez de combien.")
        refusal = Refusal("wrong_amount", sentence.format(standing=shown_euros(standing)))
    elif not reason.strip():
        refusal = Refusal("reason_missing", _("Dites pourquoi ces crédits reviennent."))
    if refusal:
        raise Refused(refusal.code, refusal.message)
