"""Downloads of the planner: coverage and scenarios as CSV and GeoJSON, a plan as the command writes it."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.planner.models import Run, Scenario, Survey
from escale.capabilities.planner.queries import saying
from escale.capabilities.planner.queries.coverage import CommuneReach
from escale.foundation.documents.spreadsheets import harmless
from escale.foundation.people.models import Person
from escale.foundation.people.takeout import Takeout
from escale.ui import figures

#: The letters of scenarios that stand side by side.
LETTERS = "ABC"


def of_person(takeout: Takeout, person: Person, at: datetime) -> None:
    """The scenarios that the person asked, in their takeout."""
    mine = Scenario.objects.filter(created_by=person).order_by("pk")
    takeout.tell("scenarios", list(mine.values("number", "name", "question", "state", "created_at")))


def coverage_csv(rows: list[CommuneReach]) -> str:
    """One line a commune; minutes are empty beyond an hour."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["commune", "name", "departement", "lon", "lat", "people", "minutes", "place"])
    for one in rows:
        minutes = "" if one.minutes is None else f"{one.minutes:.1f}"
        table.writerow(
            [one.code, one.name, one.departement, one.lon, one.lat, one.people, minutes, harmless(one.place)]
        )
    return out.getvalue()


def coverage_geojson(found: Survey, rows: list[CommuneReach]) -> str:
    """Communes as points with their minutes (null beyond an hour)."""
    features = [
        _point(one.code, one.lon, one.lat, {"name": one.name, "people": one.people, "minutes": one.minutes})
        for one in rows
    ]
    kept = {"network": found.network, "measured_at": found.made_at.isoformat()}
    return json.dumps({"type": "FeatureCollection", "properties": kept, "features": features}, ensure_ascii=False)


def plan_json(scenario: Scenario, run: Run) -> str:
    """The plan in the keys of ``escale plan``, with the question that was asked."""
    result = run.result
    cost = sum(site["cost_cents"] for site in result.get("sites", []))
    plan = {
        "schema": "escale.plan/1", "sites": [site["id"] for site in result.get("sites", [])],
        "covered": result.get("covered"), "total": result.get("total"), "bound": result.get("bound"),
        "bound_multipliers": result.get("bound_multipliers"), "gap": result.get("gap"), "cost_cents": cost,
        "status": run.status, "cpu_seconds": result.get("cpu_seconds"), "seed": scenario.question.get("seed", 0),
        "asked": scenario.question, "multipliers": result.get("multipliers", {}),
        "computed_at": result.get("computed_at"),
    }  # fmt: skip
    if "curve" in result:
        first = "budget_cents" if result.get("curve_of") == "budget" else "k"
        plan["curve"] = [
            {first: limit, "covered": covered, "bound": bound} for limit, covered, bound in result["curve"]
        ]
    if "sets" in result:
        plan["sets"], plan["committee"] = result["sets"], result["committee"]
    return json.dumps(plan, ensure_ascii=False)


def sites_csv(result: dict[str, Any]) -> str:
    """The chosen sites, the one that brings most people first."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["id", "name", "lon", "lat", "cost_cents", "people_alone", "people_shared", "in_every_good_plan"])
    for site in result.get("sites", []):
        always = {True: "yes", False: "no", None: ""}[site["always"]]
        table.writerow(
            [
                harmless(site["id"]),
                harmless(site["name"]),
                site["lon"],
                site["lat"],
                site["cost_cents"],
                site["alone"],
                site["shared"],
                always,
            ]
        )
    return out.getvalue()


def sites_geojson(result: dict[str, Any]) -> str:
    """The chosen sites as points."""
    features = [
        _point(site["id"], site["lon"], site["lat"], {"name": site["name"], "people_alone": site["alone"]})
        for site in result.get("sites", [])
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


type OnMap = tuple[str, list[tuple[str, float, float, str]]]  #: name of a layer; its sites: name, lon, lat, sentence


def on_map(rows: Iterable[tuple[CommuneReach, str]], layers: Sequence[OnMap]) -> str:
    """What the map draws: communes with their kind (far, near, gained, plain), then layers of lettered sites."""
    kinds = {
        "far": _("reste loin"), "near": _("a déjà un lieu"), "gained": _("y gagne un lieu"), "plain": "",
    }  # fmt: skip
    communes = [
        [one.code, one.name, round(one.lon, 4), round(one.lat, 4), one.people, kind]
        for one, kind in sorted(rows, key=lambda row: -row[0].people)
    ]
    told = [{"name": name, "mark": mark, "sites": sites} for mark, (name, sites) in zip(LETTERS, layers, strict=False)]
    return json.dumps({"kinds": kinds, "communes": communes, "layers": told}, ensure_ascii=False)


def sites_on_map(name: str, result: dict[str, Any]) -> OnMap:
    """The chosen sites of a run, each with who gains by it."""
    sites = []
    for site in result.get("sites", []):
        said = _("{n} habitants gagnés par ce seul lieu").format(n=figures.number(site["alone"]))
        sites.append((site["name"] or site["id"], site["lon"], site["lat"], said))
    return name, sites


def memo(scenario: Scenario, run: Run) -> dict[str, Any]:
    """What the two-page memo prints: question, answer, how sure, sites, départements, assumptions."""
    result, number = run.result, figures.number
    sites = [
        [site["name"] or site["id"], number(site["alone"]), number(site["shared"]), _always(site["always"])]
        for site in result.get("sites", [])
    ]
    groups = [
        [name, number(total), _percent(before, total), _percent(after, total)]
        for name, total, before, after in result.get("groups", [])
    ]
    return {
        "title": scenario.name, "number": scenario.number, "goal": saying.goal(scenario.question),
        "answer": saying.answer(result), "certainty": saying.certainty(result),
        "heads": {
            "sites": [_("Commune"), _("Habitants gagnés par ce seul lieu"), _("Partagés"), _("Dans tout bon plan")],
            "groups": [_("Département"), _("Habitants"), _("Avant"), _("Avec ce plan")],
        },
        "sites": sites, "groups": groups, "assumptions": saying.assumptions(scenario, run),
    }  # fmt: skip


def _percent(part: float, total: float) -> str:
    return f"{figures.number(int(1000 * part / total) / 10 if total else 0, 1)} %"


def _always(value: bool | None) -> str:
    return {True: _("oui"), False: "", None: ""}[value]


def _point(key: str, lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": key,
        "properties": {"id": key, **properties},
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }
