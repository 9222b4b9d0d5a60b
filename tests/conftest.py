"""What every test may ask for."""

import hashlib
import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import translation
from pytest_django import fixtures
from pytest_django.plugin import blocking_manager_key

from escale.foundation.places.models import SchoolHoliday
from escale.foundation.territory import loading
from escale.foundation.territory.models import Commune
from escale.rules import words

SRC = Path(__file__).resolve().parents[1] / "src"
#: The plugin's own making of the tests' database, asked for only when there is no prepared one.
django_db_made = fixtures.django_db_setup


@pytest.fixture(scope="session")
def at():
    """The instant at which tests live: a Tuesday morning in Caen."""
    return datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, at):
    """Every installation has its territory: the tests' database too. On SQLite it is made once and copied."""
    kept = _kept_database()
    if kept is not None and kept.is_file():
        with django_db_blocker.unblock():
            _copied_from(kept)
        return
    request.getfixturevalue("django_db_made")
    with django_db_blocker.unblock():
        loading.load_default(at=at)
        if kept is not None:
            _keep(kept)


@pytest.fixture(autouse=True)
def in_french():
    """Each test begins in French, whatever language a page or a command of the last one spoke."""
    translation.activate("fr")
    words.speak(str)
    yield
    translation.activate("fr")
    words.speak(str)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test with transactions of its own empties the tables: the next ones find what ships with the software."""
    yield
    marker = item.get_closest_marker("django_db")
    whole = (marker is not None and marker.kwargs.get("transaction")) or "transactional_db" in item.fixturenames
    if nextitem is None or (not whole and "live_server" not in item.fixturenames):
        return  # after the last test there is no database any more
    with item.config.stash[blocking_manager_key].unblock():
        if not Commune.objects.exists():
            loading.load_default(at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC))
        if not SchoolHoliday.objects.exists():
            import_module("escale.foundation.places.migrations.0002_school_calendar").load(apps, None)


def _kept_database():
    """The file that holds a prepared SQLite database of exactly this code; None on another database."""
    if connection.vendor != "sqlite":
        return None
    told = hashlib.sha256(f"{django.__version__} {sys.version} {settings.INSTALLED_APPS}".encode())
    for path in sorted([*SRC.rglob("migrations/*.py"), *SRC.rglob("territory/*.py"), *SRC.rglob("data/*")]):
        told.update(path.relative_to(SRC).as_posix().encode() + path.read_bytes())
    return Path(tempfile.gettempdir()) / f"escale-tests-{told.hexdigest()[:24]}.db"


def _copied_from(kept):
    """The tests' database in memory, filled from the file."""
    name = connection.creation._get_test_db_name()
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{kept}?mode=ro", uri=True)) as source:
        source.backup(connection.connection)


def _keep(kept):
    """Writes the database beside, then renames it: another run never reads half a file."""
    connection.ensure_connection()
    draft = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(draft)) as target:
        connection.connection.backup(target)
    draft.replace(kept)
