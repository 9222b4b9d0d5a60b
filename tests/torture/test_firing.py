"""Web processes die while clients file; the last second is crowded: nothing acknowledged is lost, nothing is half filed."""

import json
import os
import subprocess
import sys
import uuid

import psycopg
import pytest

from tests.torture import arena

LONG = os.environ.get("ESCALE_TORTURE") == "1"
DOSSIERS, CLIENTS, FILERS = (1000, 16, 50) if LONG else (60, 16, 20)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Fires at an installation of its own, on the same kind of database as the other tests."""
    folder, name = tmp_path_factory.mktemp("fire"), f"fire_{uuid.uuid4().hex[:8]}"
    url, server = f"sqlite:///{folder}/escale.db", os.environ["ESCALE_DATABASE_URL"]
    if server.startswith("postgresql"):
        with psycopg.connect(server, autocommit=True) as door:
            door.execute(f"CREATE DATABASE {name}")
        url = arena.other_database(server, name)
    words = ["--dossiers", DOSSIERS, "--clients", CLIENTS, "--every", 3.0, "--last-second", FILERS]
    command = [sys.executable, "-m", "tests.torture", *map(str, words)]
    around = arena.environment(folder, url)
    done = subprocess.run(command, cwd=arena.ROOT, env=around, capture_output=True, text=True, timeout=3000)
    assert done.returncode == 0, done.stderr[-4000:]
    yield json.loads(done.stdout.splitlines()[-1])
    if server.startswith("postgresql"):
        with psycopg.connect(server, autocommit=True) as door:
            door.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_every_acknowledged_dossier_is_whole_though_processes_are_killed(told):
    fire = told["fire"]
    assert (fire["failed"], fire["refused"], told["problems"]) == ([], [], [])
    assert fire["kills"] >= 1 and fire["broken_lines"] >= 1
    assert sorted(fire["acknowledged"]) == fire["filed"] and len(fire["filed"]) == DOSSIERS
    assert [fire[name] for name in ("versions", "receipts", "lines", "mails")] == [DOSSIERS] * 4


def test_the_last_second_is_in_time_for_all_who_sent_in_it(told):
    last = told["last"]
    assert [status for _number, status, _where in last["before"]] == [303] * FILERS
    assert [(status, where) for _number, status, where in last["after"]] == [(409, "late")] * FILERS
    assert last["filed"] == sorted(number for number, _status, _where in last["before"])
    assert last["latest"] <= last["closes"]
    assert [last[name] for name in ("versions", "receipts", "lines", "mails")] == [FILERS] * 4
