"""What is due is done; what is broken is found and said."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from escale.foundation.clock import beats
from escale.foundation.documents import actions, storage
from escale.foundation.journal.models import Entry
from escale.foundation.post.models import Mail
from escale.site import due, health
from escale.site.cli import main
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"


def broken(at):
    return [finding.name for finding in health.examine(at, timezone.now()) if not finding.ok]


def test_a_sound_installation(at, capsys):
    build.organisation(at)
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert [check["name"] for check in told["checks"]] == [
        "database", "constraints", "settings", "journal", "files", "evidence", "indexes", "outbox", "worker",
    ]  # fmt: skip


def test_an_altered_journal_line(at):
    build.organisation(at)
    Entry.objects.update(act="other")
    assert broken(at) == ["journal"]
    assert main(["doctor"]) == 1


def test_a_lost_file(at):
    pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.4\nstartxref\n0\n%%EOF")
    storage.place(actions.store(pdf, by=None, at=at).sha256).unlink()
    assert broken(at) == ["files"]


def test_mails_given_up(client, at):
    client.post("/connexion/send-code", {"email": "a@exemple.fr"})
    Mail.objects.update(status="failed", last_problem="550 no", written_at=at)
    assert broken(at) == ["outbox"]


def test_tasks_that_failed_lately(at, client):
    client.post("/connexion/send-code", {"email": "a@exemple.fr"})
    Mail.objects.update(status="expired", written_at=at)
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now() - timedelta(hours=25))
    assert broken(at) == []
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(hours=23))
    assert broken(at) == ["worker"]


def said(at, name):
    """What the doctor says of one thing when it is broken."""
    found = {finding.name: finding for finding in health.examine(at, timezone.now())}
    return "" if found[name].ok else found[name].message


def test_an_altered_file(at):
    pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.4\nstartxref\n0\n%%EOF")
    kept = storage.place(actions.store(pdf, by=None, at=at).sha256)
    kept.chmod(0o600)
    kept.write_bytes(b"altered")
    assert said(at, "files").startswith("altered a.pdf")
    assert "sauvegarde" in said(at, "files")


def test_a_storage_that_cannot_be_written(at, settings, tmp_path):
    (tmp_path / "taken").write_text("a file where a folder should be")
    settings.ESCALE_FILES_URL = f"file://{tmp_path}/taken"
    assert "ESCALE_FILES_URL" in said(at, "files")


def test_a_constraint_that_is_gone(at):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_open_membership")
    assert "one_open_membership" in said(at, "constraints")


def test_a_migration_that_is_missing(at):
    MigrationRecorder(connection).migration_qs.filter(app="documents").delete()
    assert [finding.name for finding in health.examine(at, timezone.now())] == ["database"]
    assert "escale migrate" in health.examine(at, timezone.now())[0].message


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("ESCALE_SECRET_IS_SET", False, "ESCALE_SECRET_KEY manque"),
        ("SECRET_KEY", "short", "32 caractères"),
        ("ESCALE_BASE_URL", "https://aides.region.example", "aides.region.example"),
    ],
)
def test_a_setting_that_is_wrong(at, settings, name, value, mend):
    setattr(settings, name, value)
    assert mend in said(at, "settings")


def test_a_worker_that_was_killed_and_one_that_was_stopped(at):
    real = timezone.now()
    due.living_tick(at=at, real=real - timedelta(minutes=9))
    assert broken(at) == []
    due.living_tick(at=at, real=real - timedelta(minutes=11))
    assert "escale serve" in said(at, "worker")
    beats.sign_off()
    assert broken(at) == []


def test_tasks_that_nobody_works_off(at, client):
    client.post("/connexion/send-code", {"email": "a@exemple.fr"})
    Mail.objects.update(status="expired", written_at=at)
    assert broken(at) == []
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=12))
    assert "12 minutes" in said(at, "worker")
