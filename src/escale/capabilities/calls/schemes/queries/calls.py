"""Calls: lists by phase, an edition made ready, the answer to a case with the territory's facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from escale.capabilities.calls.schemes.models import Scheme, Timing
from escale.foundation.editions.loading import Ready
from escale.foundation.territory import queries as territory
from escale.foundation.territory.models import Grouping
from escale.foundation.territory.names import fold
from escale.rules.legal import FAMILIES
from escale.rules.regions import REGION_OF
from escale.rules.scheme import trial
from escale.rules.scheme.case import departement_of
from escale.rules.scheme.who import in_perimeter
from escale.rules.shape.problem import Problem

READY: Ready[trial.Edition] = Ready(trial.load)
LISTED = (
    "key", "title", "summary", "kind", "funds", "state", "opens_at", "closes_at", "audiences", "windows", "late_goes_on",
)  # fmt: skip
#: The columns that say when a call is open, in the order of ``Timing.of``.
TIMES = ("state", "opens_at", "closes_at", "windows", "late_goes_on")


@dataclass(frozen=True)
class Filters:
    """What the visitor asks of the list; empty words ask nothing. ``commune`` is an official code."""

    text: str = ""
    phase: str = ""
    fund: str = ""
    kind: str = ""
    audience: str = ""
    theme: str = ""
    departement: str = ""
    commune: str = ""


@dataclass(frozen=True)
class Ground:
    """Where someone stands: what a perimeter looks at."""

    commune: str | None
    departement: str
    epcis: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()


def listed(filters: Filters, at: datetime) -> dict[str, list[int]]:
    """The public schemes that answer the filters, by phase: their keys in the base, those that matter first first.

    Columns alone are read here; the page loads the few rows that it shows.
    """
    found = Scheme.objects.public()
    for word in fold(filters.text).split():
        found = found.filter(words__contains=word)
    if filters.fund:
        found = found.filter(funds__contains=f"|{filters.fund}|")
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.audience:
        families = [filters.audience, *(family for family, forms in FAMILIES.items() if filters.audience in forms)]
        asked = Q(audiences="")
        for one in families:
            asked |= Q(audiences__contains=f"|{one}|")
        found = found.filter(asked)
    ground = _ground(filters)
    more = ("perimeter", "theme_labels") if ground or filters.theme else ()
    rows = found.order_by("closes_at", "title", "pk").values_list("pk", *TIMES, *more)
    kept = [row for row in rows if not more or _answers(row[-2], row[-1], ground, filters.theme)]
    return by_phase(((row[0], Timing.of(*row[1:6])) for row in kept), at)


def _answers(perimeter: dict[str, Any], labels: dict[str, str], ground: Ground | None, theme: str) -> bool:
    return (not theme or theme in labels) and (ground is None or covers(perimeter, ground))


def _ground(filters: Filters) -> Ground | None:
    if filters.commune:
        sirens = Grouping.objects.filter(communes__code=filters.commune).values_list("siren", flat=True)
        zones = frozenset(territory.zones_of(filters.commune))
        return Ground(filters.commune, departement_of(filters.commune), frozenset(sirens), zones)
    return Ground(None, filters.departement) if filters.departement else None


def covers(perimeter: dict[str, Any], ground: Ground) -> bool:
    """Whether a call may concern someone there: a département is concerned when one of its communes may be."""
    if not perimeter:
        return True
    if ground.commune is None:
        return _touches(perimeter, ground.departement)
    row = {"commune": ground.commune, "departement": ground.departement}
    answers = [in_perimeter(perimeter, {**row, "epci": epci}, ground.zones) for epci in ground.epcis or {""}]
    return any(one is not False for one in answers)


def _touches(perimeter: dict[str, Any], departement: str) -> bool:
    named = [str(one) for one in perimeter.get("departements", [])]
    named += [departement_of(str(one)) for one in perimeter.get("communes", [])]
    if departement in named or REGION_OF.get(departement) in perimeter.get("regions", []):
        return True
    # Zones and groupings are drawn across départements: a call that names them is shown, never hidden by mistake.
    return bool(perimeter.get("zones") or perimeter.get("epcis")) or not any(
        perimeter.get(word) for word in ("departements", "communes", "regions")
    )


def themes() -> list[tuple[str, str]]:
    """The themes that public calls offer, by name, once each."""
    rows = Scheme.objects.public().order_by().values_list("theme_labels", flat=True).distinct()
    found = {key: label for labels in rows for key, label in labels.items()}
    return sorted(found.items(), key=lambda one: fold(one[1]))


def by_phase(timed: Iterable[tuple[int, Timing]], at: datetime) -> dict[str, list[int]]:
    """Open, coming and past ones, in that order; the past ones begin with the latest."""
    groups: dict[str, list[tuple[datetime, int]]] = {"open": [], "coming": [], "past": []}
    late = datetime.max.replace(tzinfo=at.tzinfo)
    for key, timing in timed:
        phase = timing.phase(at)
        if phase == "open":
            groups["open"].append(((timing.window(at) or (None, None))[1] or late, key))
        elif phase == "coming":
            groups["coming"].append((timing.next_opening(at) or at, key))
        else:
            groups["past"].append((timing.last_closing(at) or at, key))
    return {
        phase: [key for _when, key in sorted(rows, key=lambda one: one[0], reverse=phase == "past")]
        for phase, rows in groups.items()
    }


def rows(keys: Iterable[int]) -> dict[int, Scheme]:
    """The schemes that a page shows, by their key in the base."""
    return Scheme.objects.only(*LISTED).in_bulk(list(keys))


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


def _populated(row: dict[str, Any], known: dict[str, int]) -> dict[str, Any]:
    commune = str(row.get("commune") or "")
    public = row.get("legal_form") in (None, "", "commune")
    if row.get("population") in (None, "") and commune in known and public:
        return {**row, "population": known[commune]}
    return row
