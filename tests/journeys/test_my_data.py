"""My data and my organisation's: taken away in a zip, the account closed, what is over purged with a trace."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.dossiers.actions import drafts, retention
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.documents import standing, storage
from escale.foundation.documents.models import Document
from escale.foundation.journal import record
from escale.foundation.organisations import actions, queries
from escale.foundation.organisations.models import Invitation, Mandate
from escale.foundation.people import closing
from escale.foundation.people.models import Person, Session
from escale.foundation.post import actions as post
from escale.foundation.post.models import Mail
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change
from escale.site.cli import main
from tests import build
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)
YEAR = timedelta(days=366)


@pytest.fixture(autouse=True)
def clock(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)


@pytest.fixture
def mayor(at):
    return build.person(at, "maire@exemple.fr", name="Odile Marais")


@pytest.fixture
def town(mayor, at):
    return build.organisation(at, by=mayor, siret="21140333200003")


@pytest.fixture
def dossier(town, mayor, at):
    build.service()
    document, _problems = schemes.read(DOCUMENT)
    scheme, _edition, _created = schemes.publish(document, by=None, at=at)
    made = drafts.create(scheme, town, by=mayor, at=at)
    drafts.save(made, [Change(Place("project_title"), "La grange de l’Aître")], by=mayor, at=at)
    return made


def paper(name="statuts.pdf"):
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return SimpleUploadedFile(name, content, "application/pdf")


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def unzipped(answer):
    assert answer.status_code == 200
    zipped = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    return {name: zipped.read(name) for name in zipped.namelist()}


def test_everything_about_me_and_nothing_of_others(mayor, town, dossier, at):
    other = build.person(at, "autre@exemple.fr", name="Quelqu’un d’autre")
    build.organisation(at, by=other, name="Autre commune")
    post.write(mayor, "people/password_changed", {}, at=at)
    dossier.comments.create(section="le-projet", text="À relire", by=mayor, at=at)
    dossier.comments.create(section="le-projet", text="Un avis d’un autre", by=other, at=at)
    files = unzipped(browser(mayor).post("/compte/donnees/download"))
    told = {name: json.loads(content) for name, content in files.items()}
    assert told["compte.json"]["email"] == "maire@exemple.fr"
    assert told["organisations.json"][0]["role"] == "owner"
    assert {one["act"] for one in told["actes.json"]} >= {"create"}
    assert told["courriels.json"][0]["to"] == "maire@exemple.fr"
    assert told["dossiers-commences.json"][0]["number"] == dossier.number
    assert [one["text"] for one in told["remarques.json"]] == ["À relire"]
    assert told["partenariats.json"] == []
    assert "Un avis" not in str(told)
    assert "autre@exemple.fr" not in str(told)
    assert "Autre commune" not in str(told)


def test_everything_about_my_organisation_with_its_files_for_its_owner_alone(mayor, town, dossier, at):
    standing.give(town, "statutes", paper(), by=mayor, at=at)
    reader = build.person(at)
    actions.accept(actions.invite(town, email=reader.email, role="reader", by=mayor, at=at), by=reader, at=at)
    address = f"/organisations/{town.pk}/download"
    assert browser(reader).post(address).status_code == 403
    assert browser(build.person(at)).post(address).status_code == 404
    files = unzipped(browser(mayor).post(address))
    assert json.loads(files["fiche.json"])["siret"] == "21140333200003"
    assert files["documents/statuts.pdf"].startswith(b"%PDF")
    typed = json.loads(files[f"dossiers/{dossier.number}/dossier.json"])["typed"]
    assert "La grange de l’Aître" in str(typed)
    assert len(json.loads(files["personnes.json"])) == 2


def test_a_closed_account_leaves_no_name_and_its_dossiers_live(mayor, town, dossier, at):
    colleague = build.person(at, name="Zoé Secrétaire")
    actions.accept(actions.invite(town, email=colleague.email, role="owner", by=mayor, at=at), by=colleague, at=at)
    site = browser(mayor)
    assert site.get("/compte/close").status_code == 200
    assert site.post("/compte/close", {"email": "autre@exemple.fr"}).status_code == 422
    answer = site.post("/compte/close", {"email": "Maire@exemple.fr "})
    assert answer.headers["Location"] == "/connexion/?fait=closed"
    mayor.refresh_from_db()
    assert (mayor.name, mayor.phone, mayor.is_active) == ("", "", False)
    assert "maire" not in mayor.email
    assert site.get("/compte/").status_code == 302
    assert not Session.objects.filter(person=mayor).exists()
    assert Mail.objects.latest("pk").template == "people/account_closed"
    page = browser(colleague).get(f"/dossiers/{dossier.number}/")
    assert page.status_code == 200
    assert "Odile Marais" not in browser(colleague).get(f"/organisations/{town.pk}/").content.decode()
    assert queries.role_of(mayor, town, at + SOON) is None


def test_the_address_of_a_closed_account_makes_a_new_one(mayor, at):
    closing.close(mayor, at=at)
    client = Client()
    client.post("/connexion/send-code", {"email": "maire@exemple.fr"})
    link = re.search(r"https?://[^/]+(/connexion/lien/\S+)", Mail.objects.latest("pk").text)[1]
    assert client.post(f"{link}sign-in").status_code == 303
    assert Person.objects.filter(email="maire@exemple.fr", is_active=True).exclude(pk=mayor.pk).exists()


def test_the_only_owner_beside_colleagues_and_the_last_administrator_stay(mayor, town, at):
    reader = build.person(at)
    actions.accept(actions.invite(town, email=reader.email, role="reader", by=mayor, at=at), by=reader, at=at)
    refused = browser(mayor).post("/compte/close", {"email": mayor.email})
    assert refused.status_code == 409
    assert 'data-code="last_owner"' in refused.content.decode()
    administrator = build.person(at)
    actions.give_mandate(administrator, "administrator", at=at)
    assert (
        'data-code="last_administrator"'
        in browser(administrator).post("/compte/close", {"email": administrator.email}).content.decode()
    )
    assert Person.objects.filter(is_active=False).count() == 0


def test_an_unused_account_is_warned_then_closed_and_signing_in_keeps_it(mayor, at):
    used = build.person(at, "active@exemple.fr")
    before = at + YEAR
    assert closing.close_unused(before, before) == 0
    assert set(Mail.objects.filter(template="people/account_unused").values_list("to", flat=True)) == {
        mayor.email, used.email,
    }  # fmt: skip
    Person.objects.filter(pk=used.pk).update(last_login=before + SOON, warned_at=None)
    assert closing.close_unused(before, before + timedelta(days=29)) == 0
    assert closing.close_unused(before, before + timedelta(days=30)) == 1
    assert list(Person.objects.filter(is_active=False)) == [mayor]
    assert Mail.objects.filter(template="people/account_unused").count() == 2


def test_what_is_over_goes_by_rule_once_a_day_with_a_line_of_the_region_s_journal(mayor, town, settings, at):
    invitation = actions.invite(town, email="parti@exemple.fr", role="editor", by=mayor, at=at)
    actions.answer(invitation, "withdraw", by=mayor, at=at)
    row = standing.give(town, "statutes", paper(), by=mayor, at=at)
    standing.take_back(row, by=mayor, at=at)
    Mail.objects.update(status="sent", sent_at=at)
    settings.ESCALE_RETENTION = {
        "accounts": 0,
        "mails": 30,
        "invitations": 30,
        "removed_documents": 30,
        "expired_drafts": 30,
        "received": 30,
    }
    assert actions.purge(at + timedelta(days=29)) == dict.fromkeys(
        ("mails", "invitations", "removed_documents", "expired_drafts", "received"), 0
    )
    later = at + timedelta(days=31)
    once = {"mails": 1, "invitations": 1, "removed_documents": 1, "expired_drafts": 0, "received": 0}
    assert actions.purge_due(later) == once
    assert actions.purge_due(later + SOON) == {}
    assert Invitation.objects.get().email == ""
    mail = Mail.objects.get()
    assert (mail.to, mail.text, mail.subject) == ("", "", "")
    document = Document.objects.get()
    assert (document.status, document.sha256) == ("erased", row.document.sha256)
    with pytest.raises(storage.Lost):
        storage.reading(document.sha256)
    lines = [entry.data for entry in queries.region_history() if entry.act == "purge"]
    assert {(one["rule"], one["count"]) for one in lines} == {
        ("mails", 1),
        ("invitations", 1),
        ("removed_documents", 1),
    }
    assert "parti@exemple.fr" not in str(lines)


def test_a_file_that_a_dossier_uses_again_is_not_destroyed(mayor, town, dossier, at):
    row = standing.give(town, "statutes", paper(), by=mayor, at=at)
    dossier.pieces.create(code="deliberation", version=1, document=row.document, by=mayor, at=at)
    standing.take_back(row, by=mayor, at=at)
    assert actions.purge(at + timedelta(days=400))["removed_documents"] == 0
    assert Document.objects.get().status == "kept"


def test_an_expired_draft_is_emptied_and_its_line_stays(mayor, town, dossier, at):
    dossier.pieces.create(
        code="deliberation",
        version=1,
        document=standing.give(town, "statutes", paper(), by=mayor, at=at).document,
        by=mayor,
        at=at,
    )
    dossier.expires_at = at
    record.perform(dossier, "expire", by=None, at=at)
    assert retention.purge_expired(at, at + YEAR) == 0
    assert retention.purge_expired(at + SOON, at + YEAR) == 1
    assert retention.purge_expired(at + SOON, at + YEAR) == 0
    found = Dossier.objects.get()
    assert (found.title, found.sheet.answers.count(), found.state) == ("", 0, "expired")
    assert Document.objects.get().status == "kept"  # the organisation still has it among its standing documents
    assert browser(mayor).get(f"/dossiers/{dossier.number}/").status_code == 200


def test_the_command_says_what_it_purged_and_the_privacy_page_how_long(capsys, settings, client):
    assert main(["purge", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told["purged"]) == set(told["days"]) == set(settings.ESCALE_RETENTION)
    settings.ESCALE_RETENTION = {**settings.ESCALE_RETENTION, "mails": 4321, "invitations": 0}
    page = client.get("/donnees-personnelles/").content.decode()
    assert "4321" in page
    assert "sans limite" in page


def test_mandates_end_with_the_account(at):
    officer = build.officer(at, build.service())
    closing.close(officer, at=at + SOON)
    assert not Mandate.objects.holding(at + 2 * SOON).filter(person=officer).exists()
    assert queries.region_history()[0].act == "end-mandate"
