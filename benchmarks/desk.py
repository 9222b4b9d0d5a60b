"""The desk with many dossiers against the same page with a thousand: median milliseconds and queries, case by case.

Each size is an installation of its own, filled in a process of its own (``ESCALE_BENCH_DOSSIERS``, 100 000 by
default); ``ESCALE_BENCH_BASES`` names a folder that keeps them (``1000/``, ``100000/``) from one run to the next. Pages
are asked in process, without a cache, as an officer, a head of service and an officer who has an interest in some.
The floor is a bare view behind the same middleware: one query for the same rows, a bare template, the same bytes.
Goals: at most 12 queries, at most twice the time with a thousand; a ranking of 2 000 dossiers in 50 ms.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from escale.rules.allocation import Candidate, Envelope, simulate
from escale.rules.scoring import Criterion, Grid, rank, score

GOAL_RANKING_MS = 50.0
SMALL, GOAL_QUERIES, GOAL_RATIO, ROUNDS = 1_000, 12, 2.0, 7
CASES = {
    "default": "",
    "mine": "scope=mine",
    "mine by aid": "scope=mine&sort=-aid",
    "a call": "scheme=volume-3",
    "by number": "sort=number",
    "state": "state=complete",
    "by due date": "sort=due",
    "by applicant": "sort=applicant",
    "by title": "sort=title",
    "by spending": "sort=-spending",
    "by aid": "sort=-aid",
    "answers filtered, a number sorted": "scheme=volume-3&answer.q1=yes&answer.q3=town&sort=-answer.q0",
    "a number between, by date": "scheme=volume-3&answer.q0.min=100&answer.q0.max=50000",
    "a number sorted in one's own": "scope=mine&sort=answer.q0",
    "words": "q=atelier",
    "two words": "q=cuisine+commune",
    "two words that never meet": "q=cuisine+atelier",
}


def measure() -> dict[str, Any]:
    """``cases``: one entry a case and person; ``worst_ratio``, ``most_queries``."""
    many = int(os.environ.get("ESCALE_BENCH_DOSSIERS", "100000"))
    small, large = _installation(SMALL), _installation(many)
    cases = []
    for name, told in large.items():
        before = small[name]
        cases.append({"case": name, **told, "ms_with_1000": before["ms"], "ratio": round(told["ms"] / before["ms"], 2)})
    ratios = [one["ratio"] for one in cases if not one["case"].endswith("export of 5000")]
    return {
        "dossiers": many, "cases": cases, "worst_ratio": max(ratios), "goal_ratio": GOAL_RATIO,
        "most_queries": max(one["queries"] for one in cases), "goal_queries": GOAL_QUERIES,
        "floor_ratio": min(one["floor_ratio"] for one in cases if "floor_ratio" in one), "ranking_ms": _ranking_ms(),
        "goal_ranking_ms": GOAL_RANKING_MS,
    }  # fmt: skip


def _ranking_ms(count: int = 2_000) -> float:
    """Milliseconds of processor to rank ``count`` scored dossiers and simulate them against five envelopes."""
    random = Random(7)
    grid = Grid(tuple(Criterion(f"c{n}", 20, 5) for n in range(5)))
    marks = [
        {f"r{who}": {f"c{n}": random.randint(0, 5) for n in range(5)} for who in range(3)} for _dossier in range(count)
    ]
    scores = [(key, score(grid, one).hundredths or 0) for key, one in enumerate(marks)]
    envelopes = [Envelope(f"e{n}", 2_000_000_00, frozenset({f"k{n}"})) for n in range(5)]
    times = []
    for _round in range(ROUNDS):
        start = time.process_time()
        simulate(
            [Candidate(str(one.key), 20_000_00, one.position, category=f"k{one.key % 5}") for one in rank(scores)],
            envelopes,
        )
        times.append((time.process_time() - start) * 1000)
    return round(statistics.median(times), 1)


def lines(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """The worst growth, the most queries, the floor, the ranking."""
    worst, ranking = found["worst_ratio"], found["ranking_ms"]
    return [
        (f"{found['dossiers']} dossiers to 1 000", f"× {worst}", f"≤ × {GOAL_RATIO}", worst <= GOAL_RATIO),
        ("queries", str(found["most_queries"]), f"≤ {GOAL_QUERIES}", found["most_queries"] <= GOAL_QUERIES),
        ("a page, to a bare page", f"× {found['floor_ratio']}", "–", True),
        ("2 000 ranked, 5 envelopes", f"{ranking} ms", f"≤ {GOAL_RANKING_MS} ms", ranking <= GOAL_RANKING_MS),
    ]


@contextmanager
def _folder(size: int) -> Iterator[str]:
    """Where the installation of this size stands: kept, or thrown away."""
    if kept := os.environ.get("ESCALE_BENCH_BASES"):
        place = Path(kept) / str(size)
        place.mkdir(parents=True, exist_ok=True)
        yield str(place)
        return
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as made:
        yield made


def _installation(size: int) -> dict[str, dict[str, Any]]:
    with _folder(size) as folder:
        around = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "escale.site.settings", "ESCALE_SECRET_KEY": "a-key-for-a-bench-" * 3,
            "ESCALE_DATABASE_URL": f"sqlite:///{folder}/escale.db", "ESCALE_FILES_URL": f"file://{folder}/files",
            "ESCALE_EMAIL_URL": f"file://{folder}/mail", "ESCALE_STATIC_ROOT": f"{folder}/static",
        }  # fmt: skip
        child = [sys.executable, "-m", "benchmarks.desk", str(size)]
        done = subprocess.run(child, env=around, stdout=subprocess.PIPE, text=True, check=True)
        found: dict[str, dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
        return found


def _fill_and_measure(size: int) -> dict[str, dict[str, Any]]:
    """In the child: an installation of ``size`` dossiers, then every case."""
    import django  # noqa: PLC0415  # the child's settings are its own
    from django.core.management import call_command  # noqa: PLC0415  # likewise

    django.setup()
    from escale.foundation.clock.reading import now  # noqa: PLC0415  # after setup
    from escale.foundation.territory import loading  # noqa: PLC0415  # after setup

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    loading.load_default(at=now())
    from escale.capabilities.calls.dossiers.models import Dossier  # noqa: PLC0415  # after setup
    from escale.demo.filling import calls, dossiers  # noqa: PLC0415  # after setup

    at = now()
    if not Dossier.objects.exists():
        dossiers.build(size, calls.build(40, 300, at), seed=7, at=at)
    return _all_cases()


def _all_cases() -> dict[str, dict[str, Any]]:
    from django.test import Client  # noqa: PLC0415  # after setup

    from escale.foundation.clock.reading import now  # noqa: PLC0415  # after setup
    from escale.foundation.organisations import actions as organisations  # noqa: PLC0415  # after setup
    from escale.foundation.organisations.models import Organisation  # noqa: PLC0415  # after setup
    from escale.foundation.people.models import Person  # noqa: PLC0415  # after setup

    people = {"head": "volume-0", "officer": "volume-40", "conflicted": "volume-44"}
    found = {}
    for who, key in people.items():
        person = Person.objects.get(email=f"{key}@demo.escale.example")
        if who == "conflicted":
            for town in Organisation.objects.filter(name__startswith="Commune de").order_by("pk")[:3]:
                organisations.give_mandate(person, "elected", at=now(), commune=town.commune)
        client = Client()
        client.force_login(person)
        for name, query in {**CASES, "page 500": _deep(client)}.items():
            ask = partial(client.get, f"/instruction/?{query}", headers={"host": "localhost"})
            bare = partial(client.get, _floor(ask().content), headers={"host": "localhost"})
            found[f"{who}: {name}"] = told = _timed(ask)
            told["floor_ms"] = _timed(bare)["ms"]
            told["floor_ratio"] = round(told["floor_ms"] / told["ms"], 2)
        found[f"{who}: export of 5000"] = _timed(lambda c=client: _exported(c), rounds=1)
    return found


FLOOR = """<!DOCTYPE html><html lang="fr"><title>{{ title }}</title><table>{% for one in rows %}<tr><th><a href="/{{ one.0 }}/">
{{ one.0 }}</a></th>{% for cell in one %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table><p>{{ rest }}</p></html>"""
SHOWN = ("number", "title", "applicant", "state", "due_at", "officer__name", "filed_at", "aid_cents")


def _floor(page: bytes) -> str:
    """The address of a bare view with as many rows and bytes as the page, signed-in like it."""
    from django.http import HttpRequest, HttpResponse  # noqa: PLC0415  # after setup
    from django.template import Context, Engine  # noqa: PLC0415  # likewise
    from django.urls import clear_url_caches  # noqa: PLC0415  # likewise

    from escale.capabilities.calls.dossiers.models import Dossier  # noqa: PLC0415  # after setup
    from escale.site import urls  # noqa: PLC0415  # likewise
    from escale.ui.routes import page as declared  # noqa: PLC0415  # likewise

    rows, template = page.count(b"<tr data-ref="), Engine().from_string(FLOOR)
    service = Dossier.objects.filter(service__key="volume-0").values_list("service", flat=True)[0]

    def view(request: HttpRequest, rest: str = "") -> HttpResponse:
        found = Dossier.objects.filter(service=service).order_by("-filed_at", "-pk").values_list(*SHOWN)[:rows]
        return HttpResponse(template.render(Context({"title": "Floor", "rows": found, "rest": rest})))

    rest = "x" * max(0, len(page) - len(view(HttpRequest()).content))
    name = f"floor-{len(urls.urlpatterns)}"
    urls.urlpatterns.append(declared(f"{name}/", lambda request: view(request, rest), name, who="signed-in"))
    clear_url_caches()
    return f"/{name}/"


def _exported(client: Any) -> int:
    """Bytes of the export."""
    answer = client.get("/instruction/export.csv?state=submitted", headers={"host": "localhost"})
    return len(b"".join(answer.streaming_content))


def _deep(client: Any) -> str:
    """The address of a page far down the list: the 500th, or the last one there is."""
    from escale.capabilities.calls.dossiers.models import Dossier  # noqa: PLC0415  # after setup

    rows = Dossier.objects.filter(service__key="volume-0").order_by("-filed_at", "-pk").values_list("filed_at", "pk")
    count = rows.count()
    filed_at, pk = rows[min(25_000, count - 60)]
    return f"after={filed_at.isoformat().replace('+', '%2B')}~{pk}"


def _timed(ask: Callable[[], Any], rounds: int = ROUNDS) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415  # after setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # after setup

    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    queries = list(captured.captured_queries)
    if getattr(answer, "status_code", 200) != 200:
        raise SystemExit(f"the desk answered {answer.status_code}")
    times = []
    for _round in range(rounds):
        start = time.process_time()
        ask()
        times.append((time.process_time() - start) * 1000)
    slowest = max(queries, key=lambda one: float(one["time"]))
    return {
        "ms": round(statistics.median(times), 1),
        "queries": len(queries),
        "slowest_s": slowest["time"],
        "sql": slowest["sql"][:80],
    }


if __name__ == "__main__":
    print(json.dumps(_fill_and_measure(int(sys.argv[1]))))
