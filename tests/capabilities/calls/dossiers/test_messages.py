"""Messages: both sides write, with files, each sees what is new, mails follow at the pace that each one chose."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from escale.capabilities.calls.dossiers.actions import messages as actions
from escale.capabilities.calls.dossiers.models import Message, MessageFile, Pace
from escale.capabilities.calls.dossiers.queries import lists, messages
from escale.capabilities.calls.instruction.actions import handling
from escale.foundation.clock import reading
from escale.foundation.journal.models import Entry
from escale.foundation.organisations.actions import end_mandate
from escale.foundation.post.models import Mail
from escale.rules.refusal import NoHat, Refused
from tests import build
from tests.capabilities.calls.dossiers import stage as on

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    return on.stage(at)


def told(template="message"):
    mails = Mail.objects.filter(template=f"dossiers/{template}").order_by("pk")
    return [mail.person for mail in mails]


def test_both_sides_write_and_see_what_is_new(world, at):
    dossier = on.filed(world, at)
    officer, secretary = on.browser(world, "officer"), on.browser(world, "secretary")
    address = f"{dossier.get_absolute_url()}messages/"
    file = SimpleUploadedFile("modèle de délibération.pdf", on.PDF)
    sent = officer.post(f"{address}write", {"text": "Pouvez-vous préciser la surface ?", "files": [file], "key": "k"})
    assert sent.status_code == 303
    assert "Un message à lire." in secretary.get(dossier.get_absolute_url()).content.decode()
    assert "un message à lire" in secretary.get("/dossiers/").content.decode()
    page = secretary.get(address).content.decode()
    assert "préciser la surface" in page and "nouveau" in page and "modèle de délibération.pdf" in page
    assert "Rien de nouveau" in secretary.get(dossier.get_absolute_url()).content.decode()
    opened = secretary.get(f"{address}{Message.objects.get().pk}/{MessageFile.objects.get().document_id}")
    assert b"".join(opened.streaming_content) == on.PDF
    assert secretary.post(f"{address}write", {"text": "Soixante mètres carrés."}).status_code == 303
    assert messages.unread(world.people["officer"]).get().text == "Soixante mètres carrés."
    assert set(told()) == {world.people[who] for who in ("mayor", "secretary", "reader", "officer")}
    entry = Entry.objects.filter(subject=dossier.subject, act="write").first()
    assert entry.by == world.people["officer"] and len(entry.data["files"]) == 1


def test_a_double_click_is_one_message(world, at):
    dossier = on.filed(world, at)
    officer = on.browser(world, "officer")
    address = f"{dossier.get_absolute_url()}messages/write"
    answers = [officer.post(address, {"text": "Bonjour.", "key": "same"})["Location"] for _n in range(2)]
    assert answers[0] == answers[1] and Message.objects.count() == 1


def test_who_may_neither_read_nor_write(world, at):
    dossier = on.filed(world, at)
    made = actions.write(
        dossier, "Bonjour.", files=[SimpleUploadedFile("a.pdf", on.PDF)], by=world.people["mayor"], at=at
    )
    address = f"{dossier.get_absolute_url()}messages/"
    for who in ("stranger", "elsewhere"):
        client = on.browser(world, who)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}write", {"text": "?"}).status_code == 404
        assert client.get(f"{address}{made.pk}/{made.files.get().document_id}").status_code == 404
    reader = on.browser(world, "reader")
    assert reader.get(address).status_code == 200 and reader.post(f"{address}write", {"text": "?"}).status_code == 403
    assert Client().get(address).status_code == 302
    with pytest.raises(NoHat):
        actions.write(dossier, "Non", by=world.people["reader"], at=at)
    other = on.filed(world, at, project_title="Autre")
    assert on.browser(world, "mayor").get(
        f"{other.get_absolute_url()}messages/{made.pk}/{made.files.get().document_id}"
    ).status_code == 404  # fmt: skip


def test_what_is_typed_stays_when_a_file_is_refused(world, at):
    dossier = on.filed(world, at)
    mayor = on.browser(world, "mayor")
    bad = SimpleUploadedFile("plan.pdf", b"MZ" + b"\0" * 200)
    refused = mayor.post(f"{dossier.get_absolute_url()}messages/write", {"text": "Voici le plan.", "files": [bad]})
    page = refused.content.decode()
    assert refused.status_code == 409 and "Voici le plan." in page and 'data-code="file_kind"' in page
    assert mayor.post(f"{dossier.get_absolute_url()}messages/write", {"text": " "}).status_code == 422
    assert Message.objects.count() == 0
    many = [SimpleUploadedFile(f"{n}.pdf", on.PDF) for n in range(11)]
    with pytest.raises(Refused) as most:
        actions.write(dossier, "Tout", files=many, by=world.people["mayor"], at=at)
    assert most.value.code == "too_many_files"


def test_a_draft_has_no_thread_yet(world, at):
    made = on.draft(world, at)
    mayor = on.browser(world, "mayor")
    assert "une fois le dossier déposé" in mayor.get(f"{made.get_absolute_url()}messages/").content.decode()
    assert mayor.post(f"{made.get_absolute_url()}messages/write", {"text": "?"}).status_code == 409


def test_one_mail_a_morning_for_who_chose_so(world, at):
    dossier = on.filed(world, at)
    secretary = on.browser(world, "secretary")
    assert secretary.post("/dossiers/courriels/choose", {}).status_code == 422
    assert secretary.post("/dossiers/courriels/choose", {"pace": "daily"}).status_code == 303
    assert messages.pace_of(world.people["secretary"]) is Pace.DAILY
    actions.choose(Pace.NEVER, by=world.people["mayor"])
    for text in ("Première question", "Seconde question"):
        actions.write(dossier, text, by=world.people["officer"], at=at)
    assert set(told()) == {world.people["reader"]}
    night = at.replace(hour=5, minute=59) + timedelta(days=1)  # 6 h 59 in Paris
    assert actions.digests(night) == 0
    morning = night + timedelta(minutes=1)
    assert (actions.digests(morning), actions.digests(morning)) == (1, 0)
    mail = Mail.objects.get(template="dossiers/digest")
    assert mail.person == world.people["secretary"]
    assert "Première question" in mail.text and "Seconde question" in mail.text
    assert actions.digests(morning + timedelta(days=1)) == 0
    actions.write(dossier, "Troisième", by=world.people["officer"], at=morning)
    actions.read(dossier, by=world.people["secretary"])
    assert actions.digests(morning + timedelta(days=2)) == 0


def test_the_list_costs_the_same_with_one_and_with_many(world, at):
    first = on.filed(world, at)
    actions.write(first, "Bonjour.", by=world.people["officer"], at=at)
    mayor = on.browser(world, "mayor")
    mayor.get("/dossiers/")
    with CaptureQueriesContext(connection) as alone:
        mayor.get("/dossiers/")
    for n in range(3):
        other = on.filed(world, at, project_title=f"Autre {n}")
        actions.write(other, "Bonjour.", by=world.people["officer"], at=at)
    with CaptureQueriesContext(connection) as many:
        mayor.get("/dossiers/")
    assert len(alone) == len(many)


def test_the_officer_in_charge_is_told_else_the_whole_service(world, at):
    dossier = on.filed(world, at)
    other = build.officer(at, world.service, name="Bruno Second")
    secretary, samira = world.people["secretary"], world.people["officer"]
    actions.write(dossier, "À tout le service ?", by=secretary, at=at)
    assert set(told()) == {samira, other}
    handling.assign(dossier, samira, by=samira, at=at)
    actions.write(lists.whole().get(pk=dossier.pk), "À vous seule ?", by=secretary, at=at)
    assert told()[2:] == [samira]
    end_mandate(samira.mandates.get(), by=None, at=at + timedelta(days=1))
    actions.write(lists.whole().get(pk=dossier.pk), "Qui reste ?", by=secretary, at=at + timedelta(days=2))
    assert told()[3:] == [other], "who left the service is not in charge any more"
