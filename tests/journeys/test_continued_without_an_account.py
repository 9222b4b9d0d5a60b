"""From the eligibility test without an account to a draft: sign-in by mail on the way, nothing typed twice."""

import re
from html import unescape

import pytest
from django.test import Client

from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.post.models import Mail
from tests import build
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
#: What someone types in two minutes, long answers included.
TYPED = {
    "applicant.legal_form": "commune", "applicant.commune": "Honfleur (14333)", "project_type": "growth",
    "applicant.vat": "not_recovered", "ht.works": "128 000,50", "vat.works": "25 600,10", "funding.private": "12 345,67",
    "funding.public": "10 000", "funding.more": "x" * 900,
}  # fmt: skip


@pytest.fixture
def mayor(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    build.service()
    schemes.publish(schemes.read(DOCUMENT)[0], by=None, at=at)
    someone = build.person(at, email="mairie@exemple.fr")
    build.organisation(at, by=someone)
    return someone


def test_the_answers_come_back_after_signing_in_by_mail(mayor):
    visitor = Client()
    simulated = visitor.get("/appels/granges-2026/simulateur/", TYPED).content.decode()
    onward = unescape(re.search(r'href="(/dossiers/create\?call=[^"]+)"', simulated)[1])
    asked = visitor.get(onward)
    assert asked.status_code == 302 and asked["Location"].startswith("/connexion/")
    page = visitor.get(asked["Location"]).content.decode()
    form = page.split('action="/connexion/send-code"')[1]
    hidden = unescape(re.search(r'name="next"[^>]*value="([^"]*)"', form)[1])
    assert hidden == onward
    sent = visitor.post("/connexion/send-code", {"email": mayor.email, "next": hidden})
    assert sent.status_code == 303
    link = re.search(r"https?://[^/]+(/connexion/lien/\S+)", Mail.objects.get().text)[1]
    phone = Client()
    assert phone.get(link).status_code == 200
    entered = phone.post(f"{link}sign-in")
    assert entered.status_code == 303 and entered["Location"] == onward, "even on another device"
    begun = phone.get(entered["Location"]).content.decode()
    form = {
        name: unescape(re.search(rf'name="{name}" value="([^"]*)"', begun)[1]) for name in ("call", "key", "answers")
    }
    form["organisation"] = re.search(r'name="organisation" value="([^"]*)"', begun)[1]
    address = phone.post("/dossiers/create", form)["Location"]
    assert 'value="growth" checked' in phone.get(f"{address}le-projet/").content.decode()
    budget = phone.get(f"{address}le-budget/").content.decode()
    assert 'value="128000.50"' in budget and "12345.67" in budget
