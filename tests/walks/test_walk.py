"""The walk: each address as each kind of person, the answer that the acts allow, and no word that is not theirs."""

import os

import pytest
from django.db import transaction
from django.test import Client

from escale.demo import build as region
from escale.demo import people
from escale.foundation.clock.reading import now
from escale.foundation.people.models import Person
from tests.walks import canary, matrix

pytestmark = pytest.mark.django_db

WHOLE = "ESCALE_TORTURE" in os.environ
#: The quick form asks as these; the whole one as everybody of the demonstration.
QUICK = ("stranger", "officer", "conflicted-reviewer", "committee")
#: Searches that would find a word planted if it were indexed: its beginning is asked, the whole word looked for.
SEARCHES = ("/instruction/?q=zq", "/instruction/?q=D26", "/dossiers/?q=zq", "/organisations/search?q=zq", "/appels/?q=zq",
            "/lieux/?q=zq", "/instruction/export.csv?q=D26", "/instruction/export.xlsx")  # fmt: skip
#: Signing out; and what one takes away of oneself: the mails that one has received already are in it (RGPD, art. 15).
LEFT_OUT = {"sign-out", "my-data-download"}


def walked(client, route, method, address):
    """The answer, whatever it did undone."""
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, {})
        told = answer.status_code, canary.text_of(answer)
        transaction.set_rollback(True)
    return told


def test_no_status_and_no_word_tells_what_is_not_theirs(settings, tmp_path):
    settings.ESCALE_DEMO = True
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"
    settings.ESCALE_EMAIL_URL = f"file://{tmp_path}/mail"
    at = now()
    region.build(at=at, say=lambda _line: None)
    planted = canary.plant(at)
    known, wrong, met, asked = matrix.things(), [], set(), 0
    keys = [one.key for one in people.CAST] if WHOLE else QUICK
    for key in ("", *keys):
        person = people.person(key) if key else None
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person)
        forbidden = [one for one in planted if person is None or person.pk not in one.readers]
        allowed = [one for one in planted if person is not None and person.pk in one.readers]
        for route, method in matrix.asked(person, whole=WHOLE):
            if route["name"] in LEFT_OUT:
                continue
            for thing in matrix.chosen(route, known, whole=WHOLE) or [None]:
                address, guessed = matrix.named(route, thing)
                if not address:
                    continue
                due = matrix.expected(route, method, thing, person, at, address, guessed)
                status, text = walked(client, route, method, address)
                asked += 1
                if status not in due:
                    wrong.append(f"{key or 'nobody'} {method} {address}: {status}, {sorted(due)} expected")
                # A page says the number that its own address says; a link is the expert's, whoever holds it.
                wrong += [
                    f"{key or 'nobody'} {method} {address}: {one.kind} {one.word}"
                    for one in forbidden
                    if one.word in text and one.word not in address and route["who"] != "token"
                ]
                met |= {one.kind for one in allowed if one.word in text}
        for address in SEARCHES:
            _status, text = walked(client, None, "GET", address)
            wrong += [f"{key or 'nobody'} {address}: {one.kind} {one.word}" for one in forbidden if one.word in text]
    assert not wrong, f"{len(wrong)} of {asked}\n" + "\n".join(wrong[:80])
    assert Person.objects.count() and asked > 1000
    # What may be read is read by those who may: a word that nobody meets would prove nothing.
    assert met >= {"Note.text", "Review.for_committee", "tied dossier"}, met
    if WHOLE:
        assert met >= {"Message.text", "draft answer"}, met
