"""The simulator asks what the amount depends on: VAT recovered in part, aid received before. What is not said stays unknown."""

import json

import pytest
from django.test import Client

from escale.capabilities.calls.schemes import actions
from escale.foundation.clock import reading
from tests import build
from tests.capabilities.calls.schemes.conftest import CALL

pytestmark = pytest.mark.django_db
SAID = {"applicant.legal_form": "commune", "applicant.commune": "14333", "themes": "culture", "answers.surface": "80"}


@pytest.fixture
def ask(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    build.service()
    limits = [{"code": "de_minimis", "effect": "reduce", "ceiling": "300000"},
              {"code": "cumulation", "effect": "block", "schemes": ["granges-2025"]}]  # fmt: skip
    document, problems = actions.read(json.loads(json.dumps(CALL)) | {"limits": limits})
    assert problems == []
    actions.publish(document, by=None, at=at)

    def answer(**words):
        given = SAID | {name.replace("__", "."): value for name, value in words.items()}
        page = Client().get("/appels/granges-2026/simulateur/", given)
        return page.status_code, page.content.decode().replace("\u202f", " ").replace("\xa0", " ")

    return answer


def test_the_vat_that_is_not_recovered_counts(ask):
    spent = {"ht__works": "10 000", "vat__works": "2 000", "earlier__de_minimis": "0", "earlier__cumulation": "no"}
    status, page = ask(**spent, applicant__vat="partly", applicant__vat_recovered="40")
    assert status == 200 and "5 600,00 €" in page  # 50 % of 11 200
    assert "récupération de la TVA" in ask(**spent, applicant__vat="partly")[1]
    for wrong in ("abc", "140", "-3", "9" * 60, "\x00"):
        assert ask(**spent, applicant__vat="partly", applicant__vat_recovered=wrong)[0] in (200, 422)
    assert ask(**spent, applicant__vat="partly", applicant__vat_recovered="140")[0] == 422


def test_aid_received_before_leaves_less_room_or_none(ask):
    spent = {"ht__works": "10 000", "applicant__vat": "recovers"}
    assert "5 000,00 €" in ask(**spent, earlier__de_minimis="0", earlier__cumulation="no")[1]
    assert "1 000,00 €" in ask(**spent, earlier__de_minimis="299 000", earlier__cumulation="no")[1]
    assert "Non cumulable avec : granges-2025" in ask(**spent, earlier__de_minimis="0", earlier__cumulation="yes")[1]
    assert "à préciser" in ask(**spent, earlier__cumulation="no")[1], "half an answer is not one"
