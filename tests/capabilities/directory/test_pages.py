"""The public pages: the list without script, one place, its poster, calendar and code, hostile addresses."""

import json
import re
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from escale.capabilities.directory.panels import search as search_panel
from escale.capabilities.directory.queries import question
from escale.foundation.places.actions import inside, standing
from escale.foundation.places.models import Place
from tests import build
from tests.capabilities.directory.naive import question as random_question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    monkeypatch.setattr("escale.site.middleware.now", lambda: at)


@pytest.fixture
def place(at):
    return build.place(
        at, hours="Mo-Fr 09:00-12:00,14:00-18:00", lon=-0.37, lat=49.18, summary="Un lieu </script> & calme",
        former_commune="Venoix",
    )  # fmt: skip


def text(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode().replace("\u00a0", " ")


def test_a_row_says_how_far_open_what_for_price_and_access(client, at, place):
    inside.replace(place, "tariffs", [{"unit": "hour", "cents": 250}, {"unit": "month", "cents": 9000}], by=None, at=at)
    page = text(client, "/lieux/?near=14118")
    assert "1 lieu, du plus proche de Caen" in page
    for word in (
        "Ouvert jusqu’à 12 h",
        "2,50 € l’heure",
        "non renseigné",
        "Espace de travail partagé",
        "Caen (Venoix)",
    ):
        assert word in page
    assert re.search(r"à 0,\d km", page)
    assert "Aucun lieu" in text(client, "/lieux/?unit=half_day&price_max=9999")  # never converted


def test_unknown_access_is_kept_apart(client, at, place):
    assert "access=step_free%3Aunknown" in text(client, "/lieux/?access=step_free")
    assert 'data-count="1"' in text(client, "/lieux/?access=step_free:unknown")
    inside.replace(place, "access", [{"need": "step_free", "met": False}], by=None, at=at)
    assert 'data-count="0"' in text(client, "/lieux/?access=step_free:unknown")
    assert 'data-count="1"' in text(client, "/lieux/?access=step_free:no")


def test_the_page_of_a_place(client, at, place):
    standing.stand(place, "labelled", by=None, at=at, until=at + timedelta(seconds=1), reference="Label")
    page = text(client, "/lieux/la-passerelle/")
    assert 'data-thing="place" data-ref="la-passerelle" data-state="listed"' in page
    for word in ("Ouvert jusqu’à 12 h", "labellisé", "35 h par semaine sur 5 jours", "non renseigné", "1 rue du Bac"):
        assert word in page
    told = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert told["@type"] == "LocalBusiness"
    assert told["description"] == "Un lieu </script> & calme"
    assert len(told["openingHoursSpecification"]) == 10
    assert "openstreetmap.org/directions" in page


def test_the_end_of_a_label_shows_without_any_worker(client, at, place, monkeypatch):
    standing.stand(place, "labelled", by=None, at=at, until=at + timedelta(days=1), reference="Label")
    assert "Labellisé" in text(client, "/lieux/")
    assert json.loads(client.get("/lieux.geojson").content)["features"][0]["properties"]["standings"] == [
        "known",
        "labelled",
    ]
    monkeypatch.setattr("escale.site.middleware.now", lambda: at + timedelta(days=1))
    assert "Labellisé" not in text(client, "/lieux/")
    assert "labellisé" not in text(client, "/lieux/la-passerelle/")
    assert json.loads(client.get("/lieux.geojson").content)["features"][0]["properties"]["standings"] == ["known"]
    assert client.get("/api/v1/places").json()["places"][0]["standings"][0]["kind"] == "known"
    assert 'data-count="0"' in text(client, "/lieux/?standing=labelled")


def test_poster_code_and_calendar(client, place):
    assert "qr.svg" in text(client, "/lieux/la-passerelle/affiche/")
    assert text(client, "/lieux/la-passerelle/qr.svg").startswith("<svg")
    feed = client.get("/lieux/la-passerelle/ouvertures.ics").content.decode()
    assert feed.count("BEGIN:VEVENT") > 100
    assert "DTSTART;TZID=Europe/Paris:20260303T090000" in feed


def test_nearest_other_places(client, at, place):
    build.place(at, name="L’Établi", lon=-0.36, lat=49.19)
    assert "L’Établi" in text(client, "/lieux/la-passerelle/")


def test_what_is_not_published_is_not_there(client, at):
    build.place(at, publish=False)
    assert client.get("/lieux/la-passerelle/").status_code == 404
    assert 'data-count="0"' in text(client, "/lieux/")


@pytest.mark.parametrize(
    "query",
    [
        "near=Nulle+Part+Du+Tout", "near=95,200", "km=3", "minutes=x&near=14118", "km=1e999&near=14118", "kind=x", "access=step_free:maybe",
        "open_at=demain", "open_at=9999-99-99", "open_at=0001-01-01T00:00", "price_max=3", "price_max=abc&unit=hour", "unit=second", "page=0",
        "page=99999999999999999999", "standing=labelled:yes", "minutes=nan&near=14118", "price_max=99999999999&unit=hour",
    ],
)  # fmt: skip
def test_a_question_not_understood_is_said(client, place, query):
    page = client.get(f"/lieux/?{query}")
    assert page.status_code == 422
    assert "data-place=" not in page.content.decode()
    for address in ("/lieux.geojson", "/lieux.csv", "/api/v1/places", "/lieux/points.json"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 422, address
        assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "address",
    [
        "/lieux/?q=%00%ff&near=%ff&km=", "/lieux/?near=14118%00", "/lieux/?q=%25_%5C%27%22", "/lieux/?page=999999",
        "/lieux/?q=" + "é" * 500, "/lieux/?kind=,,,&access=&unit=", "/lieux/?near=76540&minutes=600",
        "/api/v1/places?limit=1&near=14118", "/lieux/?near=-0,-0&km=2000", "/lieux/?open_at=2026-03-03T10:00:00Z",
    ],
)  # fmt: skip
def test_hostile_addresses_never_fail(client, place, address):
    assert client.get(address).status_code in (200, 422)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "limit=999", "cursor=x", "cursor=W10", "cursor=WyIiLDEsMl0", "cursor=é"]
)
def test_a_wrong_page_of_the_api(client, place, query):
    assert client.get(f"/api/v1/places?{query}").status_code == 422


def test_the_api_says_when_nothing_changed(client, at, place):
    first = client.get("/api/v1/places")
    assert client.get("/api/v1/places", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    inside.replace(place, "tariffs", [{"unit": "free"}], by=None, at=at)
    assert client.get("/api/v1/places", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_form_filled_in_is_the_form_rendered(at, place):
    """The form is rendered once a language and filled in: the same bytes as rendered for the question."""
    random = Random(7)
    for _n in range(60):
        query = QueryDict(mutable=True)
        for name, value in random_question(random).items():
            query.setlist(name, value if isinstance(value, list) else [value])
        query["minutes"] = random.choice(["", "20", "60"]) if "near" in query else ""
        query["q"] = random.choice(["", '<b>"x"&', "caen"])
        asked = question.read(query, at)
        assert not asked.problems
        whole = render_to_string("directory/search.html", {"form": search_panel.form(asked, query)})
        assert search_panel.markup(asked, query) == whole


def test_constant_queries(client, at):
    counts = []
    for wanted in (1, 5):
        while Place.objects.count() < wanted:
            build.place(at, name=f"Lieu {Place.objects.count()}", hours="Mo-Fr 09:00-12:00", lon=-0.37, lat=49.18)
        found = []
        for address in ("/lieux/?near=14118&minutes=20&open_at=now", "/lieux.geojson", "/lieux.csv", "/api/v1/places"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 11


def test_the_description_names_every_parameter(client, place):
    told = client.get("/api/v1/openapi.json").json()
    names = {one["name"] for one in told["paths"]["/api/v1/places"]["get"]["parameters"]}
    assert {"q", "near", "minutes", "km", "kind", "open_at", "equipment", "access", "price_max", "unit", "service", "public",
            "standing", "cursor", "limit"} == names  # fmt: skip
    given = client.get("/api/v1/places").json()["places"][0]
    assert set(given) == set(told["components"]["schemas"]["Place"]["properties"])
