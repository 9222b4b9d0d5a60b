"""A referential written on screens, tried on a place, published; the next edition with its differences in words."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.label.models import Referential
from escale.foundation.editions.models import Draft
from tests.capabilities.label import cast as casting

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(at):
    return casting.cast(at)


def browser(person=None):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def typed(client, key, place, **posted):
    rev = Draft.objects.filter(series__key=key).values_list("rev", flat=True).first() or 0
    return client.post(f"/label/referentiels/{key}/edit?place={place}", {"rev": rev, "do": "save", **posted})


def test_a_referential_is_written_from_a_blank_page(who):
    officer, lead = browser(who.officer), browser(who.lead)
    assert browser(who.steward).get("/label/referentiels/").status_code == 403
    assert browser(who.stranger).get("/label/referentiels/essai/").status_code == 403
    made = officer.post("/label/referentiels/create", {"title": "Nouveau label", "key": "nouveau"})
    assert made.headers["Location"] == "/label/referentiels/nouveau/"
    assert officer.post("/label/referentiels/create", {"title": "Autre", "key": "nouveau"}).status_code == 409
    assert officer.post("/label/referentiels/create", {"title": "Autre", "key": "Né faux"}).status_code == 422
    assert browser().get("/label/nouveau/").status_code == 404
    page = officer.get("/label/referentiels/nouveau/").content.decode()
    assert "à revoir avant de publier" in page
    first = {"title": "Nouveau label", "summary": "Un essai.", "duration": "3 years"}
    assert typed(officer, "nouveau", "", **first).status_code == 303
    assert typed(officer, "nouveau", "families", do="add families").status_code == 303
    assert typed(officer, "nouveau", "families.0", **{"families.0.label": "Ouverture"}).status_code == 303
    assert typed(officer, "nouveau", "criteria", do="add criteria").status_code == 303
    tree = Draft.objects.get(series__key="nouveau").document
    criterion = {
        "criteria.0.title": "Ouvert trois jours", "criteria.0.family": tree["families"][0].get("code", "ouverture"),
        "criteria.0.check.?": "opening", "criteria.0.check.opening.days_at_least": "3",
    }  # fmt: skip
    shown = officer.get("/label/referentiels/nouveau/edit?place=criteria.0")
    assert shown.status_code == 200 and 'name="criteria.0.title"' in shown.content.decode()
    assert typed(officer, "nouveau", "criteria.0", **criterion).status_code == 303
    assert typed(officer, "nouveau", "contact", **{"contact.name": "Région"}).status_code == 303
    tree = Draft.objects.get(series__key="nouveau").document
    assert tree["criteria"][0]["title"] == "Ouvert trois jours"
    assert officer.post("/label/referentiels/nouveau/publish").status_code == 403
    assert lead.post("/label/referentiels/nouveau/publish").status_code == 303
    public = browser().get("/label/nouveau/").content.decode()
    assert "Ouvert trois jours" in public and "Ouverture" in public


def test_a_file_becomes_a_draft_tried_then_published_then_changed_in_words(who):
    officer, lead = browser(who.officer), browser(who.lead)
    file = SimpleUploadedFile("label.yaml", casting.FILE.encode(), "application/yaml")
    officer.post("/label/referentiels/create", {"title": "Depuis un fichier", "key": "fichier", "file": file})
    wrong = SimpleUploadedFile("label.yaml", b"a: [1", "application/yaml")
    assert officer.post("/label/referentiels/create", {"title": "x", "key": "x", "file": wrong}).status_code == 422
    page = officer.get(f"/label/referentiels/fichier/?lieu={who.place.slug}").content.decode()
    assert "à revoir avant de publier" not in page
    assert "Trois jours ou trente heures" in page and "Il manque encore quelque chose." in page
    assert lead.post("/label/referentiels/fichier/publish").status_code == 303
    found = Referential.objects.get(key="fichier")
    assert (found.state, found.edition.n, Draft.objects.filter(series=found.series).count()) == ("published", 1, 0)
    assert browser().get("/label/fichier/").status_code == 200
    assert typed(officer, "fichier", "criteria.0", **{"criteria.0.title": "Quatre jours", "criteria.0.family": "A", "criteria.0.code": "A1",
                 "criteria.0.check.?": "opening", "criteria.0.check.opening.days_at_least": "4"}).status_code == 303  # fmt: skip
    page = officer.get("/label/referentiels/fichier/").content.decode()
    assert "Ce qui change du texte en vigueur" in page and "Quatre jours" in page
    assert lead.post("/label/referentiels/fichier/publish").status_code == 303
    found.refresh_from_db()
    assert found.edition.n == 2
    assert json.loads(found.series.editions.get(n=1).document)["criteria"][0]["title"] != "Quatre jours"


def test_two_people_and_hostile_posts(who):
    officer = browser(who.officer)
    assert typed(officer, "essai", "", title="Premier", summary="s").status_code == 303
    late = officer.post(
        "/label/referentiels/essai/edit?place=", {"rev": "0", "do": "save", "title": "Second", "summary": "s"}
    )
    assert (
        late.status_code == 409
        and b'data-code="changed_meanwhile"' in late.content
        and "Second" in late.content.decode()
    )
    for place in ("nowhere", "criteria.99", "criteria.-1", "%FF", "a" * 400):
        assert officer.get(f"/label/referentiels/essai/edit?place={place}").status_code == 404, place
    assert typed(officer, "essai", "criteria", do="remove schema").status_code == 303
    assert typed(officer, "essai", "criteria", do="add criteria.0.title").status_code == 303
    assert officer.get("/label/referentiels/essai/?lieu=%00").status_code == 200
    assert officer.get("/label/referentiels/absent/").status_code == 404
