"""What ``escale plan`` writes: the plan as JSON, CSV or GeoJSON, faults in words and in JSON."""

import csv
import io
import json
import sys
from pathlib import Path

import numpy as np

from escale.capabilities.planner.queries.inputs import Inputs
from escale.capabilities.planner.queries.tables import Faults, figure
from escale.rules.words import _
from escale.siting.arrays import Floats
from escale.siting.plan import Plan

SCHEMA = "escale.plan/1"


def refuse(faults: Faults, as_json: bool) -> int:
    """Every fault on standard error, and as one object when asked; exit code 2."""
    for file, path, message in faults.listed():
        sys.stderr.write(f"{file}: {path}: {message}\n")
    if as_json:
        problems = [{"file": f, "path": p, "message": m} for f, p, m in faults.listed()]
        write_json({"schema": SCHEMA, "ok": False, "problems": problems})
    return 2


def write_json(thing: dict) -> None:
    """One object on standard output."""
    sys.stdout.write(json.dumps(thing, ensure_ascii=False) + "\n")


def plan_object(plan: Plan, got: Inputs, asked: dict, group_names: list[str]) -> dict:
    """The plan as `docs/reference/siting.md` describes it."""
    cost = np.array(got.cost_cents, dtype=np.int64)
    return {
        "schema": SCHEMA,
        "sites": [got.sites.ids[at] for at in np.flatnonzero(plan.chosen)],
        "covered": figure(plan.covered),
        "total": figure(plan.total),
        "bound": figure(plan.bound),
        "bound_multipliers": figure(plan.bound_multipliers),
        "gap": plan.gap,
        "cost_cents": int(cost[plan.chosen].sum()),
        "status": plan.status,
        "cpu_seconds": round(plan.cpu_seconds, 3),
        "seed": plan.seed,
        "asked": asked,
        "floor_multipliers": named(group_names, plan.floor_multipliers),
        "multipliers": named(got.demand.ids, plan.multipliers),
    }


def named(ids: list[str], values: Floats) -> dict[str, int | float]:
    """Figures by identifier."""
    return {name: figure(value) for name, value in zip(ids, values.tolist(), strict=True)}


def in_words(thing: dict) -> str:
    """The plan for a reader at a terminal."""
    if thing["status"] == "infeasible":
        return _("Aucun plan ne tient les planchers demandés.") + "\n"
    said = _("{covered} couverts sur {total}, au plus {bound} possibles (écart {gap} %), {count} sites : {sites}")
    return (
        said.format(
            covered=thing["covered"],
            total=thing["total"],
            bound=thing["bound"],
            gap=f"{100 * thing['gap']:.3f}".replace(".", ","),
            count=len(thing["sites"]),
            sites=", ".join(thing["sites"]),
        )
        + "\n"
    )


def save(path: str, thing: dict, got: Inputs) -> str | None:
    """Write the plan by the ending of its name: .csv, .geojson, else JSON. Gives what went wrong."""
    kind = Path(path).suffix.lower()
    if kind == ".csv":
        text = _as_csv(thing, got)
    elif kind == ".geojson":
        text = _as_geojson(thing, got)
    else:
        text = json.dumps(thing, ensure_ascii=False, indent=None) + "\n"
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        return str(error.strerror or error)
    return None


def _as_csv(thing: dict, got: Inputs) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    if "curve" in thing:
        table.writerow(["k", "covered", "bound"])
        table.writerows([one["k"], one["covered"], one["bound"]] for one in thing["curve"])
        return out.getvalue()
    table.writerow(["id", "lon", "lat", "cost_cents"])
    for name in thing["sites"]:
        at = got.sites.number_of[name]
        table.writerow([name, got.sites.lon[at], got.sites.lat[at], got.cost_cents[at]])
    return out.getvalue()


def _as_geojson(thing: dict, got: Inputs) -> str:
    features = []
    for name in thing.get("sites", []):
        at = got.sites.number_of[name]
        point = {"type": "Point", "coordinates": [got.sites.lon[at], got.sites.lat[at]]}
        features.append({"type": "Feature", "id": name, "properties": {"id": name}, "geometry": point})
    kept = {key: value for key, value in thing.items() if key not in ("multipliers", "sites")}
    return json.dumps({"type": "FeatureCollection", "properties": kept, "features": features}) + "\n"
