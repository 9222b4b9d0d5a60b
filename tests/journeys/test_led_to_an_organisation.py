"""Someone without organisation begins a dossier, is led to create theirs, and comes back to where they were."""

import re
from html import unescape

import pytest
from django.test import Client

from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from tests import build
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db


def test_created_on_the_way_then_back_to_the_dossier(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    build.service()
    document, _problems = schemes.read(DOCUMENT)
    schemes.publish(document, by=None, at=at)
    client = Client()
    client.force_login(build.person(at))
    page = client.get("/dossiers/create", {"call": "granges-2026", "answers": "project_type=creation"}).content.decode()
    way = unescape(re.search(r'href="(/organisations/create\?next=[^"]+)"', page)[1])
    form = client.get(way).content.decode()
    back = unescape(re.findall(r'name="next" value="([^"]+)"', form)[-1])
    sheet = {"name": "Commune de Vire", "legal_form": "commune", "commune": "14333", "represents": "yes", "next": back}
    answer = client.post("/organisations/create", sheet)
    assert answer.status_code == 303
    again = client.get(answer.headers["Location"]).content.decode()
    assert "Commune de Vire" in again
    assert 'name="answers" value="project_type=creation"' in again
    outside = client.post("/organisations/create", {**sheet, "next": "https://ailleurs.example/"})
    assert outside.headers["Location"].startswith("/organisations/")
