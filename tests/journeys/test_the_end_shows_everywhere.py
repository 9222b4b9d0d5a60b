"""The day a validity ends, or at the instant of a suspension, with no worker running, everything public says so."""

import base64
import csv
import gzip
import io
import json
from datetime import timedelta

import jwt
import pytest
from django.test import Client

from escale.capabilities.label.actions import life
from escale.capabilities.label.exports import badge, keys
from escale.foundation.clock import reading
from tests.capabilities.label import cast as casting

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    found = casting.cast(at)
    found.label = life.grant(
        found.place, found.referential, act_reference="CP 26-03", since=at - timedelta(days=1),
        until=at + timedelta(days=365), by=found.lead, at=at,
    )  # fmt: skip
    found.badge = badge.signed(found.label)
    return found


def said(who):
    """What each public surface says of the label now: True, it is labelled."""
    client, slug, code = Client(), who.place.slug, who.label.code
    page = client.get(f"/lieux/{slug}/").content.decode()
    asked = "standing=labelled"
    listed = client.get(f"/lieux/?{asked}").content.decode()
    shown = json.loads(_body(client.get(f"/lieux.geojson?{asked}")))
    whole = json.loads(_body(client.get("/lieux.geojson")))["features"][0]["properties"]["standings"]
    table = list(csv.DictReader(io.StringIO(_body(client.get("/lieux.csv")).lstrip("\ufeff"))))
    api = client.get(f"/api/v1/places?{asked}").json()
    paper = client.get(f"/verifier/{code}/certificat.pdf").status_code
    carried = client.get(f"/verifier/{code}/badge.jwt").status_code
    return {
        "page": code in page,
        "list": f'data-place="{slug}"' in listed,
        "map": bool(shown["features"]),
        "map, as a property": "labelled" in whole,
        "csv": table[0]["standing_labelled"] in ("yes", "true", "1", "oui"),
        "api": bool(api.get("places") or api.get("items") or api.get("data")),
        "check": client.get(f"/verifier/{code}/", headers={"accept": "application/json"}).json()["state"] == "valid",
        "check, page": "en cours de validité" in client.get(f"/verifier/{code}/").content.decode(),
        "label": "1 lieu le porte" in client.get("/label/essai/").content.decode(),
        "certificate": paper == 200,
        "badge, to take": carried == 200,
        "badge, taken before": _believed(client, who.badge),
        "board": "valable" in _row(_lead(who), who.label.number),
        "board, export": ";valable;" in _lead(who).get("/label/suivi/labels.csv").content.decode(),
    }


def test_while_it_is_valid_and_the_instant_after(who):
    assert [name for name, labelled in said(who).items() if not labelled] == []
    reading.move_to(who.label.until - timedelta(minutes=1))
    assert [name for name, labelled in said(who).items() if not labelled] == []
    reading.move_to(who.label.until + timedelta(seconds=1))
    assert [name for name, labelled in said(who).items() if labelled] == []


def test_at_the_instant_of_a_suspension_and_of_its_end(who, at):
    life.warn(who.label, reason="Fermé", answer_by=at + timedelta(days=10), by=who.lead, at=at)
    then = at + timedelta(days=11)
    life.suspend(who.label, reason="Fermé", by=who.lead, at=then)
    reading.move_to(then)
    assert [name for name, labelled in said(who).items() if labelled] == []
    life.restore(who.label, reason="Rouvert", by=who.lead, at=then + timedelta(days=1))
    reading.move_to(then + timedelta(days=1))
    assert [name for name, labelled in said(who).items() if not labelled] == []


def _body(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def _lead(who):
    client = Client()
    client.force_login(who.lead)
    return client


def _row(client, number):
    page = client.get("/label/suivi/").content.decode()
    return page.partition(f'data-ref="{number}"')[2].partition("</tr>")[0]


def _believed(client, token):
    """Whether a reader of the badge, at the site's instant, believes it: its dates, then its bit."""
    key = jwt.PyJWK(keys.published()[0]).key
    told = jwt.decode(token, key, algorithms=["EdDSA"], options={"verify_exp": False, "verify_nbf": False})
    now = reading.now().timestamp()
    entry = told["credentialStatus"]
    path = entry["statusListCredential"].partition("8000")[2]
    options = {"verify_exp": False, "verify_nbf": False}
    bits = jwt.decode(client.get(path).content.decode(), key, algorithms=["EdDSA"], options=options)
    return told["nbf"] <= now < told["exp"] and not _bit(
        bits["credentialSubject"]["encodedList"], int(entry["statusListIndex"])
    )


def _bit(encoded, index):
    raw = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    return bool(raw[index // 8] & (128 >> (index % 8)))
