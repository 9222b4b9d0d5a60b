"""Calls: lists by phase, an edition made ready, the answer to a case with the territory's facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions.loading import Ready
from escale.foundation.territory import queries as territory
from escale.foundation.territory.names import fold
from escale.rules.scheme import trial
from escale.rules.shape.problem import Problem

READY: Ready[trial.Edition] = Ready(trial.load)
LISTED = ("key", "title", "summary", "kind", "funds", "state", "opens_at", "closes_at", "audiences")


@dataclass(frozen=True)
class Filters:
    """What the visitor asks of the list; empty words ask nothing."""

    text: str = ""
    phase: str = ""
    fund: str = ""
    kind: str = ""
    audience: str = ""
    departement: str = ""


def listed(filters: Filters, at: datetime) -> "QuerySet[Scheme]":
    """Public schemes that answer the filters: those that close first come first."""
    found = Scheme.objects.public().only(*LISTED)
    for word in fold(filters.text).split():
        found = found.filter(words__contains=word)
    if filters.fund:
        found = found.filter(funds__contains=f"|{filters.fund}|")
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.audience:
        found = found.filter(audiences__contains=f"|{filters.audience}|")
    if filters.departement:
        found = found.filter(Q(departements="") | Q(departements__contains=f"|{filters.departement}|"))
    return found.order_by("closes_at", "title", "pk")


def by_phase(schemes: Iterable[Scheme], at: datetime) -> dict[str, list[Scheme]]:
    """Open, coming and past ones, in that order; the past ones begin with the latest."""
    groups: dict[str, list[Scheme]] = {"open": [], "coming": [], "past": []}
    for scheme in schemes:
        phase = scheme.phase(at)
        groups["past" if phase == "suspended" else phase].append(scheme)
    groups["open"].sort(key=lambda one: (one.closes_at is None, one.closes_at or at))
    groups["coming"].sort(key=lambda one: one.opens_at or at)
    groups["past"].sort(key=lambda one: one.closes_at or at, reverse=True)
    return groups


def ready(scheme: Scheme) -> trial.Edition:
    """The edition in force, amendments layered, compiled."""
    assert scheme.edition is not None
    return READY.of(scheme.edition)


def answer(edition: trial.Edition, tree: Any) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The answer of an edition to a case given as a tree; the territory's facts are added where absent."""
    case, problems = edition.case(with_territory(edition, tree))
    return (None, problems) if case is None else (trial.answer(edition, case), [])


def with_territory(edition: trial.Edition, tree: Any) -> Any:
    """The case with what the Region knows: populations of the reference year, zones of the commune.

    What the case says is never replaced; what nobody knows stays unknown.
    """
    if not isinstance(tree, dict):
        return tree
    year = edition.document.get("reference_year")
    out, facts = (
        dict(tree),
        dict(tree.get("facts") or {}) if isinstance(tree.get("facts") or {}, dict) else tree["facts"],
    )
    people = [out.get("applicant"), *(out.get("partners") or [])]
    rows = [row for row in people if isinstance(row, dict) and row.get("commune")]
    known = territory.populations([str(row["commune"]) for row in rows], year)
    if isinstance(out.get("applicant"), dict):
        out["applicant"] = _populated(out["applicant"], known)
        commune = str(out["applicant"].get("commune") or "")
        if commune and isinstance(facts, dict) and "territory.zones" not in facts:
            facts["territory.zones"] = territory.zones_of(commune)
        if commune and isinstance(facts, dict):
            facts = {**_network(commune), **facts}
    if isinstance(out.get("partners"), list):
        out["partners"] = [_populated(row, known) if isinstance(row, dict) else row for row in out["partners"]]
    if facts:
        out["facts"] = facts
    return out


def _network(commune: str) -> dict[str, Any]:
    """Facts that other services know of a commune, from the site's wiring; what nobody knows is absent."""
    known = {name: ask(commune) for name, ask in import_string(settings.ESCALE_FACTS).items()}
    return {name: value for name, value in known.items() if value is not None}


def _populated(row: dict[str, Any], known: dict[str, int]) -> dict[str, Any]:
    commune = str(row.get("commune") or "")
    public = row.get("legal_form") in (None, "", "commune")
    if row.get("population") in (None, "") and commune in known and public:
        return {**row, "population": known[commune]}
    return row
