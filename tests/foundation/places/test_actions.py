"""A place's life: born, described, listed, closed, moved, merged; what is refused, in words."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from escale.foundation.places import osm, queries
from escale.foundation.places.actions import hours, inside, places, standing
from escale.foundation.places.models import Closure, Place, Staff, Standing
from escale.rules.hours import Regime, open_at, week
from escale.rules.refusal import NoHat, Refused
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward(at):
    return build.person(at, name="Lucie Marguerie")


@pytest.fixture
def place(at, steward):
    made = build.place(at, lon=-0.37, lat=49.18, hours="Mo-Fr 09:00-12:00,14:00-18:00")
    officer = build.officer(at, build.service("amenagement"))
    standing.entrust(made, steward, by=officer, at=at)
    return made


def picture(width=40, height=30, name="facade.jpg", kind="JPEG"):
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "RGB", (width, height)).save(out, kind)
    return SimpleUploadedFile(name, out.getvalue())


def test_it_is_known_first_and_the_other_standings_stay_apart(at, place):
    standing.stand(place, "labelled", by=None, at=at, until=at + timedelta(days=1), reference="Label")
    standing.stand(place, "funded", by=None, at=at)
    kinds = set(Standing.objects.holding(at + timedelta(days=2)).values_list("kind", flat=True))
    assert kinds == {"known", "funded"}
    assert [entry.act for entry in place.subject.entries.all()][:2] == ["create", "import"]


def test_lambert93_comes_out(place):
    assert place.lambert93 == pytest.approx((454_340, 6_903_049), abs=1)


@pytest.mark.parametrize(
    ("values", "code", "word"),
    [
        ({"lon": 2.35, "lat": 48.85}, "impossible_point", "km de Caen"),
        ({"lon": 49.18, "lat": -0.37}, "impossible_point", "échangées"),
        ({"lon": 500.0, "lat": 49.0}, "impossible_point", "n’existe pas"),
        ({"lon": float("nan"), "lat": 49.0}, "impossible_point", "n’existe pas"),
        ({"lon": 1.0, "lat": None}, "impossible_point", "aucune des deux"),
    ],
)
def test_impossible_points(at, values, code, word):
    with pytest.raises(Refused) as refused:
        build.place(at, **values)
    assert refused.value.code == code
    assert word in refused.value.message
    assert not Place.objects.exists()


def test_outside_the_region(at, settings):
    settings.ESCALE_REGION = "53"
    with pytest.raises(Refused) as refused:
        build.place(at)
    assert refused.value.code == "outside_region"


def test_two_managers_at_once(at, place, steward):
    seen = place.rev
    places.edit(place, by=steward, at=at, rev=seen, summary="Premier")
    with pytest.raises(Refused) as refused:
        places.edit(Place.objects.get(pk=place.pk), by=steward, at=at, rev=seen, summary="Second")
    assert refused.value.code == "changed_meanwhile"
    assert Place.objects.get(pk=place.pk).summary == "Premier"


def test_a_stranger_may_not_write(at, place):
    with pytest.raises(NoHat):
        places.edit(place, by=build.person(at), at=at, rev=place.rev, summary="x")


def test_closing_a_day_and_opening_it_again(at, place, steward):
    closure = hours.close_days(place, at.date(), at.date() + timedelta(days=1), by=steward, at=at, reason="Panne")
    assert not open_at(queries.opening(place, {}), at)
    hours.reopen_days(closure, by=steward, at=at)
    fresh = Place.objects.get(pk=place.pk)
    assert open_at(queries.opening(fresh, {}), at)
    with pytest.raises(Refused):
        hours.close_days(place, at.date(), at.date(), by=steward, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.create(place=place, first=at.date(), until=at.date())


def test_hours_of_a_real_house(at):
    """EPN of Saint-James: 32.5 h over 5 days in school time, 30 h over 5 days in the holidays."""
    text = "Tu-Fr 09:00-12:30,14:00-18:00; Sa 10:00-12:30; SH off; SH Mo-Fr 09:30-12:30,14:00-17:00"
    place = build.place(at, hours=text, opened_on=date(2020, 9, 1))
    assert queries.facts(place) == {
        "place.opened_on": "2020-09-01", "place.hours_per_week": "32.5", "place.days_per_week": 5,
    }  # fmt: skip
    calendar = queries.holidays()
    assert queries.zone(place) == "B"
    opening = queries.opening(place, calendar)
    monday_of_holidays, monday_of_school = date(2026, 2, 23), date(2026, 3, 9)
    told = {day: bool(spans) for day, spans, _ in queries.calendar(opening, [monday_of_holidays, monday_of_school])}
    assert told == {monday_of_holidays: True, monday_of_school: False}
    assert osm.read(osm.write(queries.weeks(place))).weeks == queries.weeks(place)


def test_half_a_regime_is_refused(at, place, steward):
    with pytest.raises(Refused) as refused:
        hours.set_hours(place, {Regime.SCHOOL: week({})}, by=steward, at=at)
    assert refused.value.code == "wrong_regimes"


def test_nobody_is_named_without_consent(at, place, steward):
    rows = [{"role": "animator", "name": "Paul Hébert"}, {"role": "host", "name": "Jeanne Ozenne", "consent_at": at}]
    inside.replace(place, "staff", rows, by=steward, at=at)
    assert [one.shown_name for one in Staff.objects.all()] == ["", "Jeanne Ozenne"]


def test_pictures(at, place, steward):
    photo = inside.add_photo(place, picture(3000, 20), alt="La façade", credit="L. M.", by=steward, at=at)
    assert (photo.width, photo.document.kind) == (1600, "jpeg")


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (lambda: picture(name="facade.png"), "file_name_lies"),
        (lambda: picture(10_000, 10_001, "grande.png", "PNG"), "file_too_many_pixels"),
        (lambda: SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"x" * 50), "file_damaged"),
        (lambda: SimpleUploadedFile("a.jpg", b"%PDF-1.4 ..."), "file_damaged"),
        (lambda: SimpleUploadedFile("a.jpg", b""), "file_empty"),
    ],
)
def test_what_is_not_a_picture(at, place, steward, upload, code):
    with pytest.raises(Refused) as refused:
        inside.add_photo(place, upload(), alt="x", credit="y", by=steward, at=at)
    assert refused.value.code == code
    assert not place.photos.exists()


def test_moved_closed_merged_the_old_address_answers(at, place, steward, client):
    officer = build.officer(at, build.service("culture"))
    other = build.place(at, name="L’Établi", commune_id="14333")
    old = place.slug
    places.move(place, at.date(), by=steward, at=at, commune_id="14333", address="2 quai", lon=None, lat=None)
    place.refresh_from_db()
    assert place.slug != old
    assert client.get(f"/lieux/{old}/").headers["Location"] == f"/lieux/{place.slug}/"
    places.close(place, at.date(), by=steward, at=at)
    assert "fermé définitivement" in client.get(f"/lieux/{place.slug}/").content.decode()
    places.merge(place, other, by=officer, at=at)
    assert client.get(f"/lieux/{old}/").headers["Location"] == f"/lieux/{other.slug}/"
    assert client.get(f"/lieux/{place.slug}/").headers["Location"] == f"/lieux/{other.slug}/"
