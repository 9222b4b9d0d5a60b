"""The desk with many dossiers against the same page with a thousand: median milliseconds and queries, case by case.

Each size is an installation of its own, filled in a process of its own (``ESCALE_BENCH_DOSSIERS``, 100 000 by
default). Pages are asked in process, without a cache, as an officer, a head of service and an officer who has an
interest in some. Its floor page (same rows, same bytes, bare template) is still to be written. Goals: at most 12
queries, at most twice the time with a thousand.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

SMALL, GOAL_QUERIES, GOAL_RATIO, ROUNDS = 1_000, 12, 2.0, 7
CASES = {
    "default": "",
    "mine": "scope=mine",
    "state": "state=complete",
    "by due date": "sort=due",
    "by applicant": "sort=applicant",
    "by title": "sort=title",
    "by spending": "sort=-spending",
    "by aid": "sort=-aid",
    "answers filtered, a number sorted": "scheme=volume-3&answer.q1=yes&answer.q3=town&sort=-answer.q0",
    "words": "q=atelier",
    "two words": "q=cuisine+commune",
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
    }  # fmt: skip


def _installation(size: int) -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="escale-bench-") as folder:
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
    from escale.demo.filling import calls, dossiers  # noqa: PLC0415  # after setup

    at = now()
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
            found[f"{who}: {name}"] = _timed(
                lambda q=query, c=client: c.get(f"/instruction/?{q}", headers={"host": "localhost"})
            )
        found[f"{who}: export of 5000"] = _timed(lambda c=client: _exported(c), rounds=1)
    return found


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
