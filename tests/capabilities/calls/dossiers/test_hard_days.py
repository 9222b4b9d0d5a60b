"""What is filed stays what it was, whatever changes around it; a double click, a mail server down, a full disk."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from escale.capabilities.calls.dossiers.actions import filing, papers
from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, Receipt
from escale.capabilities.calls.dossiers.queries import evidence, lists
from escale.foundation.clock import reading
from escale.foundation.documents import storage
from escale.foundation.documents.models import Document
from escale.foundation.journal.models import Entry
from escale.foundation.organisations import actions as organisations
from escale.foundation.people.models import Person
from escale.foundation.post import sending
from escale.foundation.post.models import Mail
from escale.rules.refusal import Refused
from escale.site import health
from tests.capabilities.calls.dossiers import stage as on

pytestmark = pytest.mark.django_db
SIGNED = {"signer": "Odile Marais", "quality": "maire", "honour": "on", "key": "once"}


@pytest.fixture(autouse=True)
def around(at, settings, tmp_path):
    settings.ESCALE_DEMO = True
    settings.ESCALE_FILES_URL = f"file://{tmp_path}/files"
    settings.MAILERS = {
        "default": {
            "BACKEND": "escale.foundation.post.folder.FolderBackend", "OPTIONS": {"folder": str(tmp_path / "mail")}
        }
    }  # fmt: skip
    reading.move_to(at)


@pytest.fixture
def world(at):
    return on.stage(at)


def content(client, address):
    return b"".join(client.get(address).streaming_content)


def test_papers_answers_and_receipt_keep_their_bytes_whatever_changes(world, at, monkeypatch, tmp_path):
    dossier = on.filed(world, at)
    on.work()
    mayor, address = on.browser(world, "mayor"), dossier.get_absolute_url()
    before = [content(mayor, f"{address}{name}") for name in ("recu.pdf", "copie.pdf")]
    receipt = Receipt.objects.select_related("version").get()
    texts = (receipt.document, receipt.sha256, receipt.version.document, receipt.version.sha256)

    town = world.town
    town.refresh_from_db()
    organisations.edit(town, by=world.people["mayor"], at=at, rev=town.rev, name="Honfleur Nouvelle")
    on.publish(at, title="Un tout autre titre", pieces=[], texts={"silence": "Autre silence."})
    models = tmp_path / "papers"
    shutil.copytree(papers.HERE, models)
    for one in models.glob("*.typ"):
        one.write_text("= Un autre modèle\n", encoding="utf-8")
    monkeypatch.setattr(papers, "HERE", models)
    Person.objects.filter(pk=world.people["mayor"].pk).update(name="Compte fermé", is_active=False, closed_at=at)

    secretary = on.browser(world, "secretary")
    assert [content(secretary, f"{address}{name}") for name in ("recu.pdf", "copie.pdf")] == before
    receipt = Receipt.objects.select_related("version").get()
    assert (receipt.document, receipt.sha256, receipt.version.document, receipt.version.sha256) == texts
    page = secretary.get(f"{address}recu").content.decode()
    assert "Commune de Honfleur" in page and "Granges ouvertes" in page and "Odile Marais" in page
    assert list(evidence.problems()) == []


def test_the_papers_are_made_once_by_the_worker(world, at):
    on.filed(world, at)
    receipt = Receipt.objects.get()
    assert receipt.paper is None and on.work() >= 1
    receipt.refresh_from_db()
    assert receipt.paper is not None and receipt.copy is not None
    made = Document.objects.count()
    assert papers.receipt_paper(receipt, at=at) == receipt.paper
    assert papers.copy_paper(receipt, at=at + timedelta(days=9)) == receipt.copy
    assert Document.objects.count() == made


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda: DossierVersion.objects.update(document="{}"), "version_altered"),
        (lambda: Receipt.objects.update(document='{"a": 1}'), "receipt_altered"),
        (lambda: Receipt.objects.update(sha256="0" * 64), "receipt_altered"),
        (lambda: Entry.objects.filter(act="submit").update(data={"sha256": "0"}), "journal_differs"),
        (lambda: storage.place(Document.objects.get(kind="pdf").sha256).unlink(), "piece_lost"),
        (lambda: Receipt.objects.all()._raw_delete("default"), "receipt_missing"),
    ],
)
def test_doctor_finds_what_was_altered_or_lost(world, at, spoil, code):
    on.filed(world, at)
    assert health.evidence(at, timezone.now()).ok
    spoil()
    found = health.evidence(at, timezone.now())
    assert not found.ok and code in found.message


def test_an_altered_file_is_found(world, at):
    on.filed(world, at)
    storage.place(Document.objects.get(kind="pdf").sha256).write_bytes(b"%PDF-1.4 other")
    assert "altered" in health.files(at, timezone.now()).message


def test_a_mail_server_down_keeps_no_filing_back_and_sends_nothing_twice(world, at, settings, tmp_path):
    working = settings.MAILERS
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }
    dossier = on.filed(world, at)
    sending.drain(at=at)
    mail = Mail.objects.get(template="dossiers/receipt")
    assert mail.status == "queued" and mail.attempts == 1
    settings.MAILERS = working
    for later in (timedelta(hours=1), timedelta(hours=2)):
        sending.drain(at=at + later)
    sent = [message_from_bytes(file.read_bytes()) for file in Path(tmp_path / "mail").glob("*.eml")]
    assert [one["Message-ID"] for one in sent].count(mail.message_id) == 1
    assert dossier.number in Mail.objects.get(pk=mail.pk).subject


def test_double_click_and_the_back_button(world, at):
    dossier = on.ready(world, at)
    mayor, address = on.browser(world, "mayor"), dossier.get_absolute_url()
    first, second = (mayor.post(f"{address}submit", SIGNED) for _n in range(2))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"]) == (303, f"{address}recu")
    header = mayor.post(f"{address}submit", {**SIGNED, "key": ""}, headers={"Idempotency-Key": "once"})
    assert (header.status_code, header["Location"]) == (303, f"{address}recu")
    for page in ("depot/", "le-projet/", "les-pieces/"):
        back = mayor.get(f"{address}{page}")
        assert (back.status_code, back["Location"]) == (303, address)
    again = mayor.post(f"{address}submit", {**SIGNED, "key": "other"})
    assert again.status_code == 409 and "récépissé fait foi" in again.content.decode()
    assert DossierVersion.objects.count() == Receipt.objects.count() == 1
    assert Mail.objects.filter(template="dossiers/receipt").count() == 1


@pytest.mark.parametrize(
    ("closes", "last"),
    [
        # The night of 29 March 2026, 2 h 30 does not exist in Paris; the day has 23 hours.
        ("2026-03-29", datetime(2026, 3, 29, 21, 59, 59, 999_999, tzinfo=UTC)),
        ("2026-03-29T03:00:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        # The night of 25 October 2026 has two hours of 2 h; the day has 25 hours.
        ("2026-10-25", datetime(2026, 10, 25, 22, 59, 59, 999_999, tzinfo=UTC)),
        ("2026-10-25T03:00:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_nights_when_clocks_change(at, closes, last):
    world = on.stage(at, calendar={"kind": "deadline", "opens": "2026-02-01", "closes": closes})
    dossier = on.ready(world, at)
    with pytest.raises(Refused) as late:
        on.sign(dossier, world, last + timedelta(microseconds=1))
    assert late.value.code == "late"
    assert on.sign(dossier, world, last).version.at == last


def test_an_unknown_failure_files_nothing_at_all(world, at, monkeypatch):
    dossier = on.ready(world, at)
    monkeypatch.setattr(filing, "put_index", lambda *_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        on.sign(dossier, world, at)
    assert not DossierVersion.objects.exists() and not Receipt.objects.exists()
    assert not Mail.objects.filter(template="dossiers/receipt").exists()
    assert Dossier.objects.get(pk=dossier.pk).state == "draft"
    assert list(Entry.objects.filter(subject=dossier.subject).values_list("act", flat=True)) == ["create"]
    monkeypatch.undo()
    on.sign(lists.whole().get(pk=dossier.pk), world, at)


def test_a_disk_full_while_a_file_is_received_is_said_in_words(world, at, settings, tmp_path):
    dossier = on.draft(world, at)
    mayor, address = on.browser(world, "mayor"), f"{dossier.get_absolute_url()}pieces/deliberation"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    large = on.PDF.replace(b"endobj", b"endobj" + b" " * 3_000_000)
    answer = mayor.post(address, {"file": SimpleUploadedFile("d.pdf", large)})
    assert answer.status_code == 409 and 'data-code="storage_unavailable"' in answer.content.decode()
    settings.FILE_UPLOAD_TEMP_DIR = None
    assert mayor.post(address, {"file": SimpleUploadedFile("d.pdf", large)}).status_code == 303


def test_a_form_whose_body_is_broken_is_refused_without_a_fault(world, at):
    dossier = on.draft(world, at)
    mayor, address = on.browser(world, "mayor"), f"{dossier.get_absolute_url()}pieces/deliberation"
    for body in (b"", b"--x", b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc'):
        answer = mayor.post(address, body, content_type="multipart/form-data; boundary=x")
        assert answer.status_code in (403, 409, 422), answer.status_code
    assert json.loads(lists.whole().get(pk=dossier.pk).edition.document)["key"] == "granges-2026"


def test_more_fields_than_a_form_can_hold_are_refused_in_words(world, at):
    dossier = on.draft(world, at)
    mayor = on.browser(world, "mayor")
    answer = mayor.post(f"{dossier.get_absolute_url()}le-projet/save", {f"f{n}": "x" for n in range(20_001)})
    assert answer.status_code == 413
    assert "envoyez-le en plusieurs fois" in answer.content.decode()


@pytest.mark.parametrize("base", [True, 1.0, "1", None])
def test_only_a_whole_number_is_a_revision_seen(world, at, base):
    dossier = on.ready(world, at)
    body = {"code": "project_title", "row": "", "base": base, "value": "Autre chose"}
    address = f"{dossier.get_absolute_url()}answer"
    answer = on.browser(world, "mayor").post(address, json.dumps(body), content_type="application/json")
    assert answer.status_code == 409
    assert dossier.sheet.answers.get(code="project_title").typed == "La grange de l’Aître"


def test_a_text_too_long_is_refused_with_both_figures(world, at):
    dossier = on.draft(world, at)
    body = {"code": "project_title", "row": "", "base": 0, "value": "é" * 100_001}
    address = f"{dossier.get_absolute_url()}answer"
    answer = on.browser(world, "mayor").post(address, json.dumps(body), content_type="application/json")
    assert answer.status_code == 422
    assert "100001 caractères : 100000 au plus" in answer.json()["error"]["message"]
