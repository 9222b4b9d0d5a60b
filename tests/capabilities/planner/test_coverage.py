"""Who has a place nearby: measured when the network changes, on the page, in files, as a fact of the calls."""

import csv
import io
import json

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from escale.capabilities.planner.models import Reach, Survey
from escale.capabilities.planner.tasks import measuring
from escale.capabilities.planner.tasks.ground import ground
from escale.foundation.places.actions import places, standing
from escale.foundation.post import queue
from escale.foundation.territory.models import Commune
from tests import build

pytestmark = pytest.mark.django_db
HONFLEUR, LE_HAVRE, CAEN, ROUEN = "14333", "76351", "14118", "76540"


def opened(at, code, name="La Passerelle", **more):
    """A listed place at the centre of a commune."""
    commune, officer = Commune.objects.get(code=code), build.officer(at, build.service(f"s{code}"))
    place = places.create(
        by=officer, at=at, source="test", name=name, commune=commune, address="1 rue du Quai", postcode="14000",
        lon=commune.lon, lat=commune.lat, kinds=("coworking",), **more,
    )  # fmt: skip
    places.publish(place, by=officer, at=at)
    return place, officer


def minutes(code, network="open"):
    return Reach.objects.get(survey__network=network, commune_id=code).minutes


def test_minutes_to_the_nearest_place(at):
    opened(at, LE_HAVRE)
    measuring.survey("open", ground(), at)
    assert minutes(LE_HAVRE) == 0
    # Around the estuary by the bridge: a great circle says less than twenty minutes.
    assert 20 < minutes(HONFLEUR) < 60
    assert (minutes(ROUEN) or 999) > minutes(HONFLEUR)


def test_one_more_place_never_lengthens_a_trip(at):
    opened(at, LE_HAVRE)
    measuring.survey("open", ground(), at)
    before = dict(Reach.objects.values_list("commune_id", "minutes"))
    opened(at, CAEN, name="Le Colombier")
    measuring.survey("open", ground(), at)
    after = dict(Reach.objects.values_list("commune_id", "minutes"))
    assert all(after[code] is not None and (was is None or after[code] <= was) for code, was in before.items() if was)
    assert after[CAEN] == 0


def test_a_change_of_the_network_asks_for_a_measure(at):
    place, officer = opened(at, CAEN)
    assert queue.waiting() > 0
    assert not Survey.objects.exists()
    measuring.measure_all()
    assert minutes(CAEN) == 0
    waiting = queue.waiting()
    places.close(place, at.date(), by=officer, at=at, note="Fin de bail")
    assert queue.waiting() > waiting
    measuring.survey("open", ground(), at)
    assert minutes(CAEN) is None


def test_labelled_places_alone(at):
    first, _officer = opened(at, CAEN)
    opened(at, ROUEN, name="La Filature")
    standing.stand(first, "labelled", by=None, at=at, source="test", reference="Label", act_reference="CP 1")
    measuring.measure_all()
    measuring.survey("labelled", ground(), at)
    assert minutes(CAEN, "labelled") == 0
    assert (minutes(ROUEN, "labelled") or 999) > 30


def test_the_same_network_is_not_measured_twice(at):
    opened(at, CAEN)
    here = ground()
    first = measuring.survey("open", here, at)
    kept = set(Reach.objects.values_list("pk", flat=True))
    assert measuring.survey("open", here, at).pk == first.pk
    assert set(Reach.objects.values_list("pk", flat=True)) == kept


def test_the_page_its_table_and_its_files_say_the_same(at, django_assert_max_num_queries):
    opened(at, CAEN)
    measuring.survey("open", ground(), at)
    client = Client()
    with django_assert_max_num_queries(12):
        page = client.get("/couverture/?minutes=15").content.decode()
    rows = list(csv.DictReader(io.StringIO(client.get("/couverture.csv?minutes=15").content.decode())))
    points = json.loads(client.get("/couverture.geojson").content)["features"]
    assert len(rows) == len(points) == Commune.objects.count()
    near = sum(int(row["people"]) for row in rows if row["minutes"] and float(row["minutes"]) <= 15)
    assert f"{near:,}".replace(",", "\u202f") in page
    calvados = [row for row in rows if row["departement"] == "14"]
    few = list(csv.DictReader(io.StringIO(client.get("/couverture.csv?departement=14").content.decode())))
    assert len(few) == len(calvados)


@pytest.mark.parametrize(
    "query",
    ["minutes=abc&network=x", "departement=99&grouping=1", "grouping=123456789", "minutes=-1", "departement=%00"],
)
def test_what_means_nothing_asks_nothing(at, query):
    opened(at, CAEN)
    measuring.survey("open", ground(), at)
    assert Client().get(f"/couverture/?{query}").status_code == 200


def test_an_empty_network_and_a_commune(at):
    assert "Rien n’a encore été mesuré" in Client().get("/couverture/").content.decode()
    measuring.survey("open", ground(), at)
    assert "Aucun lieu à moins de deux heures" in Client().get(f"/couverture/{CAEN}/").content.decode()
    assert Client().get("/couverture/99999/").status_code == 404
    opened(at, CAEN)
    measuring.survey("open", ground(), at)
    page = Client().get(f"/couverture/{HONFLEUR}/").content.decode()
    assert "Le plus proche est à" in page
    assert "La Passerelle" in page


def test_the_fact_of_the_calls(at):
    told = import_string(settings.ESCALE_FACTS)["network.minutes_to_nearest_place"]
    assert told(CAEN) is None
    measuring.survey("open", ground(), at)
    assert told(CAEN) == "120"
    opened(at, CAEN)
    measuring.survey("open", ground(), at)
    assert told(CAEN) == "0"
    assert 0 < float(told(HONFLEUR)) < 120
