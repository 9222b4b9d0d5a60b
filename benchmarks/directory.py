"""The public network with 10 000 places: list, search, map data, against a floor taken in the same run.

The floor of a page is the same server with the same rows and as many bytes, from a bare view and a bare
template, without any cache: a list counts the places, reads 24 of them and prints what each row says as it is
stored, with no search, no form, no hours worked out, no words; data print each place's stored text. ``barest``
is the list against a page that prints two columns of each row and pads the rest: told, not a goal. Both go
through the whole site (middleware, routes) in one process on SQLite; rounds alternate, and the ratio is that
of the medians. What is there at the start is left out of the collector's rounds, as ``escale serve`` does. Goals: at least 0.5 of the floor's requests per
second; the 99th percentile of a search by travel time at most 3 times the floor's; the same number of
queries with 1 000 and 10 000 places; the map's page at most 250 kB once compressed.
"""

import gzip
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PLACES, ROUNDS = 10_000, 200
GOALS = {"rate": 0.5, "p99": 3.0, "page_bytes": 250_000}
ADDRESSES = {
    "list": ("/lieux/", 24),
    "search": ("/lieux/?q=passerelle", 24),
    "minutes": ("/lieux/?near=14118&minutes=20", 24),
    "open": ("/lieux/?open_at=2027-03-03T10:00&near=14118&km=25", 24),
    "open everywhere": ("/lieux/?open_at=2027-03-03T10:00", 24),
    "step-free": ("/lieux/?access=step_free&kind=coworking", 24),
    "geojson": ("/lieux.geojson", PLACES),
    "points": ("/lieux/points.json", PLACES),
}
FLOOR_LIST = (
    "<!doctype html><title>{{ title }}</title><p>{{ count }}</p><ul>{% for slug, name, where, kinds, unit, cents, step, "
    "labels, zone, weeks, closures, holidays in rows %}<li><a href=/lieux/{{ slug }}/>{{ name }}</a><p>{{ where }} "
    "{{ kinds.0 }} {{ cents }} {{ unit }} {{ step }} {{ zone }}</p></li>{% endfor %}</ul>{{ rest }}"
)
BAREST_LIST = "<ul>{% for slug, name in rows %}<li>{{ slug }} {{ name }}</li>{% endfor %}</ul>{{ rest }}"
FLOOR_DATA = "{% autoescape off %}{% for row in rows %}{{ row }},{% endfor %}{{ rest }}{% endautoescape %}"


def measure() -> dict[str, Any]:
    """Figures by address, and whether the goals are met."""
    folder = tempfile.TemporaryDirectory(prefix="escale-bench-")
    site = _site(Path(folder.name))
    counts = {name: site.queries(address) for name, (address, _rows) in ADDRESSES.items()}
    site.fill(PLACES)
    found: dict[str, Any] = {}
    for name, (address, rows) in ADDRESSES.items():
        found[name] = _compare(site, name, address, rows) | {
            "queries": site.queries(address),
            "queries_constant": site.queries(address) == counts[name],
        }
    found["list"]["rate_over_barest"] = _compare(site, "barest", *ADDRESSES["list"])["rate_over_floor"]
    found["map_page_bytes_compressed"] = _page_bytes(site)
    found["goals"] = {
        "rate": all(found[name]["rate_over_floor"] >= GOALS["rate"] for name in ADDRESSES),
        "p99_minutes": found["minutes"]["p99_over_floor"] <= GOALS["p99"],
        "constant_queries": all(found[name]["queries_constant"] for name in ADDRESSES),
        "map_page": found["map_page_bytes_compressed"] <= GOALS["page_bytes"],
    }
    folder.cleanup()
    return found


def _compare(site: Any, name: str, address: str, rows: int) -> dict[str, Any]:
    """Alternating rounds of ours and of the floor, seconds a request."""
    size = len(site.get(address))
    floor = site.floor(rows, size, "barest" if name == "barest" else "data" if rows == PLACES else "list")
    rounds = ROUNDS if rows == 24 else ROUNDS // 10
    for warm in (address, floor):
        site.get(warm)
    site.settle()
    ours, bare = [], []
    for _round in range(rounds):
        ours.append(_seconds(lambda: site.get(address)))
        bare.append(_seconds(lambda: site.get(floor)))
    p99 = [statistics.quantiles(times, n=100, method="inclusive")[98] for times in (ours, bare)]
    return {
        "bytes": size,
        "ms": round(statistics.median(ours) * 1000, 2),
        "floor_ms": round(statistics.median(bare) * 1000, 2),
        "rate_over_floor": round(statistics.median(bare) / statistics.median(ours), 2),
        "p99_over_floor": round(p99[0] / p99[1], 2),
    }


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _page_bytes(site: Any) -> int:
    """The page with the map: its document, style, scripts, fonts, outlines and 10 000 points, each compressed."""
    page = site.get("/lieux/")
    parts = {page, site.get("/lieux/points.json")}
    root = Path(site.static)
    names = set(re.findall(r'/static/([^"]+\.(?:css|js|woff2|geojson))', page.decode()))
    parts |= {(root / name).read_bytes() for name in names if (root / name).is_file()}
    return sum(len(part) if part[:4] == b"wOF2" else len(gzip.compress(part, 9)) for part in parts)


def _site(folder: Path) -> Any:
    """A site of its own on SQLite, with 1 000 places, made before Django is loaded."""
    os.environ |= {
        "ESCALE_SECRET_KEY": "a-key-for-measures-only-long-enough-to-be-taken",
        "ESCALE_DATABASE_URL": f"sqlite:///{folder}/bench.db",
        "ESCALE_FILES_URL": f"file://{folder}/files",
        "ESCALE_STATIC_ROOT": f"{folder}/static",
        "ESCALE_ALLOWED_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "escale.site.settings",
    }
    from benchmarks.floor_site import FloorSite  # noqa: PLC0415  # Django reads the environment above

    return FloorSite(folder)


def lines(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """The table: each address against its floor, then the weight of the map's page."""
    told = []
    for name in ADDRESSES:
        rate, p99 = found[name]["rate_over_floor"], found[name]["p99_over_floor"]
        told.append((f"{name}, of the floor's rate", f"{rate:.2f}", "≥ 0.50", rate >= GOALS["rate"]))
        if name == "minutes":
            told.append((f"{name}, p99 over the floor's", f"{p99:.1f}", "≤ 3.0", p99 <= GOALS["p99"]))
    told.append(("queries with 1 000 and 10 000 places", "same" if found["goals"]["constant_queries"] else "differ", "same",
                 found["goals"]["constant_queries"]))  # fmt: skip
    told.append(("list, of the barest floor's rate", f"{found['list']['rate_over_barest']:.2f}", "–", True))
    size = found["map_page_bytes_compressed"]
    return [*told, ("page with the map, bytes compressed", str(size), "≤ 250 000", size <= GOALS["page_bytes"])]
