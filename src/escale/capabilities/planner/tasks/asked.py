"""A scenario's question as the command's own inputs: the same reading, the same faults, the same engine."""

import argparse
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from escale.capabilities.planner.queries import asking, inputs, network
from escale.capabilities.planner.queries.inputs import Inputs, Points
from escale.capabilities.planner.queries.tables import Faults
from escale.capabilities.planner.tasks.ground import Ground
from escale.foundation.documents import storage
from escale.foundation.documents.models import Document
from escale.siting.gradual import fading, layered
from escale.siting.pairs import Pairs
from escale.siting.question import Question, ask

STEPS = 5


@dataclass
class Asked:
    """What the engine receives: ``origin`` (D,) demand of each row (rows repeat when coverage fades)."""

    question: Question
    got: Inputs
    origin: np.ndarray
    from_files: bool


def read(asked: dict[str, Any], here: Ground, at: datetime) -> tuple[Asked | None, Faults]:
    """The question of a scenario, or what is wrong with it, in words."""
    faults = Faults()
    files = _files(asked)
    args = _arguments(asked, files, here)
    if "demand" in files:
        got = inputs.read(args, faults)
    else:
        got = _communes(asked, here, at)
        if args.nodes:
            inputs.read_roads(args.nodes, args.edges, got, faults)
    if faults.any:
        return None, _named(faults, files)
    if asked["goal"] == "fading":
        faded = _fading(asked, args, got, faults)
        return (None, _named(faults, files)) if faults.any else (faded, faults)
    question = asking.question(args, got, faults)
    if question is None:
        return None, _named(faults, files)
    return Asked(question, got, np.arange(len(got.demand.ids)), "demand" in files), faults


def _arguments(asked: dict[str, Any], files: dict[str, Document], here: Ground) -> argparse.Namespace:
    budget = asked.get("budget_cents") if asked["goal"] in ("budget", "dossiers") else None
    everyone = asked["goal"] == "everyone"
    path = {role: str(storage.place(one.sha256)) for role, one in files.items()}
    return argparse.Namespace(
        demand=path.get("demand", "communes"), sites=path.get("sites", "communes"), existing=path.get("existing"),
        floor=None, barriers=path.get("barriers"), pairs=path.get("pairs"), nodes=path.get("nodes"),
        edges=path.get("edges"),
        reach_km=asked.get("km"), minutes=asked.get("minutes"), curve=None, budget=budget,
        k=None if budget is not None else 1_000_000 if everyone else asked.get("places"),
    )  # fmt: skip


def _communes(asked: dict[str, Any], here: Ground, at: datetime) -> Inputs:
    """Communes as demand and, above a size, as sites; the network as open places."""
    demand = _points("communes", here.codes, here.lon, here.lat)
    if asked.get("dossiers"):
        rows = asked["dossiers"]
        sites = _points("dossiers", [r["number"] for r in rows], [r["lon"] for r in rows], [r["lat"] for r in rows])
        cost, status = [int(r["aid_cents"]) for r in rows], ["candidate"] * len(rows)
    else:
        kept = np.flatnonzero(here.people >= asked.get("least_people", 0))
        named = {*asked.get("forced", []), *asked.get("forbidden", [])}
        kept = np.union1d(kept, np.array([i for i, c in enumerate(here.codes) if c in named], dtype=np.int64))
        codes = [here.codes[i] for i in kept]
        sites = _points("communes", codes, here.lon[kept], here.lat[kept])
        cost = [int(asked.get("cost_cents") or 0)] * len(codes)
        status = [_status(code, asked) for code in codes]
    places = network.places_of(asked["network"], at)
    existing = _points("lieux", [p.number for p in places], [p.lon for p in places], [p.lat for p in places])
    floor = float(asked.get("floor_share") or 0)
    return Inputs(
        demand, sites, weight=[float(v) for v in here.people], group=list(here.departements), cost_cents=cost,
        status=status, existing=existing, floors=dict.fromkeys(set(here.departements), (floor, 0)) if floor else {},
    )  # fmt: skip


def _status(code: str, asked: dict[str, Any]) -> str:
    if code in asked.get("forced", []):
        return "forced"
    return "forbidden" if code in asked.get("forbidden", []) else "candidate"


def _points(file: str, ids: Any, lon: Any, lat: Any) -> Points:
    names = [str(one) for one in ids]
    return Points(
        file, names, [float(v) for v in lon], [float(v) for v in lat], {name: i for i, name in enumerate(names)}
    )


def _fading(asked: dict[str, Any], args: argparse.Namespace, got: Inputs, faults: Faults) -> Asked:
    """Full within ``full`` minutes, nothing beyond ``minutes``, by steps in between."""
    barriers = asking.barriers_of(args, faults)
    weight = np.array(got.weight, dtype=np.float64)
    limits, worth = fading(float(asked["full"]), float(asked["minutes"]), STEPS)
    layers = layered(asking.pairs_of(args, got, weight, barriers), weight, limits, worth)
    covered = np.zeros(len(layers.weight), dtype=bool)
    if got.existing is not None and got.existing.ids:
        near = asking.near_open(args, got, weight, barriers)
        covered = np.concatenate([_reached(near.within(float(limit))) for limit in layers.limits])
    question = ask(
        layers.pairs, layers.weight, places=asked["places"], covered=covered,
        forced=np.array([s == "forced" for s in got.status]), forbidden=np.array([s == "forbidden" for s in got.status]),
    )  # fmt: skip
    return Asked(question, got, layers.demand, "demand" in (asked.get("files") or {}))


def _reached(pairs: Pairs) -> np.ndarray:
    return np.diff(pairs.start) > 0


def _files(asked: dict[str, Any]) -> dict[str, Document]:
    roles = asked.get("files") or {}
    found = Document.objects.in_bulk(list(roles.values()))
    return {role: found[pk] for role, pk in roles.items() if pk in found}


def _named(faults: Faults, files: dict[str, Document]) -> Faults:
    """Files by the names that people gave them."""
    names = {str(storage.place(one.sha256)): one.name for one in files.values()}
    faults.found = [(names.get(file, file), path, message) for file, path, message in faults.found]
    faults.more = {names.get(file, file): count for file, count in faults.more.items()}
    return faults
