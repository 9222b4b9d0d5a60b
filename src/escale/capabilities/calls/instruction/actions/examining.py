"""Examining a dossier: judging its points, fixing an amount, asking and giving visas, ending the examination."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions.clock import remember, settle
from escale.capabilities.calls.instruction.models import Examination, Judgement, Visa
from escale.capabilities.calls.instruction.queries import clocks, examining
from escale.foundation.documents.models import Document
from escale.foundation.journal import record
from escale.foundation.journal.chain import canonical, digest
from escale.foundation.people.models import Person
from escale.rules.money import shown_euros
from escale.rules.refusal import Refusal, Refused


@dataclass(frozen=True)
class Point:
    """What is said of one point (see ``Judgement``)."""

    kind: str
    code: str
    verdict: str
    cents: int | None = None
    reason: str = ""
    evidence: Document | None = None


def judge(dossier: Dossier, points: list[Point], *, by: Person, at: datetime) -> int:
    """Keeps what is said of some points; gives how many. Refused when a reason is missing or an amount too high."""
    with transaction.atomic():
        settle(dossier, at=at)
        seen = examining.examination(dossier)
        for point in points:
            _sound(point, seen)
        if not points:
            return 0
        said = sorted(f"{point.kind}:{point.code}:{point.verdict}" for point in points)
        record.perform(dossier, "judge", by=by, at=at, data={"points": said})
        _keep(dossier, points, by, at)
    return len(points)


def fix_amount(dossier: Dossier, cents: int | None, *, reason: str, by: Person, at: datetime) -> None:
    """Proposes another amount than the computed one, or (None) goes back to it. The head of the service's alone."""
    with transaction.atomic():
        settle(dossier, at=at)
        if not reason.strip():
            raise Refused("reason_missing", _("Dites pourquoi ce montant est proposé."))
        data = {"computed_cents": examining.examination(dossier).computed_cents, "fixed_cents": cents}
        record.perform(dossier, "fix-amount", by=by, at=at, data=data)
        _keep(dossier, [Point("amount", "", "", cents, reason)], by, at)


def ask_visas(dossier: Dossier, *, by: Person, at: datetime) -> list[Visa]:
    """Asks the visas that the call wants on the proposal as it stands; those of an earlier one are void."""
    with transaction.atomic():
        settle(dossier, at=at)
        proposal = examining.examination(dossier)
        if proposal.open:
            raise Refused(proposal.open.code, proposal.open.message)
        record.perform(dossier, "ask-visa", by=by, at=at, data={"sha256": proposal.sha256})
        asked = []
        for old in Visa.objects.filter(dossier=dossier).exclude(state="void").exclude(sha256=proposal.sha256):
            record.perform(old, "void", by=by, at=at)
        for kind in examining.wanted(dossier):
            if Visa.objects.filter(dossier=dossier, kind=kind, sha256=proposal.sha256).exclude(state="void").exists():
                continue
            visa = Visa(dossier=dossier, kind=kind, sha256=proposal.sha256, asked_by=by, asked_at=at)
            number = f"{dossier.number}-V{Visa.objects.filter(dossier=dossier).count() + 1}"
            record.begin(visa, number=number, title=dossier.title or number, address=_page(dossier), by=by, at=at)
            asked.append(visa)
    return asked


def answer_visa(visa: Visa, act: str, *, by: Person, at: datetime, reason: str = "") -> None:
    """``give`` or ``refuse`` (with its reason) a visa."""
    with transaction.atomic():
        visa.stands = examining.examination(visa.dossier).sha256 == visa.sha256  # type: ignore[attr-defined]  # read by the policy's check
        record.perform(visa, act, by=by, at=at, note=reason)
        Visa.objects.filter(pk=visa.pk).update(answered_by=by, answered_at=at)


def examine(dossier: Dossier, *, by: Person, at: datetime) -> Examination:
    """Ends the examination: what was judged, the base and the lines are frozen. Refused while a point is open, a
    visa is missing or a correction awaited.
    """
    with transaction.atomic():
        settle(dossier, at=at)
        proposal = examining.examination(dossier)
        dossier.asked = len(clocks.awaited(dossier))  # type: ignore[attr-defined]  # read by the policy's check
        dossier.unjudged = proposal.open or examining.visas_missing(dossier, proposal.sha256)  # type: ignore[attr-defined]  # likewise
        n = Examination.objects.filter(dossier=dossier).count() + 1
        text = canonical({**proposal.document, "n": n})
        record.perform(dossier, "examine", by=by, at=at, data={"n": n, "sha256": digest(text)})
        kept = Examination.objects.create(dossier=dossier, n=n, by=by, at=at, document=text, sha256=digest(text))
        dossier.proposed_cents = proposal.total_cents
        dossier.save(update_fields=["proposed_cents"])
        remember(dossier)
    return kept


def resume(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Takes the examination up again; the one that ended is kept."""
    with transaction.atomic():
        settle(dossier, at=at)
        record.perform(dossier, "resume", by=by, at=at)
        remember(dossier)


def _sound(point: Point, seen: examining.Proposal) -> None:
    refusal: Refusal | None = None
    if point.kind == "expense":
        asked = seen.expenses[int(point.code)]["asked_cents"]
        if point.cents is None or not 0 <= point.cents <= asked:
            sentence = _("« {label} » : au plus {asked} peuvent être retenus, le montant présenté.")
            label = seen.expenses[int(point.code)]["label"]
            refusal = Refusal("too_much_kept", sentence.format(label=label, asked=shown_euros(asked)))
        elif point.cents < asked and not point.reason.strip():
            label = seen.expenses[int(point.code)]["label"]
            refusal = Refusal(
                "reason_missing",
                _("« {label} » : dites pourquoi la dépense est réduite ou écartée.").format(label=label),
            )
    else:
        line = seen.lines.get((point.kind, point.code))
        if line is None:
            refusal = Refusal("gone", _("Ce point n’est plus à juger : rechargez la page."))
        elif point.verdict != line["replayed"] and not point.reason.strip():
            sentence = _("{message} Dites pourquoi le service en juge autrement que le calcul.")
            refusal = Refusal("reason_missing", sentence.format(message=line["message"]))
    if refusal:
        raise Refused(refusal.code, refusal.message)


def _keep(dossier: Dossier, points: list[Point], by: Person, at: datetime) -> None:
    version = lists.latest_version(dossier)
    assert version is not None
    for point in points:
        Judgement.objects.create(
            dossier=dossier, version=version, kind=point.kind, code=point.code, verdict=point.verdict, cents=point.cents,
            reason=point.reason, evidence=point.evidence, by=by, at=at,
        )  # fmt: skip


def _page(dossier: Dossier) -> str:
    return f"/instruction/{dossier.number}/examination/"
