"""The sheet of an organisation on its pages: created, read, changed by two people, its account, its links."""

import re

import pytest
from django.test import Client

from escale.foundation.organisations import actions, queries
from escale.foundation.organisations.models import Link, Organisation
from tests import build

pytestmark = pytest.mark.django_db
SHEET = {
    "name": "Les Granges d’Écouché",
    "legal_form": "association",
    "siret": "",
    "rna": "W611001234",
    "commune": "Honfleur (14333)",
    "created_on": "2019-05-04",
    "fte": "3,5",
    "vat": "not_recovered",
    "representative": "Zoé Hüe",
    "quality": "présidente",
    "represents": "yes",
}


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def said(answer):
    return answer.content.decode()


@pytest.fixture
def owner(at):
    return build.person(at, name="Zoé Hüe")


def test_an_organisation_is_created_and_its_author_owns_it(owner, at):
    answer = browser(owner).post("/organisations/create", SHEET)
    found = Organisation.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/organisations/{found.pk}/")
    assert (found.rna, str(found.fte), found.commune_id) == ("W611001234", "3.50", "14333")
    assert found.memberships.get(person=owner).role == "owner"
    page = said(browser(owner).get(f"/organisations/{found.pk}/"))
    assert f'data-thing="organisation" data-ref="{found.pk}" data-state="active"' in page
    assert "Zoé Hüe, présidente" in page
    assert "le SIRET" in page


def test_a_double_click_makes_one_organisation(owner, at):
    site = browser(owner)
    places = {site.post("/organisations/create", SHEET).headers["Location"] for _time in range(2)}
    assert places == {f"/organisations/{Organisation.objects.get().pk}/"}
    assert site.post("/organisations/create", {**SHEET, "name": "Une autre"}).status_code == 303
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Indiquez le nom"),
        ("legal_form", "sarl", "Choisissez la forme juridique"),
        ("siret", "2114033320000", "celui-ci en a 13"),
        ("siret", "21140333200004", "clé de contrôle"),
        ("rna", "142001234", "Un numéro RNA"),
        ("commune", "Saint-Aubin", "Plusieurs communes"),
        ("commune", "99999", "Aucune commune"),
        ("created_on", "2999-01-01", "à venir"),
        ("fte", "1e99", "équivalents temps plein, comme"),
        ("postcode", "1460", "cinq chiffres"),
        ("represents", "", "Dites si vous représentez"),
        ("name", "a\0b", "nul"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(owner, field, typed, sentence):
    answer = browser(owner).post("/organisations/create", {**SHEET, field: typed})
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert 'value="présidente"' in said(answer)
    assert not Organisation.objects.exists()


def test_a_commune_has_neither_rna_nor_company_size(owner):
    answer = browser(owner).post("/organisations/create", {**SHEET, "legal_form": "commune", "size": "micro"})
    assert answer.status_code == 422
    assert "Seules les associations" in said(answer)
    assert "Une collectivité n’a pas de taille" in said(answer)


def test_a_siret_already_here_is_refused_with_what_to_do(owner, at):
    build.organisation(at, siret="21140333200003")
    answer = browser(owner).post("/organisations/create", {**SHEET, "rna": "", "siret": "211 403 332 00003"})
    assert answer.status_code == 409
    assert 'data-code="known_siret"' in said(answer)
    assert "vous inviter" in said(answer)
    assert "Les Granges" in said(answer)


def test_two_people_edit_and_nothing_is_written_over(owner, at):
    found = build.organisation(at, by=owner)
    other = build.person(at, name="Yanis Benali")
    actions.accept(actions.invite(found, email=other.email, role="editor", by=owner, at=at), by=other, at=at)
    address = f"/organisations/{found.pk}/edit"
    given = {
        **SHEET,
        "legal_form": "commune",
        "rna": "",
        "fte": "",
        "rev": re.search(r'name="rev" value="(\d+)"', said(browser(owner).get(address)))[1],
    }
    assert browser(other).post(address, {**given, "name": "Ville de Honfleur"}).status_code == 303
    late = browser(owner).post(address, {**given, "name": "Honfleur la Belle", "address": "1 quai Sainte-Catherine"})
    page = said(late)
    assert late.status_code == 409
    assert 'data-code="changed_meanwhile"' in page
    assert "Yanis Benali" in page
    assert "Ville de Honfleur" in page
    assert 'value="Honfleur la Belle"' in page
    assert 'value="1 quai Sainte-Catherine"' in page
    found.refresh_from_db()
    assert found.name == "Ville de Honfleur"
    fresh = re.search(r'name="rev" value="(\d+)"', page)[1]
    assert browser(owner).post(address, {**given, "name": "Honfleur la Belle", "rev": fresh}).status_code == 303
    found.refresh_from_db()
    assert (found.name, found.subject.title) == ("Honfleur la Belle", "Honfleur la Belle")
    for hostile in ("", "-1", "x", "9" * 40, "٣"):
        assert browser(owner).post(address, {**given, "rev": hostile}).status_code == 409


def test_only_those_concerned_read_and_write(owner, at):
    found = build.organisation(at, by=owner)
    reader, stranger, officer = build.person(at), build.person(at), build.officer(at, build.service())
    actions.accept(actions.invite(found, email=reader.email, role="reader", by=owner, at=at), by=reader, at=at)
    address = f"/organisations/{found.pk}/"
    assert [browser(one).get(address).status_code for one in (owner, reader, officer, stranger)] == [200, 200, 200, 404]
    for act in ("edit", "set-bank", "link", "replace-owner", "close"):
        assert browser(reader).get(f"{address}{act}").status_code == 403
        assert browser(stranger).get(f"{address}{act}").status_code == 404
        assert browser(officer).get(f"{address}{act}").status_code == 403
    assert browser(owner).get("/organisations/99999999999999999999999/").status_code == 404


def test_the_account_is_checked_and_then_masked(owner, at):
    found = build.organisation(at, by=owner)
    address = f"/organisations/{found.pk}/set-bank"
    wrong = browser(owner).post(address, {"iban": "FR76 3000 6000 0112 3456 7890 188", "holder": "Honfleur"})
    assert wrong.status_code == 422
    assert "faute de frappe" in said(wrong)
    short = browser(owner).post(address, {"iban": "FR76 3000 6000 01", "holder": "Honfleur"})
    assert "27 caractères" in said(short)
    right = browser(owner).post(address, {"iban": "fr76 3000 6000 0112 3456 7890 189", "holder": "Trésor public"})
    assert right.status_code == 303
    page = said(browser(owner).get(f"/organisations/{found.pk}/"))
    assert "FR76 •••• •••• 0189" in page
    assert "30006000" not in page.replace(" ", "")


def test_linked_undertakings_are_declared_and_taken_back(owner, at):
    found = build.organisation(at, by=owner)
    address = f"/organisations/{found.pk}/link"
    assert browser(owner).post(address, {"name": "Filiale", "siren": "123456789"}).status_code == 422
    assert browser(owner).post(address, {"name": "Filiale", "siren": "552 100 554"}).status_code == 303
    assert "552100554" in said(browser(owner).get(address))
    assert browser(owner).post(f"/organisations/{found.pk}/links/552100554/unlink").status_code == 303
    assert not Link.objects.exists()
    assert browser(owner).post(f"/organisations/{found.pk}/links/552100554/unlink").status_code == 404


def test_an_officer_writes_the_sheet_of_an_organisation_that_cannot(owner, at):
    officer = build.officer(at, build.service(), name="Samira Haddad")
    given = {**{k: v for k, v in SHEET.items() if k != "represents"}, "on_behalf": "Dossier papier reçu le 3 mars"}
    assert browser(owner).post("/organisations/create?behalf", given).status_code == 403
    assert browser(owner).get("/organisations/create?behalf").status_code == 403
    assert browser(officer).post("/organisations/create?behalf", {**given, "on_behalf": ""}).status_code == 422
    answer = browser(officer).post("/organisations/create?behalf", given)
    assert answer.status_code == 303
    found = Organisation.objects.get()
    assert not found.memberships.exists()
    entry = queries.history(found).get()
    assert (entry.by, entry.note) == (officer, "Dossier papier reçu le 3 mars")
    assert browser(officer).get(f"{answer.headers['Location']}edit").status_code == 200
    actions.replace_owner(found, owner, by=administrator(at), at=at, note="Récépissé de la préfecture")
    assert browser(officer).get(f"{answer.headers['Location']}edit").status_code == 403


def administrator(at):
    someone = build.person(at)
    actions.give_mandate(someone, "administrator", at=at)
    return someone


def test_the_region_finds_any_organisation_others_only_theirs(owner, at):
    build.organisation(at, by=owner, name="Mairie de Vire", siret="21140333200003")
    officer = build.officer(at, build.service())
    for asked in ("vire", "211403332", "honfl"):
        assert "Mairie de Vire" in said(browser(officer).get("/organisations/", {"q": asked})), asked
    assert "Mairie de Vire" not in said(browser(officer).get("/organisations/", {"q": "brest"}))
    assert "Mairie de Vire" not in said(browser(build.person(at)).get("/organisations/", {"q": "vire"}))
