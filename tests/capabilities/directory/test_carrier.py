"""The organisation that carries a place: linked on a screen, its people keep the page, its calls know the place."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.schemes import actions as schemes
from escale.capabilities.calls.schemes.queries import calls
from escale.capabilities.directory.models import Claim
from escale.foundation.places.models import Place
from tests import build
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
SIRET = {"siret": "55208131766522"}


@pytest.fixture
def place(at, monkeypatch):
    monkeypatch.setattr("escale.site.middleware.now", lambda: at)
    return build.place(at, hours="Mo-We 09:00-17:00", opened_on=at.date())


def carry(client, place, text):
    place.refresh_from_db()
    return client.post(f"/lieux/{place.slug}/carry", {"rev": place.rev, "organisation": text})


def test_the_region_links_and_its_people_keep_the_page(client, at, place):
    owner = build.person(at)
    organisation = build.organisation(at, by=owner, name="La Coopérative", siret="55208131766522")
    client.force_login(owner)
    assert client.get(f"/lieux/{place.slug}/gerer/").status_code == 404
    client.force_login(build.officer(at, build.service("annuaire")))
    assert carry(client, place, "Nulle part").status_code == 422
    assert carry(client, place, "552 081 317 66522").status_code == 303
    place.refresh_from_db()
    assert place.carrier == organisation
    assert "La Coopérative" in client.get(f"/lieux/{place.slug}/").content.decode()
    client.force_login(owner)
    assert "La Coopérative" in client.get(f"/lieux/{place.slug}/gerer/").content.decode()
    other = build.organisation(at, name="Une autre", commune_id="14118")
    answer = carry(client, place, other.name)
    assert (answer.status_code, 'data-code="not_yours"' in answer.content.decode()) == (409, True)
    assert carry(client, place, "").status_code == 303
    assert Place.objects.get().carrier is None


def test_a_call_knows_the_hours_of_the_place_that_the_applicant_carries(client, at, place):
    client.force_login(build.officer(at, build.service("annuaire")))
    build.organisation(at, name="La Coopérative", siret="55208131766522")
    carry(client, place, "55208131766522")
    document, _problems = schemes.read(DOCUMENT)
    edition = calls.ready(schemes.publish(document, by=None, at=at)[0])
    tree = calls.with_territory(edition, {"applicant": SIRET, "facts": {"place.days_per_week": 5}})
    assert {name: value for name, value in tree["facts"].items() if name.startswith("place.")} == {
        "place.opened_on": at.date().isoformat(), "place.hours_per_week": "24", "place.days_per_week": 5,
    }  # fmt: skip
    build.place(at, name="Un second", pivot="55208131766522")
    assert "place.hours_per_week" not in calls.with_territory(edition, {"applicant": SIRET}).get("facts", {})


def test_the_document_of_a_claim_opens_for_whoever_reads_the_claim(client, at, place):
    client.force_login(build.person(at))
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    file = SimpleUploadedFile("statuts.pdf", content, "application/pdf")
    said = {"quality": "gérante", "proof": "Les statuts.", "document": file}
    assert client.post(f"/lieux/{place.slug}/claims/create", said).status_code == 303
    address = f"/lieux/demandes/{Claim.objects.get().pk}/piece"
    assert address in client.get("/lieux/demandes/").content.decode()
    client.force_login(build.person(at))
    assert client.get(address).status_code == 404
    client.force_login(build.officer(at, build.service("annuaire")))
    assert b"".join(client.get(address).streaming_content) == content
    wrong = {**said, "document": SimpleUploadedFile("statuts.pdf", b"MZ" + b"x" * 90)}
    client.force_login(build.person(at))
    refused = client.post(f"/lieux/{place.slug}/claims/create", wrong)
    assert (refused.status_code, "Les statuts." in refused.content.decode()) == (409, True)
