"""Who is proposed to review what: by load, theme and territory, each proposal with its reasons.

Knowing a theme of the dossier is worth two dossiers of load, knowing its département is worth one: whoever knows
comes first, but not with three dossiers more than the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

THEME_WORTH, TERRITORY_WORTH = 2, 1


@dataclass(frozen=True)
class Candidate:
    """A reviewer: ``load`` reviews not finished yet, codes of the themes and départements they know."""

    key: int
    name: str
    load: int
    themes: frozenset[str] = frozenset()
    departements: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wanted:
    """A dossier that lacks ``n`` reviewers; ``barred`` may not be asked (an interest, or asked already)."""

    key: int
    n: int
    themes: tuple[str, ...] = ()
    departement: str = ""
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Choice:
    """A reviewer proposed, and why: the theme and the département they know, their load before this dossier."""

    candidate: Candidate
    load: int
    theme: str = ""
    departement: str = ""


def propose(wanted: Iterable[Wanted], candidates: Sequence[Candidate]) -> dict[int, list[Choice]]:
    """By dossier, in the order given: at most ``n`` different reviewers; fewer when nobody else may be asked.

    Each proposal adds to the load. Ties go to the first by name, then by key.
    """
    load = {one.key: one.load for one in candidates}
    found: dict[int, list[Choice]] = {}
    for dossier in wanted:
        able = [one for one in candidates if one.key not in dossier.barred]
        choices = [_choice(one, dossier, load[one.key]) for one in able]
        chosen = sorted(choices, key=_cost)[: dossier.n]
        for choice in chosen:
            load[choice.candidate.key] += 1
        found[dossier.key] = chosen
    return found


def ordered(dossier: Wanted, candidates: Sequence[Candidate]) -> list[Choice]:
    """All who may be asked for one dossier, the best first."""
    able = [one for one in candidates if one.key not in dossier.barred]
    return sorted((_choice(one, dossier, one.load) for one in able), key=_cost)


def _choice(candidate: Candidate, dossier: Wanted, load: int) -> Choice:
    theme = next((code for code in dossier.themes if code in candidate.themes), "")
    known = dossier.departement if dossier.departement in candidate.departements else ""
    return Choice(candidate, load, theme, known)


def _cost(choice: Choice) -> tuple[int, str, int]:
    worth = (THEME_WORTH if choice.theme else 0) + (TERRITORY_WORTH if choice.departement else 0)
    return choice.load - worth, choice.candidate.name, choice.candidate.key
