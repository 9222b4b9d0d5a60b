"""What is due is done; what is broken is found and said."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from escale.foundation.documents import actions, storage
from escale.foundation.journal.models import Entry
from escale.foundation.post.models import Mail
from escale.site import health
from escale.site.cli import main
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.ESCALE_FILES_URL = f"file://{tmp_path}"


def broken(at):
    return [finding.name for finding in health.examine(at) if not finding.ok]


def test_a_sound_installation(at, capsys):
    build.organisation(at)
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] is True
    assert [check["name"] for check in told["checks"]] == [
        "database", "constraints", "settings", "journal", "files", "outbox", "worker",
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
