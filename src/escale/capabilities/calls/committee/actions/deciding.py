"""The committee's opinion on each dossier, given in session."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.actions import session
from escale.capabilities.calls.committee.models import Advice, Item, Sitting
from escale.capabilities.calls.committee.queries import sittings
from escale.capabilities.calls.committee.queries.quorum import quorum
from escale.capabilities.calls.committee.wording import OPINIONS
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions.clock import remember, settle
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.rules.figures import shown_instant
from escale.rules.money import shown_euros
from escale.rules.refusal import Refusal, Refused


@dataclass(frozen=True)
class Opinion:
    """``opinion`` favourable|waiting|unfavourable|adjourned; ``cents`` advised; reasons and conditions may be sent."""

    opinion: str
    cents: int = 0
    reason: str = ""
    conditions: str = ""
    envelope: str = ""


def opine(sitting: Sitting, item: Item, said: Opinion, *, seen: int, by: Person, at: datetime) -> Advice:
    """Keeps the committee's opinion. ``seen``: the number of the opinion that the person had before their eyes (0:
    none); when another was kept meanwhile, nothing is overwritten and the sentence tells it. Refused without quorum,
    when envelopes moved unseen, when the dossier can no longer be advised.
    """
    with transaction.atomic():
        record.lock(sitting)
        dossier = lists.whole().get(pk=item.dossier_id)
        settle(dossier, at=at)
        out = session.leave(sitting, item, at)
        found = quorum(sitting.quorum, sittings.members_of(sitting), [one.pk for one in out])
        sitting.no_quorum, sitting.stale = found.refusal, session.stale(sitting)  # type: ignore[attr-defined]  # read by the policy's checks
        _sound(said, dossier)
        _nobody_was_quicker(item, seen)
        data = {
            "dossier": dossier.number, "opinion": said.opinion, "amount_cents": said.cents, "present": found.present,
            "out": [str(one.person.key) for one in out],
        }  # fmt: skip
        record.perform(sitting, "opine", by=by, at=at, data=data)
        _move(dossier, said, sitting, by, at)
        n = item.advices.count() + 1
        return Advice.objects.create(
            item=item, n=n, opinion=said.opinion, amount_cents=said.cents, envelope=said.envelope, by=by, at=at,
            conditions=said.conditions.strip(), reason=said.reason.strip(),
        )  # fmt: skip


def follow(
    sitting: Sitting, proposed: dict[int, Opinion], *, by: Person, at: datetime
) -> tuple[int, list[tuple[str, str]]]:  # fmt: skip
    """Keeps these opinions (item, its key → opinion) where the committee said nothing yet, each in its own
    transaction; gives how many, and (number, why not) of the others.
    """
    done, refused = 0, []
    rows = sittings.items_of(sitting, by, at).filter(pk__in=list(proposed), advices__isnull=True)
    for item in rows:
        try:
            opine(sitting, item, proposed[item.pk], seen=0, by=by, at=at)
            done += 1
        except Refused as no:
            refused.append((item.dossier.number, no.refusal.message))
    return done, refused


def _move(dossier: Dossier, said: Opinion, sitting: Sitting, by: Person, at: datetime) -> None:
    act = "defer" if said.opinion == "adjourned" else "advise"
    data = {"sitting": sitting.number, "opinion": said.opinion, "amount_cents": said.cents}
    record.perform(dossier, act, by=by, at=at, data=data)
    dossier.advised_cents = None if act == "defer" else said.cents
    Dossier.objects.filter(pk=dossier.pk).update(advised_cents=dossier.advised_cents)
    remember(dossier)


def _nobody_was_quicker(item: Item, seen: int) -> None:
    last = item.advices.select_related("by").order_by("-n").first()
    if last is None or last.n == seen:
        return
    sentence = _(
        "{name} a enregistré un avis sur ce dossier le {when} : {opinion}, {amount}. Le vôtre n’a pas été gardé : relisez, puis décidez."
    )
    told = sentence.format(
        name=last.by.name,
        when=shown_instant(last.at),
        opinion=OPINIONS[last.opinion],
        amount=shown_euros(last.amount_cents),
    )
    raise Refused("changed_meanwhile", told)


def _sound(said: Opinion, dossier: Dossier) -> None:
    refusal: Refusal | None = None
    proposed = dossier.proposed_cents
    if dossier.state == State.WITHDRAWN:
        sentence = _("Le dossier {number} vient d’être retiré par son déposant : le comité n’a plus d’avis à donner.")
        refusal = Refusal("withdrawn", sentence.format(number=dossier.number))
    elif said.opinion in ("unfavourable", "adjourned"):
        if said.cents:
            refusal = Refusal(
                "amount_without_yes", _("Un avis défavorable ou un ajournement n’a pas de montant : effacez-le.")
            )
        elif not said.reason.strip():
            refusal = Refusal("reason_missing", _("Dites pourquoi : les motifs seront envoyés au déposant."))
    elif proposed and not said.cents and said.opinion == "favourable":
        refusal = Refusal("amount_missing", _("Un avis favorable a un montant : indiquez-le en euros."))
    elif said.cents > (proposed or 0) and not said.reason.strip():
        sentence = _("{amount} dépassent les {proposed} proposés par l’instruction : dites pourquoi.")
        figures = {"amount": shown_euros(said.cents), "proposed": shown_euros(proposed or 0)}
        refusal = Refusal("above_proposal", sentence.format(**figures))
    if refusal:
        raise Refused(refusal.code, refusal.message)
