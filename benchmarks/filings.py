"""A dossier filed beside the transaction floor: one bare insert, same server, same run, durable settings.

Goals: at least 0.3 × the floor's throughput, at most 4 × its p99. The number of queries of a filing is told for a small
form and for one of 200 questions: it must be the same.
"""

import json
from typing import Any
from urllib.parse import urlencode

import django

from benchmarks.bare import server
from benchmarks.bare.server import Asked
from benchmarks.sections import scheme

TOKEN = "a" * 32
CLIENTS, EACH = 8, 25
SIGNED = {"signer": "Camille Banc", "quality": "maire", "honour": "on", "csrfmiddlewaretoken": TOKEN}


def measure() -> dict[str, Any]:
    """``filed``, ``floor``, ``throughput_ratio``, ``p99_ratio``, ``queries`` of a small and of a large form."""
    server.installation()
    django.setup()
    from benchmarks.bare import filling  # noqa: PLC0415  # models exist once Django is set up

    numbers, session = filling.ready(scheme(), CLIENTS * EACH)
    queries = filling.queries_of_a_filing(scheme())
    headers = (
        ("Cookie", f"sessionid={session}; csrftoken={TOKEN}"), ("Host", "127.0.0.1"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    )  # fmt: skip

    def file(client: int, n: int) -> Asked:
        number = numbers[client * EACH + n]
        body = urlencode({**SIGNED, "key": f"banc-{number}"}).encode()
        return Asked("POST", f"/dossiers/{number}/submit", body, headers, status=303)

    def insert(_client: int, _n: int) -> Asked:
        return Asked("POST", "/bare/insert")

    with server.serving() as port:
        server.load(port, insert, clients=CLIENTS, each=5)
        floor = server.load(port, insert, clients=CLIENTS, each=EACH)
        filed = server.load(port, file, clients=CLIENTS, each=EACH)
    return {
        "filed": filed,
        "floor": floor,
        "throughput_ratio": round(filed["per_second"] / floor["per_second"], 2),
        "p99_ratio": round(filed["p99_ms"] / floor["p99_ms"], 2),
        "queries": queries,
        "goals": {"throughput": 0.3, "p99": 4.0},
    }


def lines(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """Throughput, p99, queries of a small form and of a large one."""
    few, many = found["queries"]["answers_20"], found["queries"]["answers_200"]
    least, most = found["goals"]["throughput"], found["goals"]["p99"]
    rate, p99 = found["throughput_ratio"], found["p99_ratio"]
    return [
        ("a dossier filed, to one bare insert", f"× {rate}", f"≥ × {least}", rate >= least),
        ("p99 of a dossier filed, to one bare insert", f"× {p99}", f"≤ × {most}", p99 <= most),
        ("queries of a filing, 20 and 200 answers", f"{few}, {many}", "same", few == many),
    ]


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
