"""After a letter: rectification, gracious appeal, withdrawal of an award, giving up, reasons told on request."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.actions import notifying
from escale.capabilities.calls.committee.actions.telling import tell_applicant, tell_service
from escale.capabilities.calls.committee.models import Appeal, Letter, Recall
from escale.capabilities.calls.committee.models.notifying import APPLICANT
from escale.capabilities.calls.committee.policy import LEFT, AppealState
from escale.capabilities.calls.committee.queries import following
from escale.capabilities.calls.committee.queries.french import in_french
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.rules.figures import PARIS, shown_day, shown_instant
from escale.rules.letters import fields, remedies
from escale.rules.letters.text import Value
from escale.rules.refusal import Refusal, Refused


def rectify(letter: Letter, *, reason: str, by: Person, at: datetime) -> Letter:
    """A letter that will replace this one once it is sent: same words to begin with; the first stays as it left."""
    with transaction.atomic():
        record.perform(letter, "rectify", by=by, at=at, note=reason)
        return notifying.again(letter, by=by, at=at)


def appeal(letter: Letter, text: str, *, by: Person, at: datetime) -> Appeal:
    """A gracious appeal against what the letter told, within its delay. Silence will reject it two months later."""
    with transaction.atomic():
        record.lock(letter)
        letter.too_late = following.too_late(letter, at)  # type: ignore[attr-defined]  # read by the policy's check
        if letter.appeals.filter(state=AppealState.FILED).exists():
            raise Refused("already_filed", _("Un recours gracieux est déjà à l’examen : attendez sa réponse."))
        record.perform(letter, "appeal", by=by, at=at)
        n = (letter.appeals.aggregate(last=Max("n"))["last"] or 0) + 1
        found = Appeal(letter=letter, n=n, text=text, filed_by=by, filed_at=at, due_at=remedies.silence(at))
        number = f"{letter.number}-R{n}"
        record.begin(found, number=number, title=letter.number, address=found.get_absolute_url(), by=by, at=at)
        words = {"letter": letter.number, "due": shown_instant(found.due_at), "path": found.get_absolute_url()}
        tell_applicant(letter.dossier, "appeal_filed", words, at=at, key=f"appeal-{number}")
        tell_service(letter.dossier, "appeal_received", words, at=at, key=f"appeal-in-{number}")
    return found


def uphold(found: Appeal, *, answer: str, by: Person, at: datetime) -> None:
    """The appeal is right: the decision is to be taken again, a rectifying letter or another vote will say so."""
    settle(found, at=at)
    with transaction.atomic():
        record.perform(found, "uphold", by=by, at=at, note=answer)
        _ended(found, answer, by, at)
        words = {"letter": found.letter.number, "answer": answer, "path": found.get_absolute_url()}
        tell_applicant(found.letter.dossier, "appeal_upheld", words, at=at, key=f"appeal-up-{found.pk}")


def reject(found: Appeal, *, answer: str, by: Person, at: datetime) -> Letter:
    """The appeal is rejected; gives the letter that says so, to be read, signed and sent."""
    settle(found, at=at)
    with transaction.atomic():
        record.perform(found, "reject", by=by, at=at, note=answer)
        _ended(found, answer, by, at)
        with in_french():
            values: dict[str, Value] = {
                "decision.reason": following.points(answer), "remedies": remedies.standard(following.court())[1:],
                "appeal.date": shown_day(found.filed_at.astimezone(PARIS).date()),
            }  # fmt: skip
        key = f"appeal:{found.pk}"
        return notifying.single(found.letter.dossier, fields.REJECTION, key, values, by=by, at=at)


def take_back(found: Appeal, *, by: Person, at: datetime) -> None:
    """Its author takes it back."""
    settle(found, at=at)
    with transaction.atomic():
        record.perform(found, "withdraw", by=by, at=at)
        _ended(found, "", None, at)


def settle(found: Appeal, *, at: datetime) -> int:
    """What silence did by ``at``, at the instant it was due; gives how many lines were written."""
    if found.state != AppealState.FILED or found.due_at > at:
        return 0
    with transaction.atomic():
        record.lock(found)
        if found.state != AppealState.FILED:
            return 0
        record.perform(found, "deem-rejected", by=None, at=found.due_at)
        Appeal.objects.filter(pk=found.pk).update(ended_at=found.due_at)
        with in_french():
            until = shown_day(remedies.last_day(found.due_at))
        words = {
            "letter": found.letter.number,
            "until": until,
            "court": following.court(),
            "path": found.get_absolute_url(),
        }
        tell_applicant(found.letter.dossier, "appeal_silent", words, at=at, key=f"appeal-silent-{found.pk}")
    return 1


def settle_due(*, at: datetime) -> int:
    """All appeals whose silence was due by ``at``."""
    due = Appeal.objects.filter(state=AppealState.FILED, due_at__lte=at).select_related(
        "subject", "letter__dossier__organisation", "letter__dossier__scheme", "letter__dossier__subject"
    )
    return sum(settle(one, at=at) for one in due.order_by("pk"))


def _ended(found: Appeal, answer: str, by: Person | None, at: datetime) -> None:
    found.answer, found.answered_by, found.ended_at = answer, by, at
    found.save(update_fields=["answer", "answered_by", "ended_at"])


def recall(letter: Letter, *, reason: str, answer_by: datetime, by: Person, at: datetime) -> Recall:
    """Begins to withdraw an award: the letter that warns its beneficiary is prepared, to be read, signed and sent."""
    if answer_by <= at:
        raise Refused("impossible_dates", _("La date limite de réponse est passée : laissez le temps d’une réponse."))
    with transaction.atomic():
        record.lock(letter.dossier)
        if letter.dossier.recalls.filter(state__in=["warned", "answered"]).exists():
            raise Refused("already_begun", _("Une procédure de retrait est déjà ouverte sur ce dossier."))
        record.perform(letter, "recall", by=by, at=at, note=reason)
        n = (letter.dossier.recalls.aggregate(last=Max("n"))["last"] or 0) + 1
        with in_french():
            values: dict[str, Value] = {
                "decision.reason": following.points(reason),
                "answer_by": shown_day(answer_by.astimezone(PARIS).date()),
            }
        warning = notifying.single(letter.dossier, fields.WARNING, f"recall:{n}", values, by=by, at=at)
        found = Recall(
            dossier=letter.dossier, n=n, reason=reason, answer_by=answer_by, begun_by=by, begun_at=at, warning=warning
        )
        number = f"{letter.dossier.number}-T{n}"
        record.begin(found, number=number, title=letter.number, address=found.get_absolute_url(), by=by, at=at)
    return found


def answer_recall(found: Recall, text: str, *, by: Person, at: datetime) -> None:
    """The beneficiary's observations, within the date it was given."""
    if at > found.answer_by:
        sentence = _("Les observations étaient attendues jusqu’au {when} : écrivez au service.")
        raise Refused("too_late", sentence.format(when=shown_instant(found.answer_by)))
    with transaction.atomic():
        record.perform(found, "answer", by=by, at=at, note=text)
        found.answer, found.answered_by, found.answered_at = text, by, at
        found.save(update_fields=["answer", "answered_by", "answered_at"])
        words = {"letter": found.warning.number if found.warning else "", "path": found.get_absolute_url()}
        tell_service(found.dossier, "recall_answered", words, at=at, key=f"recall-{found.pk}")


def decide_recall(found: Recall, *, reason: str, by: Person, at: datetime) -> Letter:
    """The award is withdrawn, once its beneficiary could answer; gives the letter, which replaces the award's when sent."""
    with transaction.atomic():
        record.lock(found)
        found.unheard = _unheard(found, at)  # type: ignore[attr-defined]  # read by the policy's check
        record.perform(found, "decide", by=by, at=at, note=reason)
        with in_french():
            values: dict[str, Value] = {"decision.reason": following.points(reason)}
        letter = notifying.single(found.dossier, fields.WITHDRAWAL, APPLICANT, values, by=by, at=at)
        found.outcome, found.ended_at = letter, at
        found.save(update_fields=["outcome", "ended_at"])
    return letter


def _unheard(found: Recall, at: datetime) -> Refusal | None:
    if found.warning is None or found.warning.state not in LEFT:
        sentence = _(
            "Le bénéficiaire n’a pas encore été averti : relisez, faites signer et envoyez d’abord l’avertissement."
        )
        return Refusal("not_warned", sentence)
    if found.state == "warned" and at <= found.answer_by:
        sentence = _(
            "Le bénéficiaire peut répondre jusqu’au {when} : rien ne se décide avant sa réponse ou cette date."
        )
        return Refusal("answer_awaited", sentence.format(when=shown_instant(found.answer_by)))
    return None


def drop_recall(found: Recall, *, reason: str, by: Person, at: datetime) -> None:
    """The award is left as it was; its beneficiary is told when it had been warned."""
    with transaction.atomic():
        record.perform(found, "drop", by=by, at=at, note=reason)
        Recall.objects.filter(pk=found.pk).update(ended_at=at)
        if found.warning is not None and found.warning.state in LEFT:
            words = {"reason": reason, "path": found.get_absolute_url()}
            tell_applicant(found.dossier, "recall_dropped", words, at=at, key=f"recall-drop-{found.pk}")


def give_up(letter: Letter, *, reason: str, by: Person, at: datetime) -> None:
    """The beneficiary gives the award up: the service is told, and gives the money back to its envelope."""
    with transaction.atomic():
        record.perform(letter, "give-up", by=by, at=at, note=reason)
        Letter.objects.filter(pk=letter.pk).update(given_up_at=at)
        words = {"letter": letter.number, "reason": reason, "path": letter.get_absolute_url()}
        tell_service(letter.dossier, "given_up", words, at=at, key=f"given-up-{letter.number}")


def ask_reasons(letter: Letter, *, by: Person, at: datetime) -> None:
    """The applicant asks for the reasons and its own scores: they are told at once, the journal keeps that they were."""
    with transaction.atomic():
        record.perform(letter, "ask-reasons", by=by, at=at)
        Letter.objects.filter(pk=letter.pk, reasons_at__isnull=True).update(reasons_at=at)
