"""Sending a letter: kept exactly as it leaves, on the page and by mail, the dossier notified, the one before replaced."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee import policy
from escale.capabilities.calls.committee.models import Letter
from escale.capabilities.calls.committee.models.notifying import APPLICANT
from escale.capabilities.calls.committee.queries import notifying
from escale.capabilities.calls.dossiers.policy import State
from escale.foundation.documents import actions as documents
from escale.foundation.documents.typesetting import pdf
from escale.foundation.journal import record
from escale.foundation.journal.chain import canonical, digest
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.rules.letters import remedies, text
from escale.rules.refusal import Refused

HERE = Path(__file__).resolve().parent.parent / "papers"
FORMULA = "Pour la présidence du conseil régional et par délégation,"


def send(letter: Letter, *, by: Person, at: datetime) -> None:
    """Sends it. The letter that held for the same recipient is replaced and stays; its mails still waiting do not leave.
    Raises ``Refused`` (decision_changed, wrong_state), ``NoHat``: nothing is then written.
    """
    letter.overtaken = notifying.overtaken(letter, at)  # type: ignore[attr-defined]  # read by the policy's check
    record.check(letter, "send", by=by, at=at)
    letter.sent_at = at
    content = {**letter.content, **notifying.envelope(letter)}
    made = paper_of(content, letter.number)  # outside any lock: it takes a while
    with transaction.atomic():
        record.lock(letter.dossier)
        record.lock(letter)
        letter.overtaken = notifying.overtaken(letter, at)  # type: ignore[attr-defined]  # asked again under the lock
        record.check(letter, "send", by=by, at=at)
        _follow(letter, by, at)
        letter.content, letter.sha256 = content, digest(canonical(content))
        letter.paper = documents.store_bytes(made, name=f"lettre-{letter.number}.pdf", kind="pdf", at=at)
        letter.save(update_fields=["content", "sha256", "sent_at", "paper", "replaces"])
        data = {"kind": letter.kind, "sha256": letter.sha256, "paper": letter.paper.sha256, "to": letter.recipient}
        record.perform(letter, "send", by=by, at=at, data=data)
        if letter.recipient == APPLICANT and letter.dossier.state == State.VOTED:
            told = {"letter": letter.number, "kind": letter.kind, "sha256": letter.sha256}
            record.perform(letter.dossier, "notify", by=by, at=at, data=told)
        _mail(letter, at)


def _follow(letter: Letter, by: Person, at: datetime) -> None:
    """Replaces the letter in force: two contradictory letters never both hold."""
    held = notifying.in_force(letter.dossier, letter.recipient)
    if held is None:
        return
    held.dossier = letter.dossier
    record.perform(held, "replace", by=by, at=at, data={"by": letter.number})
    post.hold_back(f"letter-{held.number}-", why=f"replaced by {letter.number}")
    letter.replaces = held


def _mail(letter: Letter, at: datetime) -> None:
    words = {
        "number": letter.number, "title": letter.content["title"], "text": _as_mail(letter),
        "path": letter.get_absolute_url(), "dossier": letter.dossier.number, "page": letter.organisation is not None,
        "service": letter.dossier.service.name if letter.dossier.service else "",
    }  # fmt: skip
    if letter.organisation is None:
        key = f"letter-{letter.number}-mail"
        post.write(letter.email, "committee/decision", words, about=letter.dossier.subject, at=at, key=key)
        return
    for member in organisations.members_of(letter.organisation, at).exclude(role="reader"):
        key = f"letter-{letter.number}-{member.person_id}"
        post.write(member.person, "committee/decision", words, about=letter.dossier.subject, at=at, key=key)


def _as_mail(letter: Letter) -> str:
    before = text.as_text({"before": letter.content["before"], "after": []})
    after = text.as_text({"before": [], "after": letter.content["after"]})
    return "\n\n".join(one for one in (before, "\n".join(signed(letter.content["signature"])), after) if one)


def signed(signature: dict[str, Any]) -> list[str]:
    """The lines of a signature; none while nobody signed."""
    if not signature:
        return []
    lines = [FORMULA, signature["quality"], signature["name"], f"(délégation de signature : {signature['reference']})"]
    return [line for line in lines if line]


def paper_of(content: dict[str, Any], mark: str, *, draft: str = "") -> bytes:
    """The letter as PDF, the same bytes for the same words; ``draft``: what marks one that has not left."""
    data = {**content, "mark": mark, "draft": draft, "signed": signed(content["signature"]) or ["(signature)"]}
    return pdf(HERE / "letter.typ", data)


def open_letter(letter: Letter, *, by: Person, at: datetime) -> None:
    """Someone who answers for the recipient opens it on the page: from then the delays run."""
    _received(letter, "open", by, at, read_at=at, proof=str(_("ouverte sur la page")))


def serve(letter: Letter, *, read_at: datetime, reference: str, by: Person, at: datetime) -> None:
    """The service notes that it was received by another way (registered letter, by hand) at ``read_at``."""
    if not letter.sent_at or not letter.sent_at <= read_at <= at:
        raise Refused("impossible_dates", _("La remise se situe entre l’envoi de la lettre et aujourd’hui."))
    _received(letter, "serve", by, at, read_at=read_at, proof=reference)


def _received(letter: Letter, act: str, by: Person, at: datetime, *, read_at: datetime, proof: str) -> None:
    with transaction.atomic():
        record.lock(letter)
        record.check(letter, act, by=by, at=at)
        letter.opened_at, letter.opened_by, letter.proof = read_at, by if act == "open" else None, proof
        letter.appeal_until = remedies.last_day(read_at) if says_remedies(letter) else None
        letter.save(update_fields=["opened_at", "opened_by", "proof", "appeal_until"])
        data = {"read_at": read_at.isoformat(), "proof": proof}
        record.perform(letter, act, by=by, at=at, data=data)


def says_remedies(letter: Letter) -> bool:
    """Whether the letter told the delays: they cannot run against who was not told (CJA, R. 421-5)."""
    return "voies et délais de recours" in letter.body or "remedies" in letter.body


def remind_due(*, at: datetime) -> int:
    """Letters that nobody opened in time do not count as received: the journal says so, once, at the instant it was due."""
    limit = timedelta(days=remedies.UNREAD_DAYS)
    late = Letter.objects.filter(Q(organisation__isnull=False), state=policy.LetterState.SENT, reminded_at__isnull=True)
    done = 0
    for letter in late.filter(sent_at__lte=at - limit).select_related("subject", "dossier").order_by("pk"):
        with transaction.atomic():
            record.lock(letter)
            if letter.state != policy.LetterState.SENT or letter.sent_at is None:
                continue
            due = letter.sent_at + limit
            record.perform(letter, "remind", by=None, at=due)
            Letter.objects.filter(pk=letter.pk).update(reminded_at=due)
            done += 1
    return done
