"""A backup holds all and is restored whole, into an empty installation only."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from escale.foundation.documents import actions, storage
from escale.foundation.journal.models import Entry
from escale.site import health
from escale.site.archive.manifest import tables
from escale.site.cli import main
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def installation(settings, tmp_path, at):
    """Someone's organisation, its journal, a file; its own folder of files."""
    settings.ESCALE_FILES_URL = f"file://{tmp_path}/files"
    build.organisation(at, name="Commune de L’Épine-à-l’Œuf")
    actions.store(SimpleUploadedFile("a.pdf", b"%PDF-1.4\nstartxref\n0\n%%EOF"), by=None, at=at)


def content():
    """Every row of every table that a backup holds."""
    return {m._meta.label: list(m._base_manager.order_by("pk").values_list()) for m in tables()}


def emptied():
    call_command("flush", interactive=False, verbosity=0)
    for sha256 in list(storage.kept()):
        storage.forget(sha256)


def test_all_comes_back_as_it_was(tmp_path, at, capsys):
    before, files = content(), list(storage.kept())
    assert main(["backup", str(tmp_path / "saved")]) == 0
    emptied()
    assert content() != before
    assert main(["restore", str(tmp_path / "saved")]) == 0
    assert content() == before
    assert list(storage.kept()) == files
    assert [finding.name for finding in health.examine(at, timezone.now()) if not finding.ok] == []
    # The numbers go on where they stood.
    build.organisation(at, name="Une autre")


def test_nothing_is_restored_over_something(tmp_path, capsys):
    assert main(["backup", str(tmp_path / "saved")]) == 0
    before = content()
    assert main(["restore", str(tmp_path / "saved"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["ok"], "n’est pas vide" in told["message"]) == (False, True)
    assert content() == before


def test_a_backup_that_changed_is_refused_and_changes_nothing(tmp_path, capsys):
    assert main(["backup", str(tmp_path / "saved")]) == 0
    emptied()
    before = content()
    kept = next((tmp_path / "saved" / "files").glob("??/??/*"))
    kept.write_bytes(b"else")
    assert main(["restore", str(tmp_path / "saved")]) == 2
    kept.unlink()
    assert main(["restore", str(tmp_path / "saved")]) == 2
    (tmp_path / "saved" / "manifest.json").unlink()
    assert main(["restore", str(tmp_path / "saved")]) == 2
    assert main(["restore", str(tmp_path / "nowhere")]) == 2
    assert content() == before


def test_a_lost_file_stops_the_backup_and_leaves_no_manifest(tmp_path, capsys):
    storage.place(next(storage.kept())).write_bytes(b"altered")
    assert main(["backup", str(tmp_path / "saved")]) == 2
    assert not (tmp_path / "saved" / "manifest.json").exists()
    assert main(["backup", str(tmp_path / "saved")]) == 2, "the folder is not new any more"


def test_a_copy_of_either_database_is_sound_on_sqlite(tmp_path, capsys):
    assert main(["backup", str(tmp_path / "saved")]) == 0
    there = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("ESCALE_", "DJANGO_"))},
        "PYTHONPATH": str(ROOT / "src"),
        "ESCALE_SECRET_KEY": "a-key-for-tests-only-long-enough-to-be-taken",
        "ESCALE_DATABASE_URL": f"sqlite:///{tmp_path}/there/escale.db",
        "ESCALE_FILES_URL": f"file://{tmp_path}/there/files",
        "ESCALE_STATIC_ROOT": f"{tmp_path}/there/static",
    }

    def run(*words):
        command = [sys.executable, "-m", "escale.site", *words]
        return subprocess.run(command, env=there, cwd=tmp_path, capture_output=True, text=True)

    # `migrate` loads the territory: such an installation is empty all the same.
    assert run("migrate").returncode == 0
    assert run("restore", str(tmp_path / "saved")).returncode == 0
    sound = run("doctor", "--json")
    assert (sound.returncode, json.loads(sound.stdout)["ok"]) == (0, True)
    assert Entry.objects.count() > 0
