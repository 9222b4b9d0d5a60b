"""``siting`` against spopt and a plain HiGHS model, in the same run, in processor seconds of one thread.

Normandie comes with the project; metropolitan France is measured when ``../shared/data/communes_fr.csv`` is there.
spopt is measured when it is installed (``requirements/bench.in``) and ``ESCALE_BENCH_SPOPT=1``: it takes minutes.
"""

import csv
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import highspy
import numpy as np

from escale.siting.choose import choose
from escale.siting.exact import model
from escale.siting.frontier import frontier
from escale.siting.merge import merge
from escale.siting.pairs import pairs_within
from escale.siting.question import Question, ask
from escale.siting.sphere import great_circle_m

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
NORMANDIE = ROOT / "src/escale/foundation/territory/data/communes.csv"
FRANCE = ROOT.parent / "shared/data/communes_fr.csv"
RADIUS_M = 10_000.0


def communes(path: Path) -> tuple[Any, Any, Any]:
    """Longitudes, latitudes, populations of metropolitan communes."""
    with path.open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if not row["dep"].startswith("97")]
    return tuple(np.array([float(row[name]) for row in rows]) for name in ("lon", "lat", "pop"))


def question(path: Path, places: int) -> Question:
    """Every commune is demand and candidate."""
    lon, lat, people = communes(path)
    return ask(pairs_within(lon, lat, lon, lat, RADIUS_M), people, places=places)


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and its processor seconds."""
    start = time.process_time()
    return call(), time.process_time() - start


def escale(name: str, path: Path, places: int, gap: float, goal_s: float) -> dict[str, Any]:
    """From coordinates to a plan whose gap is proven."""
    plan, spent = timed(lambda: choose(question(path, places), gap=gap, seconds=300.0))
    return {
        "case": name,
        "covered": plan.covered,
        "bound": plan.bound,
        "gap": plan.gap,
        "cpu_s": round(spent, 2),
        "goal_s": goal_s,
    }


def plain_highs(path: Path, places: int, gap: float, seconds: float) -> dict[str, Any]:
    """The textbook model on merged rows, HiGHS alone."""
    m = merge(question(path, places))

    def solve() -> highspy.Highs:
        highs = model(m)
        for option, value in (("threads", 1), ("mip_rel_gap", gap), ("time_limit", seconds)):
            highs.setOptionValue(option, value)
        highs.run()
        return highs

    highs, spent = timed(solve)
    info = highs.getInfo()
    low, up = m.base + info.objective_function_value, m.base + info.mip_dual_bound
    return {
        "case": "plain HiGHS, Normandie k=50",
        "covered": low,
        "bound": up,
        "gap": (up - low) / max(low, 1.0),
        "cpu_s": round(spent, 2),
    }


def with_spopt(path: Path, places: int) -> dict[str, Any]:
    """spopt 0.7 with HiGHS through PuLP, on its dense matrix."""
    from pulp import HiGHS  # noqa: PLC0415  # an optional requirement of this bench alone
    from spopt.locate import MCLP  # noqa: PLC0415  # an optional requirement of this bench alone

    lon, lat, people = communes(path)
    shape = (len(lon), len(lon))
    table = great_circle_m(*(np.broadcast_to(v, shape) for v in (lon[:, None], lat[:, None], lon, lat)))

    def solve() -> Any:
        built = MCLP.from_cost_matrix(table, people, RADIUS_M, p_facilities=places)
        return built.solve(HiGHS(msg=False, threads=1))

    solved, spent = timed(solve)
    covered = float(solved.problem.objective.value())
    return {
        "case": "spopt, Normandie k=50",
        "covered": covered,
        "bound": covered,
        "gap": 0.0,
        "cpu_s": round(spent, 2),
    }


def curve() -> dict[str, Any]:
    """The whole frontier of Normandie, k = 1..60."""
    points, spent = timed(lambda: frontier(question(NORMANDIE, 60), 60, gap=0.005, seconds=60.0))
    worst = max(points, key=lambda at: (at.bound - at.covered) / at.covered)
    return {
        "case": "curve of Normandie k=1..60, worst point",
        "covered": worst.covered,
        "bound": worst.bound,
        "gap": (worst.bound - worst.covered) / worst.covered,
        "cpu_s": round(spent, 2),
        "goal_s": 5.0,
    }


def measure() -> dict[str, Any]:
    """``cases``: one entry a line of the table; ``peak_gb``; ``ratio_plan`` and ``ratio_proof`` to plain HiGHS."""
    cases = [
        escale("Normandie k=50, plan (0.25 %)", NORMANDIE, 50, 0.0025, 0.7),
        escale("Normandie k=50, proof 0.1 %", NORMANDIE, 50, 0.001, 4.0),
        curve(),
        plain_highs(NORMANDIE, 50, 0.001, 300.0),
    ]
    if FRANCE.exists():
        cases.append(escale("France k=500, 0.2 %", FRANCE, 500, 0.002, 20.0))
    if os.environ.get("ESCALE_BENCH_SPOPT") == "1":
        cases.append(with_spopt(NORMANDIE, 50))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    plain = cases[3]["cpu_s"]
    return {
        "cases": cases,
        "peak_gb": round(peak, 2),
        "ratio_plan": round(plain / cases[0]["cpu_s"], 1),
        "ratio_proof": round(plain / cases[1]["cpu_s"], 1),
    }


def lines(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """CPU seconds of each case that has a goal."""
    return [
        (one["case"][:46], f"{one['cpu_s']} CPU s", f"≤ {one['goal_s']} s", one["cpu_s"] <= one["goal_s"])
        for one in found["cases"]
        if "goal_s" in one
    ]


def run() -> dict[str, Any]:
    """Measure and print the table."""
    result = measure()
    print(f"{'case':42} {'covered':>12} {'bound':>12} {'gap %':>7} {'CPU s':>8} {'goal':>6}")
    for one in result["cases"]:
        goal = one.get("goal_s", "")
        figures = f"{one['covered']:12.0f} {one['bound']:12.0f} {100 * one['gap']:7.3f} {one['cpu_s']:8.2f}"
        print(f"{one['case']:42} {figures} {goal:>6}")
    print(f"peak {result['peak_gb']} GB; to plain HiGHS: plan {result['ratio_plan']}, proof {result['ratio_proof']}")
    if not FRANCE.exists():
        print("France not measured: ../shared/data/communes_fr.csv is absent")
    return result


if __name__ == "__main__":
    run()
