"""From the eligibility test to the draft, from the filed dossier to the command: the same answers, one truth."""

import json

import pytest
from django.test import Client

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.site import cli
from tests import build
from tests.journeys.scheme import DOCUMENT
from tests.journeys.test_a_dossier_is_filed import fill, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def mayor(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    build.service()
    schemes.publish(schemes.read(DOCUMENT)[0], by=None, at=at)
    someone = build.person(at)
    build.organisation(at, by=someone)
    client = Client()
    client.force_login(someone)
    client.town = someone.memberships.get().organisation_id
    return client


def test_what_the_simulator_knows_is_in_the_draft(mayor):
    asked = "applicant.legal_form=commune&applicant.commune=14333&project_type=growth&ht.works=8000,50"
    simulated = mayor.get(f"/appels/granges-2026/simulateur/?{asked}").content.decode()
    assert "/dossiers/create?call=granges-2026&amp;answers=" in simulated
    data = {"call": "granges-2026", "organisation": mayor.town, "answers": asked}
    address = mayor.post("/dossiers/create", data)["Location"]
    project = mayor.get(f"{address}le-projet/").content.decode()
    assert 'value="growth" checked' in project
    assert 'value="8000.50"' in mayor.get(f"{address}le-budget/").content.decode()


def test_the_command_and_the_filing_give_the_same_answer(mayor, capsys, tmp_path):
    address = mayor.post("/dossiers/create", {"call": "granges-2026", "organisation": mayor.town})["Location"]
    fill(mayor, address)
    assert sign(mayor, address).status_code == 303
    dossier = Dossier.objects.get()
    assert cli.main(["dossier", "try", dossier.number, "--json"]) == 0
    tried = json.loads(capsys.readouterr().out)
    assert cli.main(["dossier", "try", dossier.number, "--case"]) == 0
    case, scheme = tmp_path / "case.json", tmp_path / "scheme.json"
    case.write_text(capsys.readouterr().out, encoding="utf-8")
    scheme.write_text(dossier.edition.document, encoding="utf-8")
    assert cli.main(["scheme", "try", str(scheme), str(case), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == tried
    frozen = json.loads(dossier.versions.get().document)["answer"]
    assert {"schema": "escale.scheme-try/1", **frozen} == tried


def test_show_gives_the_digests(mayor, capsys):
    address = mayor.post("/dossiers/create", {"call": "granges-2026", "organisation": mayor.town})["Location"]
    fill(mayor, address)
    sign(mayor, address)
    dossier = Dossier.objects.get()
    assert cli.main(["dossier", "show", dossier.number, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    version = dossier.versions.get()
    assert (told["answers_sha256"], told["receipt_sha256"]) == (version.sha256, version.receipt.sha256)
    assert [(one["code"], one["version"]) for one in told["pieces"]] == [("deliberation", 1)]
    assert cli.main(["dossier", "list", "--json"]) == 0
    assert [one["number"] for one in json.loads(capsys.readouterr().out)["dossiers"]] == [dossier.number]


@pytest.mark.parametrize("text", ["\0", "x" * 200_000, "🏝️" * 50, "../../etc/passwd", "<script>", "%00"])
def test_no_surprise_breaks_a_page(mayor, text):
    address = mayor.post("/dossiers/create", {"call": "granges-2026", "organisation": mayor.town})["Location"]
    for path, data in (
        ("/dossiers/create", {"call": text, "organisation": text, "key": text, "answers": text}),
        (f"{address}le-projet/save", {"project_title": text, "project_type": text, "seen": text}),
        (f"{address}le-budget/save", {"row-act": "up expenses " + text, "expenses.e1.ht": text}),
        (f"{address}le-budget/save", {"add": text}),
        (f"{address}submit", {"signer": text, "quality": text, "honour": "on", "key": text}),
        (f"{address}pieces/deliberation", {"file": text}),
    ):
        assert mayor.post(path, data).status_code < 500, path
    for body in (b"[]", b"{", b'{"code": {}, "row": [], "value": {"a": 1}}', b'{"code": "project_title", "base": "x"}'):
        sent = mayor.post(f"{address}answer", body, content_type="application/json")
        assert sent.status_code < 500
    assert mayor.get(f"{address}le-projet/").status_code == 200


def test_more_than_a_form_can_hold_is_said(mayor):
    address = mayor.post("/dossiers/create", {"call": "granges-2026", "organisation": mayor.town})["Location"]
    refused = mayor.post(f"{address}le-projet/save", {f"q{n}": "x" for n in range(20_001)})
    assert refused.status_code == 413
    assert 'data-code="too_much"' in refused.content.decode()
