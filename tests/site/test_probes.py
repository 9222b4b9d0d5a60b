"""Alive without a database, ready with one that is up to date."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def test_alive_asks_nothing_of_the_database(client):
    assert client.get("/healthz").json() == {"ok": True}


@pytest.mark.django_db
def test_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert [check["name"] for check in answer.json()["checks"]] == ["database", "settings"]


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client):
    MigrationRecorder(connection).migration_qs.filter(app="documents").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ok"] is False
