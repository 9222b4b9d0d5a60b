"""The space of those who keep a page, through HTTP only: today, sections, two at once, claims, reports."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from escale.capabilities.directory import tasks
from escale.capabilities.directory.actions import importing
from escale.capabilities.directory.models import Claim, Listing, Report, Resemblance
from escale.capabilities.directory.queries.preview import preview
from escale.foundation.people import limits
from escale.foundation.places.actions import places, standing
from escale.foundation.places.models import Closure, Place
from escale.foundation.post.models import Mail
from tests import build

pytestmark = pytest.mark.django_db
HOME = "/lieux/la-passerelle/gerer/"


@pytest.fixture(autouse=True)
def clock(monkeypatch, at):
    monkeypatch.setattr("escale.site.middleware.now", lambda: at)


@pytest.fixture
def region(at):
    return build.officer(at, build.service("amenagement"))


@pytest.fixture
def place(at, region):
    made = build.place(at, hours="Mo-Fr 09:00-12:00,14:00-18:00")
    standing.entrust(made, build.person(at, email="lucie@exemple.fr"), by=region, at=at)
    return made


@pytest.fixture
def manager(client, place):
    client.force_login(place.stewards.get().person)
    return client


def shown(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode().replace("\u00a0", " ")


def rev(client, address):
    return re.search(r'name="rev" value="(\d+)"', shown(client, address))[1]


def test_close_today_in_one_press_and_open_again(manager, client, at):
    assert "Fermer aujourd’hui" in shown(manager, HOME)
    assert manager.post("/lieux/la-passerelle/close-days").status_code == 303
    closure = Closure.objects.get()
    assert (closure.first, closure.until) == (at.date(), at.date() + timedelta(days=1))
    assert "Ouvre demain à 9 h" in shown(client, "/lieux/la-passerelle/")
    assert 'data-count="0"' in shown(client, "/lieux/?open_at=now")
    assert manager.post(f"/lieux/la-passerelle/closures/{closure.pk}/reopen-days").status_code == 303
    assert 'data-count="1"' in shown(client, "/lieux/?open_at=now")


def test_what_is_missing_is_said_and_filled_step_by_step(manager, place):
    assert "Il manque : une phrase, la date d’ouverture, le SIRET" in shown(manager, HOME)
    address = "/lieux/la-passerelle/identite/edit"
    data = {"rev": rev(manager, address), "name": "La Passerelle", "kinds": ["coworking", "fablab"], "summary": "Au calme",
            "opened_on": "2020-01-02", "pivot": "43493312300029", "languages": ["fr"]}  # fmt: skip
    assert manager.post(address, data).status_code == 303
    place.refresh_from_db()
    assert (place.kinds, place.summary, place.origins["summary"]["source"]) == (
        ("coworking", "fablab"),
        "Au calme",
        "page",
    )
    assert "Il manque : une phrase" not in shown(manager, HOME)
    assert 'data-count="1"' in shown(manager, "/lieux/?kind=fablab")


def test_nothing_typed_is_lost(manager):
    address = "/lieux/la-passerelle/identite/edit"
    answer = manager.post(address, {"rev": rev(manager, address), "name": "", "summary": "Ma phrase", "pivot": "12"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ma phrase" in page
    assert "Indiquez le nom du lieu." in page
    assert "14 chiffres" in page


def test_two_managers_at_once(manager, place):
    address = "/lieux/la-passerelle/identite/edit"
    seen = rev(manager, address)
    first = {"rev": seen, "name": "La Passerelle", "kinds": ["coworking"], "summary": "Le premier"}
    assert manager.post(address, first).status_code == 303
    answer = manager.post(address, {**first, "summary": "Le second"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'data-code="changed_meanwhile"' in page
    assert "Le second" in page
    place.refresh_from_db()
    assert place.summary == "Le premier"
    assert (
        manager.post(
            address, {**first, "summary": "Le second", "rev": re.search(r'name="rev" value="(\d+)"', page)[1]}
        ).status_code
        == 303
    )


def test_hours_line_by_line_and_in_openstreetmap_words(manager, place):
    address = "/lieux/la-passerelle/set-hours"
    assert 'value="9h-12h, 14h-18h"' in shown(manager, address)
    days = {f"school-{day}": "9h-12h30 14h-18h" for day in range(1, 5)} | {"school-5": "10h-12h30"}
    days |= {f"holidays-{day}": "9h30-12h30, 14h-17h" for day in range(5)}
    data = {"rev": rev(manager, address), "regime": "split", **days}
    assert manager.post(address, data).status_code == 303
    page = shown(manager, "/lieux/la-passerelle/")
    assert "32,5 h par semaine sur 5 jours" in page
    assert "30 h par semaine sur 5 jours" in page
    wrong = manager.post(address, {"rev": rev(manager, address), "regime": "normal", "normal-0": "le matin"})
    assert wrong.status_code == 422
    assert "le matin" in wrong.content.decode()
    bad = manager.post(address, {"rev": rev(manager, address), "regime": "normal", "osm": "lundi 9h"})
    assert "illisibles" in bad.content.decode()
    assert (
        manager.post(address, {"rev": rev(manager, address), "regime": "normal", "osm": "Mo 09:00-10:00"}).status_code
        == 303
    )
    assert "1 h par semaine sur 1 jour<" in shown(manager, "/lieux/la-passerelle/")


def test_spaces_equipment_access_prices_people(manager, client, place):
    address = "/lieux/la-passerelle/furnish"
    data = {"rev": rev(manager, address), "kind-0": "hall", "name-0": "La halle", "units-0": "2", "capacity-0": "40", "kind-1": "hall", "name-1": "Demi-halle", "part-1": "1",
            "figure-download_mbps": "312.5", "figure-printer": "0", "need-step_free": "yes", "need-lift": "no",
            "floor_m2-0": "120", "note-step_free": "Par la cour", "figure-wifi": "oui", "figure-screens": "3"}  # fmt: skip
    assert manager.post(address, data).status_code == 303
    assert (
        manager.post(
            "/lieux/la-passerelle/price", {"rev": rev(manager, address), "unit-0": "half_day", "cents-0": "6,50"}
        ).status_code
        == 303
    )
    staff = {"rev": rev(manager, address), "role-0": "animator", "fte-0": "0.5", "person-0": "Paul Hébert", "role-1": "host",
             "person-1": "Jeanne Ozenne", "agreed-1": "on"}  # fmt: skip
    assert manager.post("/lieux/la-passerelle/name-people", staff).status_code == 303
    page = shown(client, "/lieux/la-passerelle/")
    for word in (
        "2, chacun pour 40 personnes",
        "Demi-halle, partie de : La halle",
        "312,5",
        "(le 03/03/2026)",
        "6,50 € la demi-journée",
        "Jeanne Ozenne",
    ):
        assert word in page, word
    assert "Paul Hébert" not in page
    for word in ("120 m²", "Par la cour"):
        assert word in page, word
    told = client.get("/api/v1/places").json()["places"][0]["equipment"]
    assert (told["wifi"], told["screens"], told["printer"]) == (True, 3, 0)
    form = shown(manager, address)
    assert re.search(r'name="figure-wifi"[^>]*value="oui"', form)
    alone = {**data, "rev": rev(manager, address), "note-lift": "Petit", "need-lift": "", "figure-wifi": "beaucoup"}
    refused = manager.post(address, alone)
    assert (refused.status_code, "dites aussi oui ou non" in refused.content.decode()) == (422, True)
    assert "beaucoup" in refused.content.decode()
    circle = {**data, "rev": rev(manager, address), "part-0": "2"}
    assert manager.post(address, circle).status_code == 422
    assert "Paul Hébert" not in client.get("/api/v1/places").content.decode()
    assert 'data-count="1"' in shown(client, "/lieux/?access=step_free&unit=half_day&price_max=6,50")
    wrong = manager.post(
        "/lieux/la-passerelle/price", {"rev": "1", "what-0": "Poste", "cents-1": "abc", "unit-1": "hour"}
    )
    assert wrong.status_code == 422


def test_a_picture(manager, client):
    out = io.BytesIO()
    Image.new("RGB", (60, 40)).save(out, "PNG")
    data = {"picture": SimpleUploadedFile("a.png", out.getvalue()), "alt": "La façade", "credit": "L. M."}
    assert manager.post("/lieux/la-passerelle/add-photo", data).status_code == 303
    address = re.search(r"/lieux/la-passerelle/photos/\d+\.jpg", shown(client, "/lieux/la-passerelle/"))[0]
    picture = client.get(address)
    assert (picture.headers["Content-Type"], b"".join(picture.streaming_content)[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    lying = {"picture": SimpleUploadedFile("a.jpg", b"%PDF-1.4"), "alt": "x", "credit": "y"}
    refused = manager.post("/lieux/la-passerelle/add-photo", lying)
    assert refused.status_code == 409
    assert "data-code" in refused.content.decode()


def test_a_stranger_sees_nothing_of_it(client, at, place):
    client.force_login(build.person(at))
    for address in (HOME, "/lieux/la-passerelle/identite/edit", "/lieux/la-passerelle/set-hours"):
        assert client.get(address).status_code == 404
    assert client.post("/lieux/la-passerelle/close-days").status_code == 404
    assert client.get("/lieux/ressemblances/").status_code == 404
    assert client.get("/lieux/create").status_code == 403


def test_a_claim_is_decided_by_the_region(client, at, place, region):
    claimant = build.person(at, email="claire@exemple.fr")
    client.force_login(claimant)
    address = "/lieux/la-passerelle/claims/create"
    assert client.post(address, {"quality": "gérante"}).status_code == 422
    assert client.post(address, {"quality": "gérante", "proof": "Mon nom est sur le site"}).status_code == 303
    assert client.post(address, {"quality": "gérante", "proof": "encore"}).status_code == 409
    claim = Claim.objects.get()
    assert client.post(f"/lieux/demandes/{claim.pk}/accept").status_code == 403
    client.force_login(region)
    assert client.post(f"/lieux/demandes/{claim.pk}/refuse").status_code == 409
    assert client.post(f"/lieux/demandes/{claim.pk}/accept", {"note": "Vérifié"}).status_code == 303
    client.force_login(claimant)
    assert client.get(HOME).status_code == 200
    assert "confiée" in Mail.objects.get(to="claire@exemple.fr").subject


def test_anyone_reports_without_an_account_but_not_without_end(client, at, place, region, monkeypatch):
    address = "/lieux/la-passerelle/reports/create"
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "Fermé le jeudi", "email": "v@exemple.fr"}).status_code == 303
    monkeypatch.setitem(limits.LIMITS, "report-from-network", (2, 3600))
    assert client.post(address, {"text": "Encore"}).status_code == 303
    assert client.post(address, {"text": "Et encore"}).status_code == 429
    report = Report.objects.get(text="Fermé le jeudi")
    client.force_login(place.stewards.get().person)
    assert "Fermé le jeudi" in shown(client, "/lieux/signalements/")
    assert client.post(f"/lieux/signalements/{report.pk}/follow", {"note": "Merci"}).status_code == 303
    report.refresh_from_db()
    assert (report.state, report.email) == ("followed", "")
    assert Mail.objects.filter(to="v@exemple.fr").exists()


@pytest.mark.parametrize(("act", "places_left"), [("unite", 1), ("separate", 2)])
def test_a_resemblance_is_decided_by_a_person(client, at, place, region, act, places_left, tmp_path):
    file = tmp_path / "mairie.csv"
    file.write_text("id,nom,commune,adresse,telephone,type\n7,La  passerelle,Caen,3 rue Neuve,0231000000,fablab\n")
    importing.apply(preview(file), by=None, at=at)
    row = Resemblance.objects.get()
    client.force_login(region)
    assert "3 rue Neuve" in shown(client, "/lieux/ressemblances/")
    assert client.post(f"/lieux/ressemblances/{row.pk}/{act}").status_code == 303
    assert Place.objects.count() == Listing.objects.count() == places_left
    assert preview(file).unchanged == 1
    if act == "unite":
        place.refresh_from_db()
        assert (place.name, place.phone) == ("La Passerelle", "+33231000000")


def test_the_region_creates_publishes_moves_closes(client, at, region):
    client.force_login(region)
    data = {
        "rev": 0,
        "name": "L’Établi",
        "kinds": ["fablab"],
        "commune": "Honfleur (14333)",
        "address": "1 quai",
        "lat": "49.42",
        "lon": "0.23",
    }
    assert client.post("/lieux/create", {**data, "lat": "12", "lon": "0.2"}).status_code == 409
    assert client.post("/lieux/create", {**data, "commune": "Nulle Part"}).status_code == 422
    assert client.post("/lieux/create", data).headers["Location"] == "/lieux/l-etabli/gerer/"
    assert client.post("/lieux/l-etabli/publish").status_code == 303
    assert client.post("/lieux/l-etabli/confirm").status_code == 303
    assert client.post("/lieux/l-etabli/close", {"day": "2026-03-01"}).status_code == 303
    assert client.post("/lieux/l-etabli/close", {"day": "2026-03-01"}).status_code == 409
    assert client.post("/lieux/l-etabli/reopen").status_code == 303


def test_once_a_year_the_page_is_asked_to_be_checked(at, place):
    assert tasks.ask_to_check(at) == 0
    later = at + timedelta(days=366)
    assert tasks.ask_to_check(later) == 1
    assert tasks.ask_to_check(later) == 0
    mail = Mail.objects.get(template="directory/check_yearly")
    assert "/lieux/la-passerelle/gerer/" in mail.text
    places.confirm(Place.objects.get(), later.date(), by=place.stewards.get().person, at=later)
    assert tasks.ask_to_check(later + timedelta(days=300)) == 0


@pytest.mark.parametrize("number", ["0", "99999999999999999999999", "1"])
def test_hostile_numbers(manager, number):
    for address in (f"/lieux/la-passerelle/closures/{number}/reopen-days", f"/lieux/demandes/{number}/accept",
                    f"/lieux/ressemblances/{number}/unite", f"/lieux/la-passerelle/photos/{number}/remove-photo"):  # fmt: skip
        assert manager.post(address).status_code in (403, 404)
    assert manager.post("/lieux/la-passerelle/close-days", {"first": "x", "last": "2026-01-01"}).status_code == 422
    assert (
        manager.post("/lieux/la-passerelle/close-days", {"first": "2026-03-04", "last": "2026-03-01"}).status_code
        == 409
    )
    assert (
        manager.post("/lieux/la-passerelle/furnish", {"rev": "x", "kind-0": "\x00", "units-0": "9" * 40}).status_code
        == 422
    )


def test_days_at_the_end_of_time_are_said_not_crashed(manager, place):
    for days in ({"first": "0001-01-01", "last": "9999-12-31"}, {"first": "9999-12-31"}):
        answer = manager.post("/lieux/la-passerelle/close-days", {**days, "reason": "Travaux"})
        assert (answer.status_code, "2000 à 2199" in answer.content.decode()) == (422, True)
        assert "Travaux" in answer.content.decode()
    address = "/lieux/la-passerelle/set-hours"
    sent = {"rev": rev(manager, address), "regime": "normal", "osm": "Mo 09:00-10:00; 9999 Dec 31 off"}
    assert manager.post(address, sent).status_code == 422
