"""Who may sign: the legal representative, or a member with a deposited delegation in force; the others prepare."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.documents import standing
from escale.foundation.documents.models import Delegation, StandingDocument
from escale.foundation.organisations import actions, queries
from tests import build
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


def paper(name="delegation.pdf"):
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return SimpleUploadedFile(name, content, "application/pdf")


def browser(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def people(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    return {"owner": build.person(at, name="Secrétaire"), "editor": build.person(at, name="Directeur")}


@pytest.fixture
def town(people, at):
    """A town whose owner is its secretary, not its mayor: nobody may sign yet."""
    found = build.organisation(at, by=people["owner"], represents=False)
    invitation = actions.invite(found, email=people["editor"].email, role="editor", by=people["owner"], at=at)
    actions.accept(invitation, by=people["editor"], at=at)
    return found


@pytest.fixture
def address(people, town, at):
    build.service()
    document, _problems = schemes.read(DOCUMENT)
    schemes.publish(document, by=None, at=at)
    answer = browser(people["owner"]).post(
        "/dossiers/create", {"call": "granges-2026", "organisation": town.pk, "key": "k"}
    )
    return answer["Location"]


def files(person, address):
    """403: may not sign; 409: may, and the empty dossier is refused for what is missing."""
    given = {"signer": "A", "quality": "maire", "honour": "on", "key": "s"}
    return browser(person).post(f"{address}submit", given).status_code


def test_an_owner_who_does_not_represent_prepares_and_does_not_sign(people, town, address, at):
    assert browser(people["owner"]).get(address).status_code == 200
    assert files(people["owner"], address) == 403
    mine = queries.members_of(town, at + SOON).get(person=people["owner"])
    path = f"/organisations/{town.pk}/membres/{mine.pk}/name-representative"
    assert browser(people["owner"]).post(path, {"represents": "yes"}).status_code == 303
    assert files(people["owner"], address) == 409


def test_a_delegation_gives_the_signature_during_its_dates_and_to_members_alone(people, town, address, at):
    owner, editor = people["owner"], people["editor"]
    assert files(editor, address) == 403
    form = browser(owner).get(f"/organisations/{town.pk}/delegate").content.decode()
    member = re.search(r'name="member" value="(\d+)"[^>]*><label[^>]*>Directeur', form)[1]
    given = {"member": member, "since": "2026-03-04", "until": "2026-03-10", "file": paper()}
    assert browser(editor).post(f"/organisations/{town.pk}/delegate", given).status_code == 403
    again = {**given, "file": paper()}
    assert browser(owner).post(f"/organisations/{town.pk}/delegate", again).status_code == 303
    assert files(editor, address) == 403
    for day, may in ((1, True), (7, True), (8, False)):
        assert standing.may_sign(editor, town, at + timedelta(days=day)) is may
    reading.move_to(at + timedelta(days=2))
    assert files(editor, address) == 409
    row = Delegation.objects.get()
    opened = browser(owner).get(f"/organisations/{town.pk}/delegations/{row.pk}")
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    assert browser(build.person(at)).get(f"/organisations/{town.pk}/delegations/{row.pk}").status_code == 404
    assert [one.name for one in standing.signatories(town, at + timedelta(days=2))] == ["Directeur"]
    assert browser(owner).post(f"/organisations/{town.pk}/delegations/{row.pk}/end-delegation").status_code == 303
    assert files(editor, address) == 403
    assert browser(owner).post(f"/organisations/{town.pk}/delegations/{row.pk}/end-delegation").status_code == 409


def test_who_left_signs_no_more(people, town, address, at):
    owner, editor = people["owner"], people["editor"]
    member = queries.members_of(town, at + SOON).get(person=editor)
    standing.delegate(town, member, paper(), since=at.date(), until=None, by=owner, at=at)
    assert files(editor, address) == 409
    actions.remove_member(member, by=owner, at=at + SOON)
    assert not standing.may_sign(editor, town, at + SOON)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"until": "2026-03-01"}, "Cette date est passée"),
        ({"since": "2026-05-01", "until": "2026-04-01"}, "La fin vient avant"),
        ({"since": ""}, "Indiquez la date"),
        ({"file": ""}, "Joignez la délégation"),
        ({"member": "999"}, "Choisissez-la"),
    ],
)
def test_what_is_wrong_with_a_delegation_is_said(people, town, at, given, sentence):
    member = queries.members_of(town, at + SOON).get(person=people["editor"])
    whole = {"member": member.pk, "since": "2026-03-04", "until": "", "file": paper(), **given}
    answer = browser(people["owner"]).post(f"/organisations/{town.pk}/delegate", whole)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Delegation.objects.exists()


def test_standing_documents_are_given_once_valid_until_and_taken_back(people, town, at):
    owner, path = people["owner"], f"/organisations/{town.pk}/documents/"
    given = {"kind": "insurance", "file": paper("assurance.pdf"), "valid_until": "2026-03-31"}
    assert browser(owner).post(f"{path}add-document", given).status_code == 303
    row = StandingDocument.objects.get()
    page = browser(owner).get(path).content.decode()
    assert "attestation d’assurance" in page
    assert "jusqu’au 31 mars 2026" in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert standing.valid(town, "insurance", at) == row
    assert standing.valid(town, "insurance", at + timedelta(days=29)) is None
    assert b"".join(browser(owner).get(f"{path}{row.pk}").streaming_content).startswith(b"%PDF")
    stranger, officer = build.person(at), build.officer(at, build.service())
    assert [browser(one).get(f"{path}{row.pk}").status_code for one in (stranger, officer)] == [404, 403]
    assert browser(owner).post(f"{path}{row.pk}/remove-document").status_code == 303
    assert standing.valid(town, "insurance", at) is None
    lie = SimpleUploadedFile("assurance.pdf", b"MZ\x90\x00 not a pdf", "application/pdf")
    refused = browser(owner).post(f"{path}add-document", {"kind": "insurance", "file": lie})
    assert refused.status_code == 409
    for wrong in ({"kind": "insurance"}, {"kind": "delegation", "file": paper()}, {}):
        assert browser(owner).post(f"{path}add-document", wrong).status_code == 422
    back = {"kind": "insurance", "file": paper(), "valid_from": "2026-05-01", "valid_until": "2026-04-01"}
    assert "La fin vient avant" in browser(owner).post(f"{path}add-document", back).content.decode()
