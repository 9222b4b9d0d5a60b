"""The public test asks whatever a stranger's scheme depends on, rows included, and nothing else."""

import pytest

from escale.capabilities.calls.schemes import actions
from tests import build
from tests.rules.scheme.test_reference import FIRST, tree

pytestmark = pytest.mark.django_db

SCHEME = """
key: petites-entreprises
service: numerique
who: {legal_forms: [company, spl], delegates: {legal_forms: [spl], owner_legal_forms: [commune]}}
form:
  - code: p
    title: P
    questions:
      - {code: site, kind: commune, label: Où sera le projet ?}
      - {code: rows, kind: block, label: Lignes, questions: [{code: n, kind: number, label: N}]}
criteria:
  - {code: size, title: Taille, rule: {fact: applicant.size, in: [micro, small]}}
  - {code: own, title: Apport, rule: {fact: plan.own, at_least: 1000, unit: €}}
  - code: site
    title: Lieu du projet
    rule: {located: answers.site, within: {zones: [former-basse-normandie]}, label: Commune du projet}
  - {code: rows, title: Lignes, rule: {count: answers.rows, at_least: 1}}
"""


@pytest.fixture
def address(at):
    build.service()
    document, problems = actions.read({**FIRST, **tree(SCHEME)})
    assert document is not None, problems
    actions.publish(document, by=None, at=at)
    return "/appels/petites-entreprises/"


def test_the_test_asks_what_the_rules_need(client, address):
    page = client.get(f"{address}simulateur/").content.decode()
    for name in ("applicant.size", "answers.site", "funding.own", "owner.legal_form"):
        assert f'name="{name}"' in page, name
    assert 'name="answers.rows.0.n"' in page and 'name="add" value="answers.rows"' in page
    assert 'name="partners' not in page and 'name="expenses.' not in page


def test_it_answers_with_the_place_of_the_project(client, address):
    typed = {"applicant.legal_form": "company", "applicant.commune": "76540", "applicant.size": "micro",
             "applicant.vat": "recovers", "answers.site": "14118", "funding.own": "1 500,00", "ht.works": "10000"}  # fmt: skip
    page = client.get(f"{address}simulateur/", typed).content.decode()
    assert "Commune du projet : la commune 14118 est dans" in page
    assert "1\u202f500" in page
    away = client.get(f"{address}simulateur/", {**typed, "answers.site": "76540"}).content.decode()
    assert "Commune du projet : la commune 76540 est hors de" in away
