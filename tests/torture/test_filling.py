"""The site is killed under someone who types: each character is on the screen, then saved."""

import json
import os
import subprocess
import sys
import uuid

import psycopg

from tests.torture import arena


def test_each_character_typed_is_on_the_screen_while_the_site_is_dead_then_saved(tmp_path):
    name, url, server = (
        f"fill_{uuid.uuid4().hex[:8]}",
        f"sqlite:///{tmp_path}/escale.db",
        os.environ["ESCALE_DATABASE_URL"],
    )
    if server.startswith("postgresql"):
        with psycopg.connect(server, autocommit=True) as door:
            door.execute(f"CREATE DATABASE {name}")
        url = arena.other_database(server, name)
    around = arena.environment(tmp_path, url) | {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    around |= {one: os.environ[one] for one in ("ESCALE_CHROMIUM",) if one in os.environ}
    command = [sys.executable, "-m", "tests.torture", "filling"]
    done = subprocess.run(command, cwd=arena.ROOT, env=around, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["saved"] == told["shown_again"] == told["typed"]
    assert [text for text, _said in told["screens"]] == ["La grange aux trois chemins, ", told["typed"]]
    assert all("Connexion perdue" in said for _text, said in told["screens"])
    if server.startswith("postgresql"):
        with psycopg.connect(server, autocommit=True) as door:
            door.execute(f"DROP DATABASE {name} WITH (FORCE)")
