"""The annex of a vote as a document: what was (or would be) voted, frozen when it is recorded."""

from typing import Any

from escale.capabilities.calls.committee.models import Vote, VoteLine


def document(vote: Vote, lines: list[VoteLine]) -> dict[str, Any]:
    """The annex as plain JSON: the act, then each dossier by call with its four amounts and who pays."""
    calls: dict[str, dict[str, Any]] = {}
    for line in lines:
        scheme = line.dossier.scheme
        calls.setdefault(scheme.key, {"key": scheme.key, "title": scheme.title, "lines": []})["lines"].append(
            _line(line)
        )
    return {
        "schema": "escale.vote/1", "number": vote.number, "title": vote.title, "service": vote.service.name,
        "reference": vote.reference, "voted_on": vote.voted_on.isoformat() if vote.voted_on else None,
        "session": vote.session, "total_cents": sum(one.amount_cents for one in lines), "calls": list(calls.values()),
    }  # fmt: skip


def _line(line: VoteLine) -> dict[str, Any]:
    dossier = line.dossier
    return {
        "number": dossier.number, "title": dossier.title, "applicant": dossier.applicant, "position": line.position,
        "outcome": line.outcome, "asked_cents": line.asked_cents, "proposed_cents": line.proposed_cents,
        "advised_cents": line.advised_cents, "voted_cents": line.amount_cents, "reason": line.reason,
        "conditions": line.conditions,
        "shares": [
            {"funder": one.funder, "budget_line": one.budget_line, "envelope": one.envelope, "cents": one.cents}
            for one in line.shares.all()
        ],
        "away": [one.person.name for one in line.recusals.all()],
    }  # fmt: skip
