"""``python -m tests.torture [--dossiers N] [--clients N] [--every SECONDS] [--last-second N]``

Files dossiers from many clients while web processes are killed; then as many clients file just before a closing,
and as many just after it. Tells as JSON what they saw and what the database holds.
"""

import argparse
import http.client
import json
import queue
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta

from django.test import Client as Browser
from django.utils import timezone

from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, Receipt
from escale.capabilities.calls.dossiers.queries import evidence
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.journal import verify
from escale.foundation.journal.models import Entry
from escale.foundation.post.models import Mail
from escale.foundation.territory import loading
from escale.site.commands import migrate
from tests.capabilities.calls.dossiers import stage
from tests.torture.arena import Client, Site

SIGNED = {"signer": "Odile Marais", "quality": "maire", "honour": "on"}


def ready(world, at, number):
    """Dossiers of the world's call that can be filed; gives their numbers."""
    return [stage.ready(world, at, project_title=f"Projet {n}").number for n in range(number)]


def fire(site, numbers, session, *, clients, every):
    """Every number is filed by some client, again and again until it is acknowledged; gives what they saw."""
    jobs, done = queue.SimpleQueue(), threading.Event()
    for number in numbers:
        jobs.put(number)
    seen = {"acknowledged": {}, "broken_lines": 0, "refused": [], "failed": [], "kills": 0}
    lock, deadline = threading.Lock(), time.monotonic() + 60 + 3 * len(numbers)

    def file_all():
        client = Client(site.port, session)
        while len(seen["acknowledged"]) + len(seen["refused"]) < len(numbers) and time.monotonic() < deadline:
            try:
                number = jobs.get(timeout=0.2)
            except queue.Empty:
                continue
            try:
                status, where = client.post(f"/dossiers/{number}/submit", key=f"fire-{number}", **SIGNED)
            except (OSError, http.client.HTTPException):
                with lock:
                    seen["broken_lines"] += 1
                jobs.put(number)
                done.wait(0.02)
                continue
            with lock:
                if status == 303 and where == f"/dossiers/{number}/recu":
                    seen["acknowledged"][number] = time.time()
                elif status >= 500:
                    seen["failed"].append([number, status, where[:300]])
                    jobs.put(number)
                else:
                    seen["refused"].append([number, status, where[:300]])
        client.hang_up()

    def kill():
        rank = 0
        # Until a line breaks: a process that just began, or holds none of the lines, dies unseen.
        while not done.wait(every if seen["broken_lines"] else 0.3):
            if len(seen["acknowledged"]) + len(seen["refused"]) < len(numbers):
                seen["kills"] += site.kill_one(rank)
                rank += 1

    threads = [threading.Thread(target=file_all) for _n in range(clients)]
    killer = threading.Thread(target=kill)
    for thread in [*threads, *([killer] if every else [])]:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    if every:
        killer.join()
    return seen


def last_second(site, numbers, session, closes):
    """Half of the numbers are filed in the second before the closing, half just after; gives both answers."""
    half = len(numbers) // 2
    told = {"before": [], "after": []}
    lines = [(Client(site.port, session), number) for number in numbers]
    for client, _number in lines:
        client.get("/healthz")
    begun, clock = threading.Barrier(half), threading.Event()

    def one(client, number, when, side):
        begun.wait()
        clock.wait(max(0.0, when - time.time()))
        status, where = client.post(f"/dossiers/{number}/submit", key=f"last-{number}", **SIGNED)
        told[side].append(
            [number, status, where if status == 303 else "late" if 'data-code="late"' in where else where]
        )

    for side, part, when in (("before", lines[:half], -0.9), ("after", lines[half:], 0.05)):
        threads = [
            threading.Thread(target=one, args=(client, number, closes.timestamp() + when, side))
            for client, number in part
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for client, _number in lines:
        client.hang_up()
    return told


def examine(numbers):
    """What the database holds of these dossiers, by plain counts."""
    filed = Dossier.objects.filter(number__in=numbers, state="submitted")
    return {
        "filed": sorted(filed.values_list("number", flat=True)),
        "versions": DossierVersion.objects.filter(dossier__number__in=numbers).count(),
        "receipts": Receipt.objects.filter(version__dossier__number__in=numbers).count(),
        "lines": Entry.objects.filter(act="submit", subject__number__in=numbers).count(),
        "mails": Mail.objects.filter(template="dossiers/receipt", about__number__in=numbers).count(),
        "latest": max((one.isoformat() for one in filed.values_list("filed_at", flat=True)), default=""),
    }


def problems():
    """What ``escale doctor`` would find."""
    return [*evidence.problems(), *(f"{p.code} {p.where}" for p in verify.problems())]


def main():
    """Builds, fires, closes a call under the feet of the last ones, examines, tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--every", type=float, default=3.0)
    parser.add_argument("--last-second", type=int, default=20)
    args = parser.parse_args()
    at = timezone.now()
    migrate.prepare()
    loading.load_default(at=at)
    world = stage.stage(at, calendar={"kind": "permanent"})
    browser = Browser()
    browser.force_login(world.people["mayor"])
    session, numbers = browser.cookies["sessionid"].value, ready(world, at, args.dossiers)
    days = [(at + timedelta(days=n)).date().isoformat() for n in (-9, 1)]
    calendar = {"kind": "deadline", "opens": days[0], "closes": days[1]}
    closing = replace(world, scheme=stage.publish(at, key="derniere-seconde", calendar=calendar))
    late = ready(closing, at, 2 * args.last_second)
    start = time.monotonic()
    with Site(workers=2) as site:
        seen = fire(site, numbers, session, clients=args.clients, every=args.every)
        seconds = round(time.monotonic() - start, 1)
    with Site(workers=2) as site:
        told = close_under_their_feet(site, closing.scheme, late, session)
    found = {"fire": {**seen, "seconds": seconds, **examine(numbers)}, "last": {**told, **examine(late)}}
    sys.stdout.write(json.dumps({**found, "problems": problems()}) + "\n")


def close_under_their_feet(site, scheme, numbers, session):
    """The call closes four seconds from now; half file just before, half just after."""
    closes = (timezone.now() + timedelta(seconds=4)).replace(microsecond=0)
    payload = {"kind": "close", "until": closes.isoformat()}
    schemes.amend(scheme, "close-early", payload, reason="Essai", by=None, at=timezone.now())
    return {**last_second(site, numbers, session, closes), "closes": closes.isoformat()}


if __name__ == "__main__":
    main()
