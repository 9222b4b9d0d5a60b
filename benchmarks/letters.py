"""Letters of a vote: prepared in batch, then signed, made as papers and sent; processor seconds of one core.

Goal: 1 000 letters prepared at 20 or more per second per core. What the sending costs (paper included) is told beside.
"""

import json
import time
from datetime import timedelta
from typing import Any

import django

from benchmarks.bare import server

LETTERS, SENT, GOAL = 1_000, 40, 20.0


def measure() -> dict[str, Any]:
    """``prepared`` letters, ``per_second`` of processor time, ``queries`` for each, ``sent_per_second``."""
    server.installation()
    django.setup()
    from django.db import connection  # noqa: PLC0415  # models exist once Django is set up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  # likewise

    from escale.capabilities.calls.committee.actions import notifying, sending  # noqa: PLC0415  # likewise
    from escale.capabilities.calls.committee.models import Letter  # noqa: PLC0415  # likewise

    officer, signer, dossiers, at = _voted()
    few = notifying.prepare(dossiers[:10], by=officer, at=at)
    assert all(one.ok for one in few), few[0].sentence
    with CaptureQueriesContext(connection) as asked:
        begun = time.process_time()
        told = notifying.prepare(dossiers[10:], by=officer, at=at)
        spent = time.process_time() - begun
    prepared = sum(1 for one in told if one.ok)
    letters = list(Letter.objects.select_related(
        "subject", "dossier__scheme", "dossier__service", "dossier__edition", "dossier__organisation__commune",
        "dossier__subject", "dossier__officer", "organisation__commune",
    ).order_by("pk")[:SENT])  # fmt: skip
    for letter in letters:
        notifying.review(letter, by=officer, at=at)
        notifying.sign(letter, quality="la directrice", by=signer, at=at)
    begun = time.process_time()
    for letter in letters:
        sending.send(letter, by=officer, at=at)
    sent = time.process_time() - begun
    return {
        "prepared": prepared, "per_second": round(prepared / spent, 1), "goal_per_second": GOAL,
        "queries_a_letter": round(len(asked) / prepared, 2), "sent_per_second": round(SENT / sent, 1),
    }  # fmt: skip


def _voted() -> tuple[Any, Any, list[Any], Any]:
    """An officer, who signs, dossiers of one call all voted in one deliberation, and an instant after it."""
    from escale.capabilities.calls.committee.models import Share, Vote, VoteLine  # noqa: PLC0415  # after setup
    from escale.capabilities.calls.dossiers.models import Dossier  # noqa: PLC0415  # after setup
    from escale.demo.filling import calls, dossiers  # noqa: PLC0415  # after setup
    from escale.foundation.clock.reading import now  # noqa: PLC0415  # after setup
    from escale.foundation.journal.models import Subject  # noqa: PLC0415  # after setup
    from escale.foundation.organisations import actions as organisations  # noqa: PLC0415  # after setup
    from escale.foundation.organisations.models import Mandate  # noqa: PLC0415  # after setup
    from escale.foundation.people.models import Person  # noqa: PLC0415  # after setup
    from escale.foundation.territory import loading  # noqa: PLC0415  # after setup

    at = now()
    loading.load_default(at=at)
    schemes = calls.build(1, 3, at)
    dossiers.build(int(LETTERS * 1.5), schemes, seed=1, at=at)
    officer = Mandate.objects.filter(kind="officer").select_related("person", "service").first()
    assert officer is not None and officer.service is not None
    signer = Person.objects.create(email="signe@exemple.fr", name="Hélène Toutain", created_at=at)
    organisations.give_mandate(signer, "signatory", at=at, reference="arrêté n° 1")
    found = Dossier.objects.handled_by(officer.person, at).filter(service=officer.service, state="submitted")
    keys = list(found.order_by("pk").values_list("pk", flat=True)[: LETTERS + 10])
    Dossier.objects.filter(pk__in=keys).update(state="voted")
    subject = Subject.objects.create(kind="vote", number="V26-0001", title="Banc", address="/")
    vote = Vote.objects.create(
        number="V26-0001", title="Banc", service=officer.service, session="commission permanente", reference="CP 1",
        voted_on=at.date(), created_by=signer, created_at=at, recorded_by=signer, recorded_at=at, state="recorded", subject=subject,
    )  # fmt: skip
    lines = VoteLine.objects.bulk_create(
        [VoteLine(vote=vote, dossier_id=pk, outcome="awarded", amount_cents=500_000) for pk in keys]
    )
    Share.objects.bulk_create([Share(line=line, funder="Région", cents=500_000) for line in lines])
    return officer.person, signer, list(Dossier.objects.filter(pk__in=keys).order_by("pk")), at + timedelta(minutes=1)


def lines(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """The figures as the table says them."""
    met = found["per_second"] >= GOAL
    return [
        (f"{found['prepared']} letters prepared, per second and core", str(found["per_second"]), f">= {GOAL:g}", met),
        ("letters sent with their paper, per second", str(found["sent_per_second"]), "–", True),
    ]


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
