"""What a place's page cannot say is said once, on the self-diagnosis, and answers its criteria."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.label.models import Declaration, Paper
from tests.capabilities.label import cast as casting
from tests.capabilities.label.test_visits import verdicts

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def who(at):
    return casting.cast(at)


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def test_commitments_are_declared_by_the_place_alone(who):
    url = f"/label/essai/lieux/{who.place.slug}/"
    assert verdicts(who)["A2"] == "missing"
    page = browser(who.steward).get(url).content.decode()
    assert 'name="open_to_all"' in page and 'name="A1"' not in page
    assert 'name="open_to_all"' not in browser(who.officer).get(url).content.decode()
    assert browser(who.officer).post(f"{url}declare", {"open_to_all": "yes"}).status_code == 403
    assert browser(who.stranger).post(f"{url}declare", {"open_to_all": "yes"}).status_code == 404
    assert browser(who.steward).post(f"{url}declare", {"open_to_all": "peut-être"}).status_code == 422
    assert browser(who.steward).post(f"{url}declare", {"open_to_all": "yes"}).status_code == 303
    assert verdicts(who)["A2"] == "met"
    assert browser(who.steward).post(f"{url}declare", {"open_to_all": "no"}).status_code == 303
    assert (verdicts(who)["A2"], Declaration.objects.count()) == ("failed", 1)
    assert browser(who.steward).post(f"{url}declare", {"open_to_all": ""}).status_code == 303
    assert (verdicts(who)["A2"], Declaration.objects.count()) == ("missing", 0)


def test_documents_are_attached_opened_and_taken_back(who):
    url = f"/label/essai/lieux/{who.place.slug}/"
    file = lambda: SimpleUploadedFile("attestation.pdf", PDF, content_type="application/pdf")  # noqa: E731  # read anew each time
    sent = {"code": "insurance", "file": file(), "dated_on": "2026-01-02", "valid_until": "2026-12-31"}
    steward = browser(who.steward)
    assert steward.post(f"{url}attach", {**sent, "valid_until": "2025-12-31"}).status_code == 422
    assert steward.post(f"{url}attach", {**sent, "file": file(), "code": "autre"}).status_code == 422
    assert steward.post(f"{url}attach", {**sent, "file": file()}).status_code == 303
    paper = Paper.objects.get()
    assert verdicts(who)["A3"] == "met"
    assert b"".join(browser(who.officer).get(f"{url}documents/{paper.pk}/").streaming_content) == PDF
    assert browser(who.stranger).get(f"{url}documents/{paper.pk}/").status_code == 404
    assert browser(who.officer).post(f"{url}documents/{paper.pk}/take-back").status_code == 403
    assert steward.post(f"{url}documents/{paper.pk}/take-back").status_code == 303
    assert verdicts(who)["A3"] == "missing"
