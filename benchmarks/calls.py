"""Public pages of calls with 500 calls in the base, beside their floors; what a first visit weighs; start and memory.

Goals: each page at ≥ 0.5 × the requests per second of a bare page with the same rows and the same bytes (same
server, same run, no cache); a first visit ≤ 100 kB compressed, all included; start ≤ 3 CPU s; a worker ≤ 150 MB.
"""

import gzip
import http.client
import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from benchmarks.bare import server
from benchmarks.bare.server import Asked

CALLS = 500
KEY = "banc-000"
CLIENTS, EACH, ROUNDS = 4, 30, 3
GOAL, WEIGHT, START, MEMORY = 0.5, 100_000, 3.0, 150
TICKS = 100


def measure() -> dict[str, Any]:
    """``pages``: one entry a page, with its floor and ratios; ``first_visit``; ``server``."""
    server.installation()
    django.setup()
    _fill()
    with server.serving() as port:
        workers = _workers(port)
        pages = [_beside(port, workers, path, floor) for path, floor in _pairs()]
        weight = _first_visit(port)
        memory = max(_memory_mb(pid) for pid in workers)
    return {
        "pages": pages,
        "ratio": min(one["cpu_ratio"] for one in pages),
        "goal": GOAL,
        "first_visit": weight | {"goal": WEIGHT},
        "server": _started() | {"worker_mb": memory, "goal_mb": MEMORY, "goal_cpu_s": START},
    }


def lines(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """A line a page, then weight, start and memory."""
    told = []
    for one in found["pages"]:
        figure = f"× {one['throughput_ratio']} ({one['cpu_ratio']} CPU)"
        told.append((f"{one['page']}, to a bare page", figure, f"≥ × {GOAL}", one["cpu_ratio"] >= GOAL))
    weight, server_ = found["first_visit"]["bytes"], found["server"]
    return [
        *told,
        ("a first visit, all compressed", f"{weight} bytes", f"≤ {WEIGHT}", weight <= WEIGHT),
        ("the server starts", f"{server_['start_cpu_s']} CPU s", f"≤ {START} s", server_["start_cpu_s"] <= START),
        ("a worker holds", f"{server_['worker_mb']} MB", f"≤ {MEMORY} MB", server_["worker_mb"] <= MEMORY),
    ]


def _fill() -> None:
    """Calls published by the real action: each with its frozen edition."""
    from escale.capabilities.calls.schemes import actions  # noqa: PLC0415  # models exist once Django is set up
    from escale.foundation.questionnaires import marked  # noqa: PLC0415  # likewise
    from escale.rules.scheme import trial  # noqa: PLC0415  # likewise

    tree = marked.read_file(Path(trial.__file__).parents[2] / "demo/schemes/creation-investissement.yaml").tree
    at = datetime.now(tz=UTC)
    for n in range(CALLS):
        named = {**tree, "key": f"banc-{n:03}", "title": f"Appel du banc d’essai, numéro {n}"}
        document, problems = actions.read(named)
        if document is None:
            raise SystemExit(f"the bench's call has problems: {problems}")
        actions.publish(document, by=None, at=at)


def _pairs() -> list[tuple[str, str]]:
    one = f"/appels/{KEY}/"
    return [("/appels/", "/bare/calls/{size}"), (one, f"/bare/calls/{KEY}/{{size}}"),
            (f"{one}eligibilite/", f"/bare/calls/{KEY}/asked/{{size}}"),
            (f"{one}simulateur/", f"/bare/calls/{KEY}/asked/{{size}}")]  # fmt: skip


def _beside(port: int, workers: list[int], path: str, floor: str) -> dict[str, Any]:
    """Ours and the floor in turns; the best of each, in requests a second and in the workers' CPU."""
    size = len(_get(port, path)[1])
    below_path = floor.format(size=size)
    best: dict[str, dict[str, float]] = {}
    for _round in range(ROUNDS):
        for name, asked in (("floor", below_path), ("ours", path)):
            found = _timed(port, workers, lambda _c, _n, asked=asked: Asked("GET", asked))
            if name not in best or found["cpu_ms"] < best[name]["cpu_ms"]:
                best[name] = found
    return {
        "page": path, "bytes": size, "ours": best["ours"], "floor": best["floor"],
        "throughput_ratio": round(best["ours"]["per_second"] / best["floor"]["per_second"], 2),
        "cpu_ratio": round(best["floor"]["cpu_ms"] / best["ours"]["cpu_ms"], 2),
    }  # fmt: skip


def _timed(port: int, workers: list[int], ask: Callable[[int, int], Asked]) -> dict[str, float]:
    server.load(port, ask, clients=CLIENTS, each=3)
    before = sum(map(_cpu_s, workers))
    found = server.load(port, ask, clients=CLIENTS, each=EACH)
    return found | {"cpu_ms": round(1000 * (sum(map(_cpu_s, workers)) - before) / (CLIENTS * EACH), 2)}


def _get(port: int, path: str, **headers: str) -> tuple[dict[str, str], bytes]:
    connection = http.client.HTTPConnection(server.HOST, port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return dict(answer.getheaders()), body


def _first_visit(port: int) -> dict[str, Any]:
    """The home page and all that it asks for, compressed as a proxy or the site sends it."""
    _headers, page = _get(port, "/")
    asked = sorted(set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)))
    sheet = next(path for path in asked if path.endswith(b".css"))
    weights = {"/": len(gzip.compress(page))}
    for path in asked:
        weights[path.decode()] = len(_get(port, path.decode(), **{"Accept-Encoding": "br, gzip"})[1])
    return {"bytes": sum(weights.values()), "files": weights, "sheet": sheet.decode()}


def _started() -> dict[str, float]:
    """CPU seconds of one worker from nothing to its first answer."""
    with server.serving(workers=1) as port:
        _get(port, "/healthz")
        return {"start_cpu_s": round(sum(map(_cpu_s, _workers(port))), 2)}


def _workers(port: int) -> list[int]:
    """The processes of the server on ``port`` that answer: the children of the one that has it in its command."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if b"granian" in command and str(port).encode() in command.split(b"\0"):
            found.append(int(status.parent.name))
    return sorted(found)


def _cpu_s(pid: int) -> float:
    fields = (Path("/proc") / str(pid) / "stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _memory_mb(pid: int) -> int:
    """Private memory and its share of what is common, in MB."""
    rolled = (Path("/proc") / str(pid) / "smaps_rollup").read_text()
    return round(int(re.search(r"^Pss:\s+(\d+)", rolled, re.M)[1]) / 1024)  # type: ignore[index]


if __name__ == "__main__":
    start = time.monotonic()
    print(json.dumps(measure(), indent=1))
    print(f"{time.monotonic() - start:.0f} s")
