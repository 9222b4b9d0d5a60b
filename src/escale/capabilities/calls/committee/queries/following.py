"""What may follow a letter: is it in time to appeal, what is told of the reasons and of the applicant's own scores."""

import json
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Appeal, Letter, Recall
from escale.capabilities.calls.committee.policy import LEFT
from escale.capabilities.calls.committee.queries.lettering import court, points
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction import wording
from escale.capabilities.calls.instruction.models import Examination
from escale.capabilities.calls.instruction.queries import scoring
from escale.rules.figures import PARIS, shown_day, shown_number

__all__ = ["communicable", "court", "events", "points", "too_late"]


def too_late(letter: Letter, at: datetime) -> str:
    """Why an appeal comes too late, in words; empty while the delay runs."""
    if letter.appeal_until is None or at.astimezone(PARIS).date() <= letter.appeal_until:
        return ""
    sentence = _(
        "Le délai de recours a pris fin le {day} : vous pouvez écrire au service, qui n’est plus tenu de répondre."
    )
    return sentence.format(day=shown_day(letter.appeal_until))


def communicable(dossier: Dossier, at: datetime) -> dict[str, Any]:
    """What the applicant may know of the examination: each verdict with its reason, each expense, its own scores by
    criterion. Never a reviewer's name, a private comment or a note (CRPA, L. 311-1 and L. 311-6).
    """
    ended = Examination.objects.filter(dossier=dossier).order_by("-n").first()
    document = json.loads(ended.document) if ended else {"criteria": [], "limits": [], "expenses": []}
    points_told = [
        {"verdict": one["verdict"], "message": one["message"], "label": wording.VERDICTS[one["verdict"]], "reason": one.get("reason", "")}
        for one in [*document["criteria"], *document["limits"]]
    ]  # fmt: skip
    return {"points": points_told, "expenses": document["expenses"], "scores": _scores(dossier, at)}


def _scores(dossier: Dossier, at: datetime) -> dict[str, Any] | None:
    call = call_of(dossier.edition)
    grid, found = scoring.grid_of(call), scoring.scores([dossier], at=at).get(dossier.pk)
    if grid is None or found is None or found.hundredths is None:
        return None
    labels = {one["code"]: one["label"] for one in call.document["scoring"]["marks"]}
    weights = {one.code: one.weight for one in grid.criteria}
    rows = [(labels[code], _points(value), weights[code]) for code, value in found.by_criterion.items()]
    return {"rows": rows, "total": _points(found.hundredths), "most": grid.total, "reviews": found.reviews}


def _points(hundredths: int) -> str:
    return shown_number(Fraction(hundredths, 100))


def events(letter: Letter, *, inside: bool) -> dict[str, Any]:
    """The appeals against a letter, the withdrawals of its dossier's award; outside, those whose warning left."""
    if not inside and letter.organisation_id != letter.dossier.organisation_id:
        return {"appeals": [], "recalls": []}
    recalls = Recall.objects.filter(dossier=letter.dossier).select_related("dossier", "warning").order_by("-n")
    return {
        "appeals": list(Appeal.objects.filter(letter=letter).select_related("letter", "subject").order_by("-n")),
        "recalls": list(recalls if inside else recalls.filter(warning__state__in=LEFT)),
    }  # fmt: skip
