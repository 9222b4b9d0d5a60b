"""The index of the search: made again by an upgrade without being asked; nights that run past midnight."""

import pytest

from escale.capabilities.directory.actions import indexing
from escale.capabilities.directory.models import Listing, OpenSpan
from escale.capabilities.directory.models.listing import MAKE
from escale.foundation.territory.models import Commune, Travel
from escale.foundation.territory.queries import minutes_between
from escale.foundation.territory.reach import within
from escale.site import wiring
from tests import build

pytestmark = pytest.mark.django_db


def test_an_upgrade_makes_again_the_rows_of_an_older_version_and_those_that_miss(at):
    for name in ("L’Établi", "Le Dôme", "La Passerelle"):
        build.place(at, name=name)
    Listing.objects.filter(slug__startswith="l-etabli").update(made=MAKE - 1, words="")
    Listing.objects.filter(slug__startswith="le-dome").delete()
    [upgrade] = [one for one in wiring.UPGRADE if one is indexing.upgrade]
    assert upgrade(at) == 2
    assert sorted(Listing.objects.values_list("made", flat=True)) == [MAKE] * 3
    assert not Listing.objects.filter(words="").exists()
    assert upgrade(at) == 0
    Listing.objects.all().delete()
    for job in wiring.EACH_TICK:  # nobody ran ``escale migrate``: the next tick sees to it
        job(at)
    assert Listing.objects.count() == 3


def test_a_night_has_a_row_of_its_own_and_its_day_decides(client, at):
    place = build.place(at, name="La Nuit", hours="Fr 18:00-02:00")
    spans = OpenSpan.objects.filter(listing_id=place.pk, holidays=False).values_list("weekday", "night", "start", "end")
    assert set(spans) == {(4, False, 1080, 1440), (4, True, 0, 120)}
    for wall, found in (
        ("2026-03-07T01:59", 1),
        ("2026-03-07T02:00", 0),
        ("2026-03-06T01:00", 0),
        ("2026-03-06T23:59", 1),
    ):
        page = client.get("/lieux/", {"open_at": wall}).content.decode()
        assert f'data-count="{found}"' in page, wall
    assert 'data-count="0"' in client.get("/lieux/", {"open_at": "2026-03-07"}).content.decode()


def test_minutes_turned_around_say_what_the_model_says_pair_by_pair(at):
    codes = list(Commune.objects.filter(departement="14").order_by("pk").values_list("pk", flat=True)[::9])
    origin, [near, far] = "14118", codes[:2]
    Travel.objects.create(origin_id=origin, destination_id=near, minutes=3.0)
    Travel.objects.create(origin_id=far, destination_id=origin, minutes=500.0)
    told = {code: minutes_between(origin, code).minutes for code in codes}
    assert (told[near], told[far]) == (3.0, 500.0)
    exact = sorted(told.values())[5]
    for minutes in (0, 2.9, 3, exact, 17.3, 45, 600):
        assert {code for code in within(origin, minutes) if code in told} == {
            code for code in codes if told[code] <= minutes
        }, minutes


def test_what_is_typed_is_never_text_of_the_query(client, at):
    build.place(at, name="L’Établi")
    for typed in ("100%", "_", "'; DROP TABLE directory_listing; --", "%s", "%(x)s", "\\"):
        assert client.get("/lieux/", {"q": typed}).status_code == 200
        assert client.get("/api/v1/places", {"q": typed}).status_code == 200
    assert Listing.objects.count() == 1
