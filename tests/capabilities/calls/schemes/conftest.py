"""A desk with its people, and a call with everything that acts change."""

import pytest
from django.test import Client

from escale.capabilities.calls.schemes import actions
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from tests import build

CALL = {
    "schema": "escale.scheme/1",
    "key": "granges-2026",
    "title": "Granges ouvertes",
    "kind": "aap",
    "summary": "Ouvrir une grange aux habitants.",
    "service": "numerique",
    "funds": ["region"],
    "calendar": {"kind": "deadline", "opens": "2026-02-01", "closes": "2026-03-31"},
    "who": {"legal_forms": ["commune", "association"], "perimeter": {"departements": ["14", "50"]}},
    "themes": [{"code": "culture", "label": "Culture"}, {"code": "sport", "label": "Sport"}],
    "form": [{"code": "place", "title": "Le lieu", "questions": [
        {"code": "surface", "kind": "number", "label": "Surface", "unit": "m²"},
        {"code": "open_to_all", "kind": "yes_no", "label": "Ouvert à tous ?"},
    ]}],
    "criteria": [{"code": "size", "title": "Assez grand", "rule": {"fact": "answers.surface", "at_least": "50"}}],
    "expenses": [{"code": "works", "label": "Travaux"}],
    "aid": {
        "funders": [{"code": "region", "label": "Région"}],
        "components": [{"code": "base", "label": "Aide", "rates": [{"rate": "50 %", "cap": "40000"}]}],
    },
    "pieces": [{"code": "plan", "label": "Plan"}],
    "envelopes": [{"code": "main", "label": "Enveloppe 2026", "amount": "600000"}],
    "contact": {"name": "Service du numérique", "phone": "02 00 00 00 00"},
    "texts": {"aims": "Rouvrir les granges."},
}  # fmt: skip


def browser(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def desk(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    service = build.service()
    writer, reader = build.officer(at, service), build.person(at)
    organisations.give_mandate(reader, "lead_officer", at=at, service=service)
    elsewhere = build.officer(at, build.service("culture", "Service de la culture"))
    return {
        "writer": browser(writer), "reader": browser(reader), "elsewhere": browser(elsewhere), "service": service,
        "people": {"writer": writer, "reader": reader},
    }  # fmt: skip


@pytest.fixture
def call(desk, at):
    document, problems = actions.read(CALL)
    assert problems == []
    return actions.publish(document, by=None, at=at)[0]
