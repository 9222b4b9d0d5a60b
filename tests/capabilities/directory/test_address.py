"""Searching near an address: among those of known places, else the commune's centre, and saying which."""

import re

import pytest

from escale.capabilities.directory.queries.located import located
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known(at):
    build.place(at, address="12 bis rue de l’Église", lon=-0.36, lat=49.19)
    build.place(at, name="Loin", address="40, rue de l'Église", lon=-0.38, lat=49.17)
    build.place(
        at, name="Ailleurs", address="12 rue de l'Église", commune_id="14333", postcode="14600", lon=0.23, lat=49.42
    )


@pytest.mark.parametrize(
    ("typed", "point", "limit"),
    [
        ("12 rue de l’église, Caen", (-0.36, 49.19), ""),
        ("12 Rue de l'Eglise 14000 Caen", (-0.36, 49.19), ""),
        ("12 rue de l'église Caen", (-0.36, 49.19), ""),
        ("rue de l'Église, Caen (14118)", (-0.36, 49.19), "12"),
        ("38 rue de l'église, caen", (-0.38, 49.17), "40"),
        ("12 rue de l'église, Honfleur", (0.23, 49.42), ""),
    ],
)
def test_an_address_of_a_known_street(typed, point, limit):
    found = located(typed)
    assert ((found.lon, found.lat), limit in found.limit, bool(found.limit)) == (point, True, bool(limit))
    again = located(f"{found.label} ({found.commune})")  # what the form shows back
    assert (again.lon, again.lat, again.label) == (found.lon, found.lat, found.label)


def test_an_unknown_street_a_postcode_and_nothing(client, at):
    found = located("3 rue Inconnue, Caen")
    assert (found.commune, "centre de Caen" in found.limit) == ("14118", True)
    # Five digits are a commune’s code before a postcode, but in the form, where people mean postcodes.
    assert (located("14600").commune, located("14600", by_hand=True).commune) == ("14333", "14333")
    build.place(at, postcode="14118", commune_id="50129")
    assert (located("14118").commune, located("14118", by_hand=True).commune) == ("14118", "50129")
    typed = client.get("/lieux/", {"near": "14600", "typed": "1", "km": "5"}).content.decode()
    assert "du plus proche de 14600 Honfleur" in typed.replace("\xa0", " ")
    assert "/lieux.csv?near=14333&amp;km=5" in typed
    assert located("3 rue Inconnue, Nullepart") is None
    page = client.get("/lieux/", {"near": "3 rue Inconnue, Caen"}).content.decode()
    assert "Nous ne connaissons pas cette rue" in page
    assert re.search(r'value="3 rue Inconnue, Caen \(14118\)"', page)


@pytest.mark.parametrize(
    "typed", ["9" * 200, "1 " * 90, ",,,", "(", "12,", "\ud800 x, Caen", "12 rue (", "00000", "1 rue, "]
)
def test_hostile_words_are_said_not_crashed(client, typed):
    answer = client.get("/lieux/", {"near": typed.encode("utf-8", "replace").decode()})
    assert answer.status_code in (200, 422)
