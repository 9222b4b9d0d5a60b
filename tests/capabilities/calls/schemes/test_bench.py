"""The bench through HTTP: a case typed, read from a file, kept with what it must give, checked before publishing."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.schemes import actions
from escale.capabilities.calls.schemes.models import SampleCase, Scheme
from escale.capabilities.calls.schemes.queries import cases
from escale.rules.scheme import trial
from tests.capabilities.calls.schemes.conftest import CALL
from tests.capabilities.calls.schemes.officer import Form

pytestmark = pytest.mark.django_db
TRY = "/schemes/granges-2026/keep-case"
TYPED = {
    "case.filed_at": "2026-03-02", "case.filed_at@": "10:00", "case.applicant.legal_form": "commune",
    "case.applicant.commune": "14333", "case.applicant.vat": "recovers", "case.themes": ["culture"],
    "case.answers.surface": "80", "case.pieces": ["plan"],
}  # fmt: skip


def typed(client, **more):
    """Adds an expense with the page's own button, then types the case."""
    page = client.get(TRY).content.decode()
    assert 'value="add case.expenses"' in page
    grown = client.post(TRY, {**Form(page).data, "do": "add case.expenses"}).content.decode()
    expense = {"case.expenses.0.category": "works", "case.expenses.0.ht": "20 000,50"}
    assert set(expense) <= set(Form(grown).data), "the category is chosen among those of the call"
    assert '<option value="works"' in grown
    return {**Form(grown).data, **TYPED, **expense, **more}


def test_a_case_typed_gives_what_the_rules_give(desk, call):
    data = typed(desk["writer"], do="try")
    answer = desk["writer"].post(TRY, data)
    page = answer.content.decode()
    assert answer.status_code == 200 and "10\u202f000,25" in page and "Surface" in page
    edition = trial.load(actions.read(CALL)[0])
    tree = {"filed_at": "2026-03-02T10:00", "themes": ["culture"], "answers": {"surface": "80"}, "pieces": ["plan"],
            "applicant": {"legal_form": "commune", "commune": "14333", "vat": "recovers"},
            "expenses": [{"category": "works", "ht": "20000.50"}]}  # fmt: skip
    expected, problems = cases.tried(edition, tree)
    assert problems == [] and expected["aid"]["total_cents"] == 10_000_25
    for line in expected["criteria"]:
        assert line["message"].split(" (")[0].replace("’", "’") in page
    assert SampleCase.objects.count() == 0, "trying keeps nothing"


def test_a_kept_case_watches_over_the_draft(desk, call, at):
    data = typed(desk["writer"], do="keep", name="Petite commune", verdict="eligible", total="10 000,25")
    assert desk["writer"].post(TRY, data).status_code == 303
    sample = SampleCase.objects.get()
    assert (sample.verdict, sample.total_cents) == ("eligible", 10_000_25)
    assert "Comme attendu" in desk["writer"].get("/schemes/granges-2026/bench/").content.decode()
    again = desk["writer"].get(f"{TRY}?case={sample.pk}").content.decode()
    assert "20000,50" in again and "Petite commune" in again
    lower = json.loads(json.dumps(CALL))
    lower["aid"]["components"][0]["rates"] = [{"rate": "40 %"}]
    actions.save(Scheme.objects.get(), lower, rev=0, by=desk["people"]["writer"], at=at)
    assert "Autre résultat" in desk["writer"].get("/schemes/granges-2026/bench/").content.decode()
    refused = desk["reader"].post("/schemes/granges-2026/publish")
    assert refused.status_code == 409 and "Petite commune" in refused.content.decode()
    assert "8\u202f000,20" in desk["reader"].get("/schemes/granges-2026/").content.decode(), "the button says why"
    assert desk["writer"].post(f"/schemes/granges-2026/cases/{sample.pk}/drop-case").status_code == 303
    assert desk["reader"].post("/schemes/granges-2026/publish").status_code == 303


def test_a_case_file_is_read_as_the_command_reads_it(desk, call):
    text = "schema: escale.case/1\napplicant: {legal_form: company}\nanswers: {surface: 80}\n"
    answer = desk["writer"].post(TRY, {"file": SimpleUploadedFile("cas.yaml", text.encode())})
    assert answer.status_code == 200 and "Non, une condition" in answer.content.decode()
    assert re.search(r'name="case.answers.surface"[^>]*value="80"', answer.content.decode())
    for bad in (b"answers: {surface: 80", b"\xff\xfe\x00", b"- 1\n- 2", b"answers: {unknown: 3}", b"a: &x 1\nb: *x"):
        assert desk["writer"].post(TRY, {"file": SimpleUploadedFile("cas.yaml", bad)}).status_code == 422, bad


def test_hostile_cases_are_answered_in_words(desk, call):
    client = desk["writer"]
    for data in ({"case.expenses.#": "9" * 50}, {"case.applicant.commune": "\x00"}, {"case.answers.surface": "un"},
                 {"case.filed_at": "hier"}, {"do": "remove case.expenses.99"}, {"do": "add case.title"},
                 {"do": "keep"}, {"case.expenses.#": "1", "case.expenses.0.ht": "1.234"}):  # fmt: skip
        assert client.post(TRY, {"do": "try", **data}).status_code in (200, 422), data
    assert client.get(f"{TRY}?case=999999").status_code == 404
    assert client.post("/schemes/granges-2026/cases/99999999999999999999/drop-case").status_code == 404
    assert desk["elsewhere"].get(TRY).status_code == 404
