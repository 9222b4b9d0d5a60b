"""List, map, GeoJSON, CSV and API: the same places in the same order as a count by hand over the export."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.http import QueryDict

from escale.capabilities.directory.queries import question, search
from escale.foundation.places.actions import hours, inside, standing
from escale.foundation.places.models import Place
from escale.foundation.territory.models import Commune
from escale.rules.places import KINDS, NEEDS, PUBLICS, SERVICES, UNITS
from tests import build
from tests.capabilities.directory.naive import Naive, exported
from tests.capabilities.directory.naive import question as random_question

pytestmark = pytest.mark.django_db

WEEKS = (
    "Mo-Fr 09:00-12:30,13:30-18:00", "Tu-Sa 10:00-18:00; PH off", "24/7", "Fr 18:00-02:00", "Sa,Su 22:00-04:00",
    "Tu-Fr 09:00-12:30; Sa 10:00-12:30; SH off; SH Mo-Fr 09:30-12:30,14:00-17:00", "Mo-Su,PH 08:00-20:00",
    "Mo-Fr 09:00-17:00; SH off", "", "Su 01:00-05:00", "Mo-Fr 09:00-12:30",
)  # fmt: skip
SIZE = 40


def network(at, random):
    """Forty places that differ in everything a question may ask."""
    communes = [*Commune.objects.filter(departement__in=("14", "50")).order_by("pk")[::24]]
    names = ["L’Établi", "La Passerelle", "L’Atelier du Bac", "Été 14"]
    for n in range(SIZE):
        commune = communes[n % len(communes)] if n % 3 else Commune.objects.get(pk="14118")
        point = {"lon": commune.lon + random.uniform(-0.05, 0.05), "lat": commune.lat + random.uniform(-0.04, 0.04)}
        place = build.place(
            at, name=f"{names[n % 4]} {n // 8}", commune=commune, publish=False, hours=WEEKS[n % len(WEEKS)],
            kinds=random.sample(list(KINDS), random.randint(1, 3)), services=random.sample(list(SERVICES), 5),
            publics=random.sample(list(PUBLICS), 4), address=f"{n} rue du Bac", **(point if n % 6 else {}),
        )  # fmt: skip
        needs = random.sample(list(NEEDS)[:3], random.randint(0, 3))
        rows = {
            "access": [{"need": need, "met": random.random() < 0.5} for need in needs],
            "equipment": [{"code": code, "figure": Decimal(random.randint(0, 2))} for code in ("wifi", "fibre", "printer")],
            "tariffs": [{"unit": unit, "cents": 0 if unit == "free" else random.randint(0, 2000)}
                        for unit in random.sample(list(UNITS), 2)],
        }  # fmt: skip
        for name, values in rows.items():
            inside.replace(place, name, values, by=None, at=at)
        if n % 4 == 0:
            standing.stand(place, "labelled", by=None, at=at, until=at + timedelta(days=n))
    region = build.officer(at, build.service())
    for n, place in enumerate(Place.objects.all()):
        if n % 5 == 0:
            day = [at.date(), at.date() + timedelta(days=266)][n % 2]
            hours.close_days(place, day, day + timedelta(days=20), by=region, at=at)
        build.places.publish(place, by=region, at=at)


def listed(client, query):
    """What the pages of the list hold, one after the other."""
    slugs, page = [], 1
    while True:
        text = client.get(f"/lieux/?{query}&page={page}").content.decode()
        found = re.findall(r'data-place="([^"]+)"', text)
        slugs += found
        page += 1
        if f"page={page}" not in text:
            return slugs, int(re.search(r'data-count="(\d+)"', text)[1])


def paged(client, query):
    """What the API gives, cursor after cursor."""
    slugs, cursor = [], ""
    while cursor is not None:
        told = client.get(f"/api/v1/places?{query}&limit=17&cursor={cursor}").json()
        slugs += [one["id"] for one in told["places"]]
        cursor = told["next_cursor"]
    return slugs


def test_every_form_holds_the_same_places_in_the_same_order(client, at, monkeypatch):
    monkeypatch.setattr("escale.site.middleware.now", lambda: at)
    random = Random(2026)
    network(at, random)
    lines = exported(client)
    assert len(lines) == SIZE
    points = {code: (lon, lat) for code, lon, lat in Commune.objects.values_list("pk", "lon", "lat")}
    naive, answered = Naive(lines, points, at), 0
    for n in range(240):
        asked = random_question(random)
        query = QueryDict(mutable=True)
        for name, value in asked.items():
            query.setlist(name, value if isinstance(value, list) else [value])
        expected = naive.answer(asked)
        understood = question.read(query, at)
        assert understood.problems == {}, asked
        assert list(search.slugs(search.matching(understood, at))) == expected, asked
        answered += bool(expected)
        if n % 12 == 0:
            address = query.urlencode()
            assert listed(client, address) == (expected, len(expected)), asked
            features = json.loads(client.get(f"/lieux.geojson?{address}").content)["features"]
            assert [one["id"] for one in features] == expected, asked
            text = client.get(f"/lieux.csv?{address}").content.decode()
            assert [line.split(",", 1)[0] for line in text.split("\r\n")[1:-1]] == expected, asked
            assert paged(client, address) == expected, asked
    assert answered > 80
