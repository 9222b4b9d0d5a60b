"""The public test asks repeated blocks and tables without script, loses nothing, and gives the dossier its rows: one truth."""

import copy
import json
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.site import cli
from tests import build
from tests.rules.scheme.test_reference import FIRST, tree

pytestmark = pytest.mark.django_db
SCHEME = """
key: ateliers-2026
service: numerique
calendar: {kind: permanent, opens: 2026-01-05}
partners: {lead: yes, least: 2, criteria: [{code: small, title: Petite équipe, rule: {fact: row.fte, at_most: 10}}]}
form:
  - code: project
    title: Votre projet
    questions:
      - {code: shared, kind: yes_no, label: Lieu partagé ?}
      - {code: hours, kind: number, label: Heures, visible_if: {fact: answers.shared, is: yes}}
      - code: machines
        kind: block
        label: Machines
        rows_most: 3
        questions:
          - {code: name, kind: text, label: Nom}
          - {code: power, kind: number, label: Puissance, unit: kW}
          - {code: price, kind: amount, label: Prix}
criteria:
  - {code: strong, title: Puissance, rule: {sum: answers.machines.power, at_least: 40, unit: kW}}
  - {code: open, title: Heures, rule: {any: [{fact: answers.hours, known: no}, {fact: answers.hours, at_least: 30}]}}
expenses: [{code: works, label: Travaux}, {code: staff, label: Salaires, nature: operating, cap_per_year: 20000}]
aid:
  vat: ht
  funders: [{code: region, label: Région}]
  components:
    - code: each
      label: Aide
      each_partner: yes
      rates: [{when: {fact: row.legal_form, is: commune}, rate: 50 %}, {rate: 80 %}]
"""
TYPED = {
    "applicant.legal_form": "commune", "applicant.commune": "Honfleur (14333)", "applicant.vat": "recovers",
    "partners.0.name": "Les Ateliers", "partners.0.legal_form": "association", "partners.0.commune": "14118",
    "partners.0.fte": "2,5", "applicant.fte": "3", "answers.shared": "no", "answers.hours": "12", "answers.machines.0.name": "Tour",
    "answers.machines.0.power": "30", "answers.machines.0.price": "1 234,50", "answers.machines.1.name": "Fraiseuse",
    "answers.machines.1.power": "12", "answers.machines.1.price": "", "expenses.0.category": "works",
    "expenses.0.ht": "10 000,01", "expenses.0.partner": "Vous", "expenses.1.category": "staff", "expenses.1.ht": "25000",
    "expenses.1.year": "2027", "expenses.1.partner": "Les Ateliers",
}  # fmt: skip
#: 50 % of 10 000,01 € and 80 % of 20 000 €: half up to the cent.
TOTAL = 5_000_01 + 16_000_00


@pytest.fixture
def mayor(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    build.service()
    document, problems = schemes.read(copy.deepcopy(FIRST) | tree(SCHEME))
    assert document is not None, problems
    schemes.publish(document, by=None, at=at)
    someone = build.person(at)
    build.organisation(at, by=someone, fte=3)
    client = Client()
    client.force_login(someone)
    client.town = someone.memberships.get().organisation
    return client


def asked(client, typed, page="simulateur"):
    answer = client.get(f"/appels/ateliers-2026/{page}/", typed)
    return answer.status_code, unescape(answer.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def value(page, name):
    return re.search(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', page)[1]


def test_rows_are_added_and_taken_away_and_nothing_typed_is_lost(mayor):
    status, page = asked(Client(), TYPED | {"add": "answers.machines"})
    assert status == 200 and 'id="answer"' not in page, "a row is added: nothing is answered yet"
    assert value(page, "answers.machines.2.power") == "" and "autofocus" in page
    for name, text in TYPED.items():
        if name.endswith((".power", ".price", ".ht", ".name", ".year", "hours")):
            assert value(page, name) == text
    status, page = asked(Client(), TYPED | {"answers.machines.2.power": "7", "add": "answers.machines"})
    assert 'name="answers.machines.3.power"' not in page, "three rows at most"
    status, page = asked(Client(), TYPED | {"row-act": "remove answers.machines 0"})
    assert status == 200 and 'name="answers.machines.0.power"' not in page
    assert value(page, "answers.machines.1.power") == "12" and value(page, "expenses.0.ht") == "10 000,01"


def test_what_a_row_says_wrong_is_told_at_its_question(mayor):
    wrong = {"answers.machines.1.power": "beaucoup", "expenses.1.ht": "1.234", "partners.0.commune": "Nullepart"}
    status, page = asked(Client(), TYPED | wrong)
    assert status == 422
    assert 'href="#answers-machines-1-power"' in page and "« beaucoup » n’est pas un nombre" in page
    assert "1.234" in page and "deux façons" in page and "Nous ne connaissons pas cette commune" in page
    assert value(page, "answers.machines.0.price") == "1 234,50"
    for hostile in ("x" * 5000, "\0", "__ROW__", "-1"):
        assert asked(Client(), TYPED | {f"answers.machines.{hostile}.power": "1", "add": hostile})[0] < 500


def test_the_test_the_command_and_the_dossier_give_one_answer(mayor, capsys, tmp_path):
    status, page = asked(mayor, TYPED)
    assert status == 200 and "21 000,01 €" in page and "Partenaires recevables." in page
    onward = re.search(r'href="(/dossiers/create\?call=[^"]+)"', page)[1]
    answers = dict(parse_qsl(urlsplit(onward).query))["answers"]
    assert "price=&" not in answers
    begun = {"call": "ateliers-2026", "organisation": mayor.town.pk, "answers": answers}
    address = mayor.post("/dossiers/create", begun)["Location"]
    number = Dossier.objects.get().number
    ready = readiness.prepare(lists.whole().get(number=number), reading.now())
    assert ready.answer["aid"]["total_cents"] == TOTAL
    assert ready.answer["aid"]["by_partner"] == {mayor.town.name: 5_000_01, "Les Ateliers": 16_000_00}
    verdicts = {one["code"]: one["verdict"] for one in ready.answer["criteria"]}
    assert verdicts["strong"] == verdicts["open"] == verdicts["partners_count"] == "met", verdicts
    assert verdicts["partners_eligible"] == "met", "what the sheet of the organisation says of its team is in its row"
    assert cli.main(["dossier", "try", number, "--case"]) == 0
    case = json.loads(capsys.readouterr().out)
    assert case["answers"]["machines"] == [
        {"name": "Tour", "power": 30, "price": "1234.50"},
        {"name": "Fraiseuse", "power": 12},
    ]
    assert "hours" not in case["answers"], "hidden by the answer before: it does not count"
    sent = Client().post("/appels/ateliers-2026/try", json.dumps(case), content_type="application/json").json()
    assert sent == {"schema": "escale.scheme-try/1", **ready.answer}
    project = mayor.get(f"{address}project/").content.decode()
    assert 'value="1234.50"' in project and 'value="Fraiseuse"' in project


def test_a_hidden_answer_counts_neither_in_the_test_nor_in_the_dossier(mayor):
    assert "12 (minimum 30)" not in asked(Client(), TYPED)[1]
    assert "minimum 30" in asked(Client(), TYPED | {"answers.shared": "yes"})[1]


def test_what_an_address_cannot_carry_is_left_whole_lines_and_said(mayor):
    many = "&".join(f"answers.machines.0.name={n:05}{'x' * 90}" for n in range(200))
    page = mayor.get("/dossiers/create", {"call": "ateliers-2026", "answers": many}).content.decode()
    assert "trop longues" in page
    kept = unescape(re.search(r'name="answers" value="([^"]*)"', page)[1])
    assert 15_000 < len(kept) <= 16_000 and many.startswith(f"{kept}&")
    assert (
        "trop longues"
        not in mayor.get("/dossiers/create", {"call": "ateliers-2026", "answers": "a=1"}).content.decode()
    )
