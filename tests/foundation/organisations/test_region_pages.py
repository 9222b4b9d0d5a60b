"""The Region's own people on their screens: services, persons, dated mandates; and the first administrator."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from escale.foundation.clock import reading
from escale.foundation.organisations import actions, queries
from escale.foundation.organisations.models import Mandate, Region, Service
from escale.foundation.people import closing
from escale.foundation.people.models import Person
from escale.foundation.post.models import Mail
from escale.site.cli import main
from tests import build

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def clock(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)


@pytest.fixture
def administrator(at):
    someone = build.person(at, "admin@region.fr", name="Aïcha Lefèvre")
    actions.give_mandate(someone, "administrator", at=at)
    return someone


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def said(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_the_first_administrator_comes_from_a_command_then_works_on_screens(client, capsys):
    assert main(["person", "create", "--administrator", "Chef@region.fr", "--name", "Chef", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mandates"] == ["administrator"]
    assert main(["person", "create", "--administrator", "chef@region.fr"]) == 0
    chef = Person.objects.get()
    assert (chef.email, chef.mandates.count()) == ("chef@region.fr", 1)
    page = browser(chef).get("/region/")
    assert page.status_code == 200
    assert ">Administration<" in said(page)
    assert ">Administration<" not in said(browser(build.person(chef.created_at)).get("/compte/"))


def test_what_is_wrong_with_the_command_is_said(capsys):
    for words in (
        ["pas-une-adresse", "--administrator"],
        ["a@region.fr", "--mandate", "officer"],
        ["a@region.fr", "--service", "rien"],
    ):
        assert main(["person", "create", *words]) == 2
    assert main(["service", "create", "é è", "Service"]) == 2
    assert not Person.objects.exists()
    assert not Service.objects.exists()
    assert main(["service", "create", "culture", "Service de la culture"]) == 0
    assert main(["service", "create", "culture", "Service de la culture"]) == 0
    assert main(["person", "create", "a@region.fr", "--mandate", "officer", "--service", "culture"]) == 0
    assert "Traceback" not in capsys.readouterr().err
    assert Mandate.objects.get().service.key == "culture"


def test_a_service_is_created_then_changed(administrator, at):
    site = browser(administrator)
    given = {"key": "numerique", "name": "Numérique", "email": "n@region.fr", "phone": "02 31 00 00 00"}
    assert site.post("/region/create-service", {**given, "key": "numé rique"}).status_code == 422
    assert site.post("/region/create-service", given).status_code == 303
    twice = site.post("/region/create-service", given)
    assert twice.status_code == 409
    assert 'data-code="known_service"' in said(twice)
    assert site.post("/region/services/numerique/edit-service", {"name": "Numérique et lieux"}).status_code == 303
    assert site.post("/region/services/rien/edit-service", {"name": "x"}).status_code == 404
    assert Service.objects.get().name == "Numérique et lieux"
    build.officer(at, Service.objects.get())
    assert ">1</a>" in said(site.get("/region/services/"))


def test_a_person_is_added_and_given_each_kind_of_mandate_then_told(administrator, at):
    service = build.service()
    site = browser(administrator)
    added = site.post("/region/create-person", {"name": "Samira Haddad", "email": "Samira@region.fr", "phone": ""})
    address = added.headers["Location"]
    samira = Person.objects.get(email="samira@region.fr")
    assert site.get(address).status_code == 200
    without = site.post(address, {"kind": "officer", "since": "2026-03-03"})
    assert without.status_code == 422
    assert "Choisissez le service" in said(without)
    given = site.post(
        address, {"kind": "officer", "service": service.pk, "since": "2026-03-03", "reference": "Arrêté 12"}
    )
    assert given.headers["Location"] == f"/region/people/{samira.key}/?fait=given"
    assert queries.services_of(samira, at + SOON) == {service.pk}
    told = Mail.objects.latest("pk")
    assert (told.to, "Service du numérique" in told.text) == ("samira@region.fr", True)
    for kind in ("lead_officer", "reviewer", "committee", "elected", "secretary", "administrator"):
        more = {"kind": kind, "service": service.pk, "since": "2026-03-03", "commune": "Honfleur (14333)"}
        assert site.post(address, more).status_code == 303
    assert len(queries.mandates_of(samira, at + SOON)) == 7
    assert Mandate.objects.get(kind="elected").commune_id == "14333"
    assert Mandate.objects.get(kind="reviewer").commune_id is None
    page = said(site.get(f"/region/people/{samira.key}/"))
    assert "siège aussi à Honfleur" in page
    assert "Arrêté 12" in page


def test_mandates_begin_and_end_on_days_of_paris(administrator, at):
    service, site = build.service(), browser(administrator)
    person = build.person(at)
    address = f"/region/people/{person.key}/give-mandate"
    given = {"kind": "officer", "service": service.pk, "since": "2026-04-01", "until": "2026-04-30"}
    assert site.post(address, {**given, "until": "2026-03-31"}).status_code == 422
    assert site.post(address, given).status_code == 303
    for instant, held in (
        (datetime(2026, 3, 31, 21, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 31, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 4, 30, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 4, 30, 22, 0, tzinfo=UTC), False),
    ):
        assert bool(queries.services_of(person, instant)) is held, instant
    assert "à partir du 1er avril 2026" in said(site.get(f"/region/people/{person.key}/"))
    end = f"/region/mandates/{Mandate.objects.get(kind='officer').pk}/end-mandate"
    assert site.get(end).status_code == 200
    assert site.post(end, {"until": "2026-04-15"}).status_code == 303
    assert not queries.services_of(person, datetime(2026, 4, 15, 22, 0, tzinfo=UTC))
    assert site.post("/region/mandates/999999999999999999999/end-mandate").status_code == 404


def test_an_elected_person_s_other_seat_is_named_by_siret_or_name(administrator, at):
    town = build.organisation(at, name="Ville de Honfleur", siret="21140333200003")
    site, person = browser(administrator), build.person(at)
    address = f"/region/people/{person.key}/give-mandate"
    wrong = site.post(address, {"kind": "elected", "since": "2026-03-03", "organisation": "Nulle part"})
    assert wrong.status_code == 422
    assert "Aucune organisation" in said(wrong)
    assert (
        site.post(address, {"kind": "elected", "since": "2026-03-03", "organisation": "211 403 332 00003"}).status_code
        == 303
    )
    assert Mandate.objects.get(kind="elected").organisation == town


def test_the_last_administrator_stays(administrator, at):
    end = f"/region/mandates/{administrator.mandates.get().pk}/end-mandate"
    refused = browser(administrator).post(end, {})
    assert refused.status_code == 409
    assert 'data-code="last_administrator"' in said(refused)
    actions.give_mandate(build.person(at), "administrator", at=at)
    assert browser(administrator).post(end, {}).status_code == 303
    assert browser(administrator).get("/region/").status_code == 404


def test_search_by_name_kind_service_and_the_ended_ones(administrator, at):
    culture, digital = build.service("culture", "Culture"), build.service()
    build.officer(at, culture, name="Noémie Tesson")
    former = build.officer(at, digital, name="Hugo Marie")
    actions.end_mandate(former.mandates.get(), at=at + timedelta(seconds=1))
    site = browser(administrator)
    reading.move_to(at + timedelta(days=1))
    shown = {
        "": {"Noémie", "Aïcha"},
        "q=tess": {"Noémie"},
        "kind=officer": {"Noémie"},
        "service=culture": {"Noémie"},
        "ended=yes": {"Noémie", "Aïcha", "Hugo"},
        "q=%00&after=99999999999": {"Noémie", "Aïcha"},
    }
    for asked, names in shown.items():
        page = said(site.get(f"/region/?{asked}")).split("Ce qui s’est passé")[0]
        assert {name for name in ("Noémie", "Aïcha", "Hugo") if f">{name} " in page} == names, asked


def test_nobody_else_enters(at):
    service = build.service()
    for person in (build.person(at), build.officer(at, service)):
        for path in ("/region/", "/region/create-person", "/region/services/", "/region/create-service"):
            assert browser(person).get(path).status_code == 404, path


def test_the_journal_tells_who_did_what_without_a_name_in_its_lines(administrator, at):
    site = browser(administrator)
    site.post("/region/create-person", {"name": "Samira Haddad", "email": "samira@region.fr"})
    entry = queries.region_history()[0]
    assert (entry.act, entry.by) == ("create-person", administrator)
    assert "Samira" not in json.dumps(entry.data) + entry.note
    assert "Samira Haddad" in said(site.get("/region/")).split("Ce qui s’est passé")[1]
    assert Region.objects.count() == 1


def test_the_list_asks_the_base_as_often_for_one_person_as_for_many(administrator, at):
    site, service = browser(administrator), build.service()

    def asked():
        with CaptureQueriesContext(connection) as queries_made:
            site.get("/region/")
        return len(queries_made)

    site.get("/region/")
    build.officer(at, service)
    one = asked()
    for _time in range(4):
        build.officer(at, service)
    assert asked() == one


def test_a_closed_account_receives_no_mandate(administrator, at):
    gone = build.person(at)
    closing.close(gone, at=at)
    given = {"kind": "reviewer", "since": "2026-03-03"}
    answer = browser(administrator).post(f"/region/people/{gone.key}/give-mandate", given)
    assert answer.status_code == 409
    assert 'data-code="account_closed"' in said(answer)
    assert not Mandate.objects.filter(person=gone).exists()


def test_a_mandate_that_holds_is_not_given_twice_and_one_that_ended_does_not_come_back(administrator, at):
    person, site = build.person(at), browser(administrator)
    address = f"/region/people/{person.key}/give-mandate"
    assert site.post(address, {"kind": "reviewer", "since": "2026-03-03"}).status_code == 303
    again = site.post(address, {"kind": "reviewer", "since": "2026-03-03", "until": "2026-05-01"})
    assert again.status_code == 409
    assert "a déjà cette fonction depuis le" in said(again)
    end = f"/region/mandates/{Mandate.objects.get(kind='reviewer').pk}/end-mandate"
    assert site.post(end, {}).status_code == 303
    over = site.post(end, {"until": "2030-01-01"})
    assert over.status_code == 409
    assert 'data-code="mandate_over"' in said(over)
    assert site.post(address, {"kind": "reviewer", "since": "2026-03-03"}).status_code == 303
