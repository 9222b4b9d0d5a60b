"""Reviews as they are read: a reviewer's own, those of a dossier, the table of a call."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier, Piece, conflict
from escale.capabilities.calls.dossiers.policy import SCORED
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.form import Call
from escale.capabilities.calls.instruction.models import Review
from escale.capabilities.calls.instruction.policy import STANDING, ReviewState
from escale.capabilities.calls.instruction.queries import grid, scoring
from escale.capabilities.calls.instruction.queries.scoring import Ranked
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.questions import Place
from escale.rules.figures import shown_number
from escale.rules.scoring import Score, score


@dataclass(frozen=True)
class Mine:
    """A review on its reviewer's desk: marks typed out of those asked, late or not."""

    review: Review
    typed: int
    asked: int
    late: bool


@dataclass(frozen=True)
class Told:
    """A review as officers read it: its total in hundredths (None: does not count), and why not in words."""

    review: Review
    hundredths: int | None
    sentence: str
    late: bool = False


@dataclass(frozen=True)
class Line:
    """A dossier in the table of a call's scores."""

    ranked: Ranked
    reviews: list[Told]
    missing: int


def whole() -> Any:
    """Reviews with all that a page of one of them needs."""
    return Review.objects.select_related(
        "dossier__scheme__service", "dossier__service", "dossier__edition", "dossier__organisation__commune",
        "dossier__subject", "reviewer", "sheet", "subject",
    )  # fmt: skip


def mine(person: Person, at: datetime) -> list[Mine]:
    """What the person scores, the most pressing first, then what is finished."""
    typed = Count(
        "sheet__answers", filter=Q(sheet__answers__code__startswith="mark_") & ~Q(sheet__answers__typed="")
    )  # fmt: skip
    rows = Review.objects.mine(person, at).select_related("dossier__scheme", "sheet").annotate(typed=typed)
    rows = rows.filter(Q(dossier__state__in=SCORED) | Q(state=ReviewState.FINISHED))
    found = list(rows.order_by("due_at", "pk"))
    calls = scoring.calls_of([one.dossier for one in found])
    told = [
        Mine(
            one, one.typed, len(calls[one.dossier.edition_id].document["scoring"]["marks"]),
            one.state == ReviewState.ASKED and one.due_at < at,
        )
        for one in found
    ]  # fmt: skip
    return sorted(told, key=lambda one: one.review.state == ReviewState.FINISHED)


def counted(review: Review, call: Call, tied: bool) -> Score | None:
    """The score of a review alone, when it counts."""
    spec = scoring.grid_of(call)
    if spec is None or review.state != ReviewState.FINISHED or tied:
        return None
    return score(spec, {"": review.marks})


def told(reviews: Collection[Review], calls: dict[int, Call], at: datetime) -> dict[int, list[Told]]:
    """By dossier: its reviews. Those whose reviewer has an interest by now are said set aside."""
    keys, people = {one.dossier_id for one in reviews}, {one.reviewer_id for one in reviews}
    tied = conflict.ties(keys, people, at)
    found: dict[int, list[Told]] = {}
    for one in reviews:
        out = (one.dossier_id, one.reviewer_id) in tied and one.state in STANDING
        alone = counted(one, calls[one.dossier.edition_id], out)
        sentence = str(Review.WORDING.states[ReviewState.SET_ASIDE]) if out else one.state_label
        late = one.state == ReviewState.ASKED and not out and one.due_at < at
        found.setdefault(one.dossier_id, []).append(Told(one, alone.hundredths if alone else None, sentence, late))
    return found


def of_dossier(dossier: Dossier, at: datetime) -> list[Told]:
    """The reviews of one dossier, in their order."""
    rows = list(Review.objects.filter(dossier=dossier).select_related("dossier", "reviewer").order_by("n"))
    return told(rows, scoring.calls_of([dossier]), at).get(dossier.pk, []) if rows else []


def table(call: Scheme, person: Person, at: datetime) -> list[Line]:
    """The scores of a call as an officer reads them, best first."""
    rows = scoring.ranking(call, at=at, for_person=person)
    dossiers = [one.dossier for one in rows]
    reviews = Review.objects.filter(dossier__in=dossiers).select_related("dossier", "reviewer").order_by("dossier", "n")
    known = told(list(reviews), scoring.calls_of(dossiers), at)
    lines = []
    for one in rows:
        found = known.get(one.dossier.pk, [])
        coming = sum(1 for each in found if each.review.state in STANDING and each.sentence == each.review.state_label)
        missing = max(0, one.wanted - coming) if one.dossier.state in SCORED else 0
        lines.append(Line(one, found, missing))
    return lines


def sayable(dossier: Dossier, at: datetime) -> tuple[Score | None, list[str]]:
    """What may be told to the applicant of its own scores: the score, and what reviewers wrote for it, unnamed.

    Reviews that count nowhere are left out; what is for the committee never is here.
    """
    known = scoring.scores([dossier], at=at).get(dossier.pk)
    rows = list(Review.objects.filter(dossier=dossier, state=ReviewState.FINISHED).select_related("sheet", "dossier"))
    tied = conflict.ties([dossier.pk], {one.reviewer_id for one in rows}, at)
    texts = []
    for one in rows:
        if (dossier.pk, one.reviewer_id) not in tied:
            text = grid.filled_of(one).typed(Place(grid.FOR_APPLICANT))
            texts += [text] if isinstance(text, str) and text.strip() else []
    return known, texts


def shown(hundredths: int | None) -> str:
    """A score in words: « 72,5 »; a dash without one."""
    if hundredths is None:
        return "–"
    return shown_number(Fraction(hundredths, 100))


def pieces_of(review: Review) -> list[tuple[str, str]]:
    """The pieces (code, name) of what was filed last, which the reviewer may open."""
    version = lists.latest_version(review.dossier)
    pieces = json.loads(version.document)["pieces"] if version else []
    return [(one["code"], one["name"]) for one in pieces]


def piece(review: Review, code: str) -> Piece | None:
    """The file of a piece of what was filed last."""
    version = lists.latest_version(review.dossier)
    pieces = json.loads(version.document)["pieces"] if version else []
    n = next((one["version"] for one in pieces if one["code"] == code), 0)
    return Piece.objects.filter(dossier=review.dossier_id, code=code, version=n).select_related("document").first()


def read(review: Review, call: Call) -> list[dict[str, Any]]:
    """A review to read, criterion by criterion: label, mark, scale, comment; marks that count or those typed so far."""
    given, spec = grid.filled_of(review), call.document["scoring"]
    marks = review.marks or grid.marks_of(given)
    return [
        {
            "label": one["label"], "weight": one["weight"], "mark": marks.get(one["code"]), "scale": spec.get("scale", 5),
            "comment": given.typed(Place(grid.comment_code(one["code"]))),
        }
        for one in spec["marks"]
    ]  # fmt: skip


def why_not_scored(dossier: Dossier) -> str:
    """Why nothing can be scored now; empty when it can."""
    if dossier.state in SCORED:
        return ""
    return _("Un dossier s’évalue une fois complet, jusqu’à l’avis du comité.")
