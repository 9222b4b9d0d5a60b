"""Scores of dossiers from the finished reviews, and the ranking of a call."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from escale.capabilities.calls.dossiers.models import Dossier, conflict
from escale.capabilities.calls.dossiers.policy import SCORED, State
from escale.capabilities.calls.dossiers.queries.form import Call, call_of
from escale.capabilities.calls.instruction.models import Review
from escale.capabilities.calls.instruction.policy import ReviewState
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions.models import Edition
from escale.foundation.people.models import Person
from escale.rules.scoring import Criterion, Grid, Score, rank, score

#: What a ranking shows: from the whole dossier to the decision told.
RANKED = SCORED | {State.ADVISED, State.VOTED, State.NOTIFIED}
#: Reviewers disagree strongly from this share of the whole score on.
STRONG = 4


@dataclass(frozen=True)
class Ranked:
    """A dossier in the ranking: ``position`` from 1, shared by the ``tied`` of the same score; None without score.

    ``wanted`` reviews are asked by the scheme, ``score.reviews`` are there. ``retained``: the score and each mark
    reach their minimum. ``disagreement``: the spread is a quarter of the grid or more.
    """

    dossier: Dossier
    score: Score
    position: int | None
    tied: int
    wanted: int
    total: int
    retained: bool
    disagreement: bool


def grid_of(call: Call) -> Grid | None:
    """The scoring grid of a call; None when its dossiers are not scored."""
    spec = call.document.get("scoring")
    if not spec:
        return None
    scale, least = spec.get("scale", 5), spec.get("least")
    return _grid(
        tuple((one["code"], one["weight"], one.get("least")) for one in spec["marks"]), scale,
        None if least is None else least * 100,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _grid(marks: tuple[tuple[str, int, int | None], ...], scale: int, least: int | None) -> Grid:
    return Grid(tuple(Criterion(code, weight, scale, minimum) for code, weight, minimum in marks), least)


def reviewers_wanted(call: Call) -> int:
    """How many reviewers score each dossier; 0 when they are not scored."""
    spec = call.document.get("scoring")
    return spec.get("reviewers", 2) if spec else 0


def is_scored(scheme: Scheme) -> bool:
    """Whether the call, as it stands, has a grid."""
    return scheme.edition is not None and grid_of(call_of(scheme.edition)) is not None


def calls_of(dossiers: Collection[Dossier]) -> dict[int, Call]:
    """By edition (its key): the call that these dossiers answer. Two queries, whatever their number."""
    keys = {one.edition_id for one in dossiers}
    rows = Edition.objects.filter(pk__in=keys).defer("document").prefetch_related("amendments")
    return {one.pk: call_of(one) for one in rows.order_by("pk")}


def scores(dossiers: Collection[Dossier], *, at: datetime) -> dict[int, Score]:
    """By dossier (its key): the score from its finished reviews; dossiers of a call without a grid are left out.

    A review counts while its reviewer has no interest in the dossier at ``at``: what is declared or found after
    scoring takes it out at once. Eight queries at most, whatever the number.
    """
    finished: dict[int, dict[int, dict[str, int]]] = {one.pk: {} for one in dossiers}
    rows = Review.objects.filter(dossier__in=list(finished), state=ReviewState.FINISHED).order_by("dossier", "n")
    for key, reviewer, marks in rows.values_list("dossier_id", "reviewer_id", "marks"):
        finished[key][reviewer] = marks
    calls = calls_of(dossiers)
    people = {reviewer for reviews in finished.values() for reviewer in reviews}
    tied = conflict.ties(list(finished), people, at) if people else set()
    found = {}
    for dossier in dossiers:
        grid = grid_of(calls[dossier.edition_id])
        if grid is not None:
            reviews = {str(who): marks for who, marks in finished[dossier.pk].items() if (dossier.pk, who) not in tied}
            found[dossier.pk] = score(grid, reviews)
    return found


def ranking(call: Scheme, *, at: datetime, for_person: Person | None) -> list[Ranked]:
    """The call's dossiers, best score first, then those without a score by number. ``for_person``: without those in
    which the person has an interest, positions counted as if they were not there; None: all, the session's own truth.

    Equal scores share a position and stand in the order of their numbers. Eleven queries at most.
    """
    dossiers = Dossier.objects.filter(scheme=call, state__in=RANKED)
    if for_person is not None:
        dossiers = dossiers.free_of(for_person, at)
    found = list(dossiers.select_related("organisation__commune", "officer").order_by("number"))
    return ranked(found, scores(found, at=at))


def ranked(dossiers: Collection[Dossier], known: dict[int, Score]) -> list[Ranked]:
    """These dossiers in the order of their scores; those without one last."""
    calls = calls_of(dossiers)
    by_key = {one.pk: one for one in dossiers if one.pk in known}
    places = {one.key: one for one in rank((key, known[key].hundredths or 0) for key in by_key if known[key].reviews)}
    lines = []
    for key in [*places, *(key for key in by_key if key not in places)]:
        call, told, place = calls[by_key[key].edition_id], known[key], places.get(key)
        grid = grid_of(call)
        assert grid is not None
        under = told.hundredths is not None and told.hundredths < (grid.minimum_hundredths or 0)
        lines.append(
            Ranked(
                by_key[key], told, place.position if place else None, place.tied if place else 0,
                reviewers_wanted(call), grid.total, not under and not told.under_minimum,
                told.reviews > 1 and told.spread * STRONG >= grid.total * 100,
            )
        )  # fmt: skip
    return lines
