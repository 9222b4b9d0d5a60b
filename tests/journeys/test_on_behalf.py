"""An officer enters a dossier received on paper, files it as of its reception, and everything says so."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.journal.models import Entry
from escale.foundation.post.models import Mail
from tests import build
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
#: The call closes on 31 March 2026: the paper came the day before, it is entered ten days later.
LATER = datetime(2026, 4, 9, 9, 0, tzinfo=UTC)
GIVEN = {
    "scheme": "granges-2026",
    "way": "paper",
    "received_at": "2026-03-30T14:30",
    "reason": "Panne de réseau ; armoire 4.",
}


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    service, other = build.service(), build.service("culture", "Culture")
    document, _problems = schemes.read(DOCUMENT)
    schemes.publish(document, by=None, at=at)
    mayor = build.person(at, name="Odile Marais")
    town = build.organisation(at, by=mayor, siret="21140333200003")
    reading.move_to(LATER)
    people = {"mayor": mayor, "officer": build.officer(at, service, name="Samira Haddad"),
              "elsewhere": build.officer(at, other), "stranger": build.person(at)}  # fmt: skip
    return {"town": town, **people}


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def said(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def entered(world, **given):
    answer = browser(world["officer"]).post(
        "/dossiers/behalf/create", {**GIVEN, "organisation": "211 403 332 00003", **given}
    )
    assert answer.status_code == 303, said(answer)
    return answer.headers["Location"]


def test_only_an_officer_of_the_call_s_service_enters(world):
    given = {**GIVEN, "organisation": "21140333200003"}
    assert browser(world["mayor"]).post("/dossiers/behalf/create", given).status_code == 403
    assert browser(world["mayor"]).get("/dossiers/behalf/create").status_code == 403
    elsewhere = browser(world["elsewhere"]).post("/dossiers/behalf/create", given)
    assert elsewhere.status_code == 422
    assert not Dossier.objects.exists()
    assert "/dossiers/behalf/create" in said(browser(world["officer"]).get("/dossiers/"))
    assert "/dossiers/behalf/create" not in said(browser(world["mayor"]).get("/dossiers/"))


@pytest.mark.parametrize(
    ("field", "typed", "status", "sentence"),
    [
        ("organisation", "Nulle part", 422, "Aucune organisation"),
        ("received_at", "hier", 422, "Écrivez-le comme"),
        ("reason", "", 422, "Dites pourquoi"),
        ("received_at", "2026-04-02T09:00", 409, "acceptait pas de dossier"),
        ("received_at", "2027-01-01T09:00", 409, "à venir"),
    ],
)
def test_what_is_wrong_is_said_and_kept(world, field, typed, status, sentence):
    given = {**GIVEN, "organisation": "21140333200003", field: typed}
    answer = browser(world["officer"]).post("/dossiers/behalf/create", given)
    assert answer.status_code == status
    assert sentence in said(answer)
    assert 'value="21140333200003"' in said(answer) or field == "organisation"
    assert not Dossier.objects.exists()


def test_the_draft_is_the_service_s_and_the_applicant_s_and_nobody_else_s(world):
    address = entered(world)
    statuses = {
        who: browser(world[who]).get(address).status_code for who in ("officer", "mayor", "elsewhere", "stranger")
    }
    assert statuses == {"officer": 200, "mayor": 200, "elsewhere": 404, "stranger": 404}
    page = said(browser(world["officer"]).get(address))
    assert "dossier reçu sur papier" in page
    assert "30 mars 2026" in page
    ordinary = Dossier.objects.visible_to(world["officer"], LATER + timedelta(minutes=5))
    assert [one.get_absolute_url() for one in ordinary] == [address]
    assert browser(world["officer"]).get(f"{address}team/").status_code in (403, 404)


def test_filed_as_of_its_reception_with_its_trace_and_the_applicant_is_told(world):
    address, site = entered(world), browser(world["officer"])
    fill(site, address)
    depot = said(site.get(f"{address}depot/"))
    assert "signée sur le dossier reçu" in depot
    answer = site.post(f"{address}submit", {"signer": "Odile Marais", "quality": "maire", "honour": "on", "key": "k"})
    assert answer.status_code == 303, said(answer)
    dossier = Dossier.objects.get()
    assert dossier.filed_at == datetime(2026, 3, 30, 12, 30, tzinfo=UTC)
    document = json.loads(DossierVersion.objects.get().document)
    assert document["on_behalf"]["by"] == str(world["officer"].key)
    assert document["on_behalf"]["reason"] == GIVEN["reason"]
    entry = Entry.objects.get(subject=dossier.subject, act="submit")
    assert (entry.by, GIVEN["reason"] in entry.note) == (world["officer"], True)
    assert entry.at >= LATER
    told = Mail.objects.filter(template="dossiers/receipt").values_list("to", flat=True)
    assert set(told) == {world["officer"].email, world["mayor"].email}
    receipt = said(browser(world["mayor"]).get(f"{address}recu"))
    assert "Saisi par le service" in receipt
    assert "30 mars 2026" in receipt


def test_who_may_sign_is_named_to_those_who_only_prepare(world, at):
    address = entered(world)
    town = world["town"]
    town.memberships.update(represents=False)
    page = said(browser(world["mayor"]).get(f"{address}depot/"))
    assert "Personne ne peut encore signer pour Commune de Honfleur" in page
    deputy = build.person(at, name="Pascal Lenoir")
    town.memberships.create(person=deputy, role="reader", represents=True, since=at)
    assert "il se signe par : Pascal Lenoir" in said(browser(world["mayor"]).get(f"{address}depot/"))


def save(client, address, section, **values):
    page = client.get(f"{address}{section}/").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1].replace("&quot;", '"')
    data = {name.replace("__", "."): value for name, value in values.items()}
    return client.post(f"{address}{section}/save", {"seen": seen, **data})


def fill(client, address):
    save(client, address, "le-projet", project_title="La grange", project_type="creation")
    save(
        client, address, "place", has_owner="no", start_on="1er mai 2026", desks__r1__room="Haute", desks__r1__count="4"
    )
    plan = {
        "expenses__a__category": "works", "expenses__a__label": "Toiture", "expenses__a__ht": "10 000", "expenses__a__vat": "0",
        "funding__a__source": "own", "funding__a__amount": "5 000", "funding__b__source": "public",
        "funding__b__funder": "Région", "funding__b__state": "asked", "funding__b__amount": "5 000",
    }  # fmt: skip
    save(client, address, "le-budget", **plan)
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    upload = SimpleUploadedFile("deliberation.pdf", content, "application/pdf")
    client.post(f"{address}pieces/deliberation", {"file": upload})
