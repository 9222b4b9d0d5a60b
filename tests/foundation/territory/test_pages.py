"""The territory's public pages, and its zones on the administrators' screens."""

import pytest
from django.test import Client

from escale.foundation.organisations import actions
from escale.foundation.territory import queries
from escale.foundation.territory.models import Population, Travel, Zone
from tests import build

pytestmark = pytest.mark.django_db


def said(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_a_commune_tells_its_people_its_history_and_what_it_belongs_to(client):
    Population.objects.create(commune_id="14150", year=2013, inhabitants=777)
    page = said(client.get("/territoire/14150/"))
    assert "Cesny-les-Sources" in page
    assert "Population légale 2013" in page
    assert "Acqueville" in page
    assert "commune déléguée" in page
    assert "Ancienne Basse-Normandie" in page
    assert "SIREN" in page


def test_a_former_commune_leads_to_the_one_of_today_and_says_so(client):
    answer = client.get("/territoire/14002/", follow=True)
    assert answer.redirect_chain == [("/territoire/14150/?ancien=14002", 302)]
    assert "Acqueville (14002) fait partie de Cesny-les-Sources" in said(answer)


def test_how_far_another_commune_is_and_where_the_minutes_come_from(client):
    page = said(client.get("/territoire/14118/", {"vers": "Lisieux"}))
    assert "km à vol d’oiseau" in page
    assert "Durée estimée" in page
    Travel.objects.create(origin_id="14118", destination_id="14366", minutes=52.4, source="f.csv")
    table = said(client.get("/territoire/14118/", {"vers": "Lisieux (14366)"}))
    assert "52 minutes en voiture" in table
    assert "fichier chargé" in table
    assert "Nous ne trouvons pas" in said(client.get("/territoire/14118/", {"vers": "Zzzzz\0"}))


def test_unknown_communes_and_zones_are_404(client):
    for path in ("/territoire/99999/", "/territoire/xx/", "/territoire/zones/rien/"):
        assert client.get(path).status_code == 404


def test_the_territory_is_searched_and_says_its_sources(client):
    page = said(client.get("/territoire/", {"q": "acqueville"}))
    assert "/territoire/14150/" in page
    assert "Licence Ouverte" in page
    assert "former-basse-normandie" in page
    assert said(client.get("/territoire/zones/former-basse-normandie/")).count("/territoire/14") > 100


@pytest.fixture
def site(at):
    someone = build.person(at)
    actions.give_mandate(someone, "administrator", at=at)
    client = Client()
    client.force_login(someone)
    return client


def test_a_zone_is_written_on_a_screen_then_changed(site):
    given = {"key": "essai", "name": "Zone d’essai", "family": "", "communes": "14118\nHonfleur (14333)\n\ndep:61\n"}
    assert site.post("/region/zones/set-zone", given).status_code == 303
    assert "essai" in queries.zones_of("14333")
    assert Zone.objects.get(key="essai").communes.count() > 300
    assert site.post("/region/zones/set-zone", given).status_code == 422
    assert "Honfleur (14333)" in said(site.get("/region/zones/essai/set-zone"))
    assert site.post("/region/zones/essai/set-zone", {"name": "Réduite", "communes": "14118"}).status_code == 303
    assert queries.zones_of("14333") == ["former-basse-normandie"]


def test_wrong_lines_of_a_zone_are_named_and_kept(site):
    given = {"key": "essai", "name": "Zone", "communes": "14118\nNulle part\n99999\ndep:99"}
    answer = site.post("/region/zones/set-zone", given)
    page = said(answer)
    assert answer.status_code == 422
    assert [n for n in (1, 2, 3, 4) if f"ligne {n} :" in page] == [2, 3, 4]
    assert "Nulle part\n99999" in page
    assert not Zone.objects.filter(key="essai").exists()


def test_classes_of_a_family_do_not_overlap_on_the_screen_either(site):
    assert (
        site.post(
            "/region/zones/set-zone", {"key": "low", "name": "Faible", "family": "v", "communes": "14118"}
        ).status_code
        == 303
    )
    answer = site.post("/region/zones/set-zone", {"key": "high", "name": "Forte", "family": "v", "communes": "14118"})
    assert answer.status_code == 422
    assert "déjà dans « low »" in said(answer)


def test_only_administrators_write_zones(at, client):
    client.force_login(build.officer(at, build.service()))
    assert client.get("/region/zones/set-zone").status_code == 404
