"""Scores of a dossier: weighted marks, several reviewers, ranks with their ties.

Scores are exact: integers in hundredths of a point, rounded half up once per dossier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Criterion:
    """One line of a grid: ``weight`` points for the full mark ``scale``; ``minimum`` marks or None."""

    code: str
    weight: int
    scale: int
    minimum: int | None = None


@dataclass(frozen=True)
class Grid:
    """A scoring grid. ``minimum_hundredths``: under it a dossier is not retained; None: no minimum."""

    criteria: tuple[Criterion, ...]
    minimum_hundredths: int | None = None

    @property
    def total(self) -> int:
        """The greatest possible score, in points."""
        return sum(criterion.weight for criterion in self.criteria)


@dataclass(frozen=True)
class Score:
    """What the reviewers together say of one dossier, in hundredths of a point.

    ``spread`` is the greatest less the smallest total; ``by_criterion`` the mean points of each line;
    ``missing`` the (reviewer, criterion) pairs without a mark: such a review does not count.
    """

    hundredths: int | None
    spread: int
    reviews: int
    by_criterion: Mapping[str, int]
    missing: tuple[tuple[str, str], ...] = ()
    under_minimum: tuple[str, ...] = ()


def score(grid: Grid, reviews: Mapping[str, Mapping[str, int]], *, middle: str = "mean") -> Score:
    """The score of one dossier from {reviewer: {criterion: mark}}; ``middle`` is ``mean`` or ``median``.

    Raises ``ValueError`` for a mark outside 0…scale or an unknown criterion.
    """
    missing: list[tuple[str, str]] = []
    totals: list[Fraction] = []
    lines: dict[str, list[Fraction]] = {criterion.code: [] for criterion in grid.criteria}
    for reviewer, marks in reviews.items():
        _refuse_unknown(grid, marks)
        absent = [criterion.code for criterion in grid.criteria if criterion.code not in marks]
        if absent:
            missing += [(reviewer, code) for code in absent]
            continue
        points = {
            criterion.code: Fraction(marks[criterion.code] * criterion.weight, criterion.scale)
            for criterion in grid.criteria
        }
        totals.append(sum(points.values(), Fraction(0)))
        for code, value in points.items():
            lines[code].append(value)
    by_criterion = {code: _hundredths(_middle(values, middle)) for code, values in lines.items() if values}
    if not totals:
        return Score(None, 0, 0, by_criterion, tuple(missing))
    under = tuple(
        criterion.code
        for criterion in grid.criteria
        if criterion.minimum is not None
        and by_criterion[criterion.code] < criterion.minimum * criterion.weight * 100 // criterion.scale
    )
    spread = _hundredths(max(totals) - min(totals))
    whole = _hundredths(_middle(totals, middle))
    return Score(whole, spread, len(totals), by_criterion, tuple(missing), under)


@dataclass(frozen=True)
class Rank[K]:
    """A place in the ranking: ``position`` from 1, shared by the ``tied`` dossiers of the same score."""

    key: K
    position: int
    hundredths: int
    tied: int


def rank[K](scores: Iterable[tuple[K, int]]) -> list[Rank[K]]:
    """Best first; equal scores share a position (1, 2, 2, 4) and are kept in the order given."""
    ordered = sorted(scores, key=lambda pair: -pair[1])
    counts: dict[int, int] = {}
    for _key, value in ordered:
        counts[value] = counts.get(value, 0) + 1
    ranks: list[Rank[K]] = []
    for index, (key, value) in enumerate(ordered):
        first = ranks[-1].position if ranks and ranks[-1].hundredths == value else index + 1
        ranks.append(Rank(key, first, value, counts[value]))
    return ranks


def _refuse_unknown(grid: Grid, marks: Mapping[str, int]) -> None:
    scales = {criterion.code: criterion.scale for criterion in grid.criteria}
    for code, mark in marks.items():
        if code not in scales:
            raise ValueError(f"unknown criterion {code}")
        if not 0 <= mark <= scales[code]:
            raise ValueError(f"{code}: {mark} is not between 0 and {scales[code]}")


def _middle(values: Sequence[Fraction], how: str) -> Fraction:
    if how == "median":
        ordered, half = sorted(values), len(values) // 2
        return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return sum(values, Fraction(0)) / len(values)


def _hundredths(points: Fraction) -> int:
    return int(points * 100 + Fraction(1, 2))
