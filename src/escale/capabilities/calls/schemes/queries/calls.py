"""Calls: an edition made ready, the answer to a case with the territory's facts."""

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.editions.loading import Ready
from escale.foundation.territory import queries as territory
from escale.rules.scheme import trial
from escale.rules.shape.problem import Problem

READY: Ready[trial.Edition] = Ready(trial.load)
#: What the pages of one call read of it and of its edition; the document is read once a digest, by ``READY``.
SHOWN = (
    "key", "title", "summary", "series", "service", *("state", "opens_at", "closes_at", "windows", "late_goes_on"),
    "edition__sha256", "edition__n", "edition__series",
)  # fmt: skip


def ready(scheme: Scheme) -> trial.Edition:
    """The edition in force, amendments layered, compiled."""
    assert scheme.edition is not None
    return READY.of(scheme.edition)


def named(scheme: Scheme) -> tuple[trial.Edition, str]:
    """The edition in force, and the digest that names it as it stands now."""
    assert scheme.edition is not None
    return READY.named(scheme.edition)


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
        if isinstance(facts, dict):
            facts = {**_carried(str(out["applicant"].get("siret") or "")), **facts}
    if isinstance(facts, dict):
        facts = {**_sites(edition, out.get("answers")), **facts}
    if isinstance(out.get("partners"), list):
        out["partners"] = [_populated(row, known) if isinstance(row, dict) else row for row in out["partners"]]
    if facts:
        out["facts"] = facts
    return out


def _sites(edition: trial.Edition, answers: Any) -> dict[str, Any]:
    """Zones of each commune that the form asks for: ``answers.CODE.zones``."""
    asked = [code for code, one in edition.questions.items() if one["kind"] == "commune"]
    given = answers if isinstance(answers, dict) else {}
    return {f"answers.{code}.zones": territory.zones_of(str(given[code])) for code in asked if given.get(code)}


def _network(commune: str) -> dict[str, Any]:
    """Facts that other services know of a commune, from the site's wiring; what nobody knows is absent."""
    known = {name: ask(commune) for name, ask in import_string(settings.ESCALE_FACTS).items()}
    return {name: value for name, value in known.items() if value is not None}


def _carried(siret: str) -> dict[str, Any]:
    """Facts of what the applicant carries (its place's hours, days, opening), from the site's wiring."""
    told: dict[str, Any] = {}
    for ask in import_string(settings.ESCALE_CARRIED) if siret else ():
        told |= ask(siret)
    return told


def _populated(row: dict[str, Any], known: dict[str, int]) -> dict[str, Any]:
    commune = str(row.get("commune") or "")
    public = row.get("legal_form") in (None, "", "commune")
    if row.get("population") in (None, "") and commune in known and public:
        return {**row, "population": known[commune]}
    return row
