"""A section saved and a large dossier opened, beside their floors: same server, same run, durable settings.

Goals: saving ≥ 0.3 × the throughput of one bare insert and ≤ 4 × its p99; a dossier of 200 answers, 60 expense lines
and 40 pieces opens at ≥ 0.3 × a bare page with the same rows and bytes.
"""

import http.client
import json
from collections.abc import Callable
from typing import Any

import django

from benchmarks.bare import server
from benchmarks.bare.server import Asked

QUESTIONS, LINES, PIECES = 200, 60, 40
TOKEN = "a" * 32
CLIENTS, EACH = 8, 20


def scheme() -> dict[str, Any]:
    """A call whose form asks 200 things, with a plan and 40 pieces."""
    questions = [{"code": f"q{n}", "kind": "text", "label": f"Question {n}"} for n in range(QUESTIONS)]
    sections = [
        {"code": f"part{n}", "title": f"Partie {n + 1}", "questions": questions[20 * n : 20 * n + 20]}
        for n in range(10)
    ]
    return {
        "schema": "escale.scheme/1", "key": "banc", "title": "Banc d’essai", "kind": "aap", "summary": "Un grand appel.",
        "service": "numerique", "calendar": {"kind": "permanent", "opens": "2020-01-01"},
        "who": {"legal_forms": ["commune"]}, "form": sections, "expenses": [{"code": "works", "label": "Travaux"}],
        "aid": {"components": [{"code": "base", "label": "Aide", "rates": [{"rate": "50 %"}]}],
                "funders": [{"code": "region", "label": "Région"}]},
        "pieces": [{"code": f"p{n}", "label": f"Pièce {n}"} for n in range(PIECES)],
        "contact": {"name": "Service du numérique"},
    }  # fmt: skip


def build() -> tuple[str, str]:
    """The dossier's number and the cookie of its owner."""
    from benchmarks.bare.filling import fill  # noqa: PLC0415  # models exist once Django is set up

    return fill(scheme(), questions=QUESTIONS, lines=LINES, pieces=PIECES)


def measure() -> dict[str, Any]:
    """``saved``, ``opened`` and ``plan`` (the page of the plan), each with its floor and its ratios."""
    server.installation()
    django.setup()
    number, session = build()
    headers = (
        ("Cookie", f"sessionid={session}; csrftoken={TOKEN}"), ("X-CSRFToken", TOKEN),
        ("Content-Type", "application/json"), ("Accept", "application/json"), ("Host", "127.0.0.1"),
    )  # fmt: skip
    with server.serving() as port:
        saved = _beside(port, _saving(number, headers), lambda _client, _n: Asked("POST", "/bare/insert"))
        read = (("Cookie", f"sessionid={session}"), ("Accept", "text/html"), ("Host", "127.0.0.1"))
        path = f"/dossiers/{number}/"
        size = len(_page(port, path, read))
        opened = _beside(
            port,
            lambda _c, _n: Asked("GET", path, headers=read),
            lambda _c, _n: Asked("GET", f"/bare/page/{number}/{size}"),
        )
        plan = f"/dossiers/{number}/le-budget/"
        large = len(_page(port, plan, read))
        planned = _beside(
            port,
            lambda _c, _n: Asked("GET", plan, headers=read),
            lambda _c, _n: Asked("GET", f"/bare/page/{number}/{large}"),
        )
    return {
        "saved": saved,
        "opened": opened | {"bytes": size},
        "plan": planned | {"bytes": large},
        "goals": {"throughput": 0.3, "p99": 4.0},
    }


def _saving(number: str, headers: tuple[tuple[str, str], ...]) -> Callable[[int, int], Asked]:
    """Each client writes its own answers, each of them once: no conflict, real writes."""

    def ask(client: int, n: int) -> Asked:
        body = {"code": f"q{client * 20 + n % 20}", "row": "", "base": 1 + n // 20, "value": f"Réponse {n} de {client}"}
        return Asked("POST", f"/dossiers/{number}/answer", json.dumps(body).encode(), headers)

    return ask


def _beside(port: int, ours: Callable[[int, int], Asked], floor: Callable[[int, int], Asked]) -> dict[str, Any]:
    server.load(port, floor, clients=CLIENTS, each=5)
    below, above = (
        server.load(port, floor, clients=CLIENTS, each=EACH),
        server.load(port, ours, clients=CLIENTS, each=EACH),
    )
    return {
        "ours": above,
        "floor": below,
        "throughput_ratio": round(above["per_second"] / below["per_second"], 2),
        "p99_ratio": round(above["p99_ms"] / below["p99_ms"], 2),
    }


def _page(port: int, path: str, headers: tuple[tuple[str, str], ...]) -> bytes:
    connection = http.client.HTTPConnection(server.HOST, port, timeout=60)
    connection.request("GET", path, headers=dict(headers))
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"the dossier does not open: {answer.status}")
    return answer.read()


def lines(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """Both ratios of saving, one of opening."""
    told = []
    for what, part, ratio, goal, least in (
        ("a section saved, to one bare insert", "saved", "throughput_ratio", "throughput", True),
        ("p99 of a section saved, to one bare insert", "saved", "p99_ratio", "p99", False),
        ("a large dossier opened, to a bare page", "opened", "throughput_ratio", "throughput", True),
    ):
        figure, limit = found[part][ratio], found["goals"][goal]
        met = figure >= limit if least else figure <= limit
        told.append((what, f"× {figure}", f"{'≥' if least else '≤'} × {limit}", met))
    return told


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
