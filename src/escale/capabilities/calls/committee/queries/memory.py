"""What votes and letters add to the memory of a dossier: steps of "why this amount", the audit pack, the doctor's look."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.committee import policy, wording
from escale.capabilities.calls.committee.models import Appeal, Letter, Recall, VoteLine
from escale.capabilities.calls.committee.models.notifying import APPLICANT
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.instruction.models import Examination
from escale.capabilities.calls.instruction.queries.packing import Extra
from escale.foundation.documents import storage
from escale.foundation.journal.chain import canonical, digest, instant
from escale.foundation.journal.models import Entry
from escale.rules.scheme.trial import RULES_VERSION


def steps(dossier: Dossier, *, inside: bool) -> list[dict[str, Any]]:
    """What each vote decided, as steps that follow the examination's: from what it gave to what was voted, to the cent.
    Outside, those that a letter told.
    """
    lines = VoteLine.objects.filter(dossier=dossier, vote__state=policy.VoteState.RECORDED).select_related("vote")
    told = Letter.objects.filter(dossier=dossier, recipient=APPLICANT, state__in=policy.LEFT).order_by("-sent_at")
    last = told.values_list("sent_at", flat=True).first()
    if not inside:
        lines = lines.filter(vote__recorded_at__lte=last) if last else lines.none()
    ended = Examination.objects.filter(dossier=dossier).order_by("-n").first()
    aid = (json.loads(ended.document)["aid"] or {}) if ended else {}
    found = lines.prefetch_related("shares", "releases").order_by("vote__recorded_at", "vote")
    return [step for line in found for step in _steps(dossier, line, aid.get("total_cents"))]


def _steps(dossier: Dossier, line: VoteLine, examined: int | None) -> Iterator[dict[str, Any]]:
    document = voted(line)
    lines = []
    if examined is not None and examined != line.amount_cents:
        lines = [
            {"code": "examined", "label": _("Aide issue de l’examen"), "amount_cents": examined, "reason": ""},
            {"code": "vote", "label": _("Décision de l’assemblée"), "amount_cents": line.amount_cents - examined, "reason": line.reason},
        ]  # fmt: skip
    else:
        lines = [{"code": "vote", "label": _("Montant voté"), "amount_cents": line.amount_cents, "reason": line.reason}]
    outcome = str(wording.OUTCOMES[line.outcome])
    note = _("Délibération {reference} du {day} : {outcome}.").format(
        reference=line.vote.reference,
        day=line.vote.voted_on.strftime("%d/%m/%Y") if line.vote.voted_on else "",
        outcome=outcome,
    )
    shares = {one["funder"]: 0 for one in document["shares"]}
    for one in document["shares"]:
        shares[one["funder"]] += one["cents"]
    base = {
        "edition": {"n": dossier.edition.n, "sha256": dossier.edition.sha256}, "rules_version": RULES_VERSION, "verdict": line.outcome,
        "spending_kept_cents": None, "criteria": [], "limits": [], "expenses": [],
    }  # fmt: skip
    assert line.vote.recorded_at is not None
    yield {
        **base, "kind": "vote", "label": _("Au vote"), "at": line.vote.recorded_at.isoformat(), "lines": lines,
        "total_cents": line.amount_cents, "by_funder": shares, "notes": [note], "sha256": digest(canonical(document)),
    }  # fmt: skip
    left = line.amount_cents
    for back in line.releases.all():
        left -= back.cents
        label = str(wording.RELEASES[back.kind])
        yield {
            **base, "kind": "release", "label": _("Après le vote"), "at": back.at.isoformat(), "total_cents": left, "by_funder": {},
            "lines": [
                {"code": "voted", "label": _("Montant d’avant"), "amount_cents": left + back.cents, "reason": ""},
                {"code": back.kind, "label": label, "amount_cents": -back.cents, "reason": back.reason},
            ],
            "notes": [back.reference] if back.reference else [], "sha256": digest(canonical(document)),
        }  # fmt: skip


def voted(line: VoteLine) -> dict[str, Any]:
    """One line of a vote, as the pack holds it."""
    vote = line.vote
    return {
        "vote": vote.number, "reference": vote.reference, "voted_on": vote.voted_on.isoformat() if vote.voted_on else "",
        "session": vote.session, "recorded_at": instant(vote.recorded_at) if vote.recorded_at else "",
        "number": line.dossier.number, "outcome": line.outcome, "amount_cents": line.amount_cents,
        "asked_cents": line.asked_cents, "proposed_cents": line.proposed_cents, "advised_cents": line.advised_cents,
        "reason": line.reason, "conditions": line.conditions,
        "shares": [{"funder": one.funder, "budget_line": one.budget_line, "cents": one.cents} for one in line.shares.all()],
    }  # fmt: skip


def pack(dossier: Dossier) -> Extra:
    """The votes on the dossier, the letters written about it as they were sent, their journals and their papers."""
    rows = VoteLine.objects.filter(dossier=dossier, vote__state=policy.VoteState.RECORDED)
    lines = list(
        rows.select_related("vote__evidence", "dossier")
        .prefetch_related("shares")
        .order_by("vote__recorded_at", "vote")
    )
    letters = list(Letter.objects.filter(dossier=dossier).select_related("paper").order_by("pk"))
    left = [one for one in letters if one.state in policy.LEFT]
    texts = {f"votes/{one.vote.number}.json": canonical(voted(one)) for one in lines}
    texts |= {f"notified/{one.number}.json": canonical(one.content) for one in left}
    subjects = [one.subject_id for one in letters]
    subjects += Appeal.objects.filter(letter__dossier=dossier).order_by("pk").values_list("subject_id", flat=True)
    subjects += Recall.objects.filter(dossier=dossier).order_by("pk").values_list("subject_id", flat=True)
    files = [(f"vote {one.vote.number}", one.vote.evidence) for one in lines if one.vote.evidence]
    files += [(f"letter {one.number}", one.paper) for one in left if one.paper]
    manifest = {
        "votes": [{"number": one.vote.number, "sha256": digest(canonical(voted(one)))} for one in lines],
        "notified": [
            {"number": one.number, "kind": one.kind, "state": one.state, "sha256": one.sha256, "paper": one.paper.sha256 if one.paper else ""}
            for one in left
        ],
    }  # fmt: skip
    return Extra(manifest, texts, subjects, files)


def problems() -> Iterator[str]:
    """A code and a number for each letter that is not as it was sent: its content, what the journal says, its paper."""
    said = {
        entry.subject_id: entry.data
        for entry in Entry.objects.filter(subject__kind="letter", act="send").order_by("pk").iterator(chunk_size=500)
    }
    left = Letter.objects.filter(state__in=policy.LEFT).select_related("paper").order_by("pk")
    for letter in left.iterator(chunk_size=200):
        told, paper = said.get(letter.subject_id, {}), letter.paper.sha256 if letter.paper else ""
        if digest(canonical(letter.content)) != letter.sha256 or told.get("sha256") != letter.sha256:
            yield f"letter_altered {letter.number}"
        if told.get("paper") != paper or not _whole(paper):
            yield f"letter_paper_differs {letter.number}"


def _whole(sha256: str) -> bool:
    try:
        with storage.reading(sha256) as stream:
            return hashlib.sha256(stream.read()).hexdigest() == sha256
    except (storage.Lost, storage.Unavailable):
        return False
