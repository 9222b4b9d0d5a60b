"""The real ``escale serve``: workers, the worker for tasks, static files, probes; and nothing left behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """The environment of a fresh installation on SQLite."""
    folder = tmp_path_factory.mktemp("served")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ESCALE_", "DJANGO_"))}
    there = {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "ESCALE_SECRET_KEY": "a-key-for-tests-only-long-enough-to-be-taken",
        "ESCALE_DATABASE_URL": f"sqlite:///{folder}/escale.db",
        "ESCALE_FILES_URL": f"file://{folder}/files",
        "ESCALE_EMAIL_URL": f"file://{folder}/mail",
        "ESCALE_STATIC_ROOT": f"{folder}/static",
        "HOME": str(folder),
    }
    assert escale(there, "migrate").returncode == 0
    return there


def escale(there, *words):
    command = [sys.executable, "-m", "escale.site", *words]
    return subprocess.run(command, env=there, cwd=there["HOME"], capture_output=True, text=True)


def answer(url, data=None, headers=None):
    request = urllib.request.Request(url, data=data, headers=headers or {})
    with urllib.request.urlopen(request, timeout=10) as said:
        return said.status, said.headers, said.read()


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    return condition()


def alive(port):
    try:
        return answer(f"http://127.0.0.1:{port}/healthz")[0] == 200
    except OSError:
        return False


def below(pid):
    """The processes that descend from ``pid``."""
    lines = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout.split("\n")
    parents = {int(line.split()[0]): int(line.split()[1]) for line in lines if line.strip()}
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def running(pids):
    return [pid for pid in pids if Path(f"/proc/{pid}/cmdline").is_file() and Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.fixture
def served(there):
    port = free_port()
    command = [sys.executable, "-m", "escale.site", "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, env=there, cwd=there["HOME"])
    try:
        assert until(lambda: alive(port))
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def test_pages_static_files_probes_mails(there, served):
    _process, url = served
    status, _headers, body = answer(f"{url}/readyz")
    assert (status, json.loads(body)["ok"]) == (200, True)
    status, headers, page = answer(f"{url}/connexion/")
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    sheet = re.search(rb'href="(/static/ui/escale\.[0-9a-f]+\.css)"', page)[1].decode()
    _status, headers, _body = answer(url + sheet, headers={"Accept-Encoding": "br"})
    assert (headers["Content-Encoding"], "immutable" in headers["Cache-Control"]) == ("br", True)
    _status, headers, fresh = answer(f"{url}/connexion/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', fresh)[1].decode()
    cookie = re.search(r"csrftoken=\w+", headers["Set-Cookie"])[0]
    form = f"csrfmiddlewaretoken={token}&email=a%40exemple.fr".encode()
    assert answer(f"{url}/connexion/send-code", data=form, headers={"Cookie": cookie})[0] == 200
    # Nobody ticks by hand: the worker sends the mail.
    assert until(lambda: list((Path(there["HOME"]) / "mail").glob("*.eml")))
    assert "travailleur répond" in until(lambda: escale(there, "doctor").stdout)


def test_a_port_that_is_taken_is_said_and_starts_nothing(there, served):
    _process, url = served
    refused = escale(there, "serve", "--port", url.rsplit(":", 1)[1])
    assert (refused.returncode, "déjà pris" in refused.stderr) == (3, True)


def test_killed_with_its_server_it_leaves_nobody_on_its_port(there, served):
    process, url = served
    children = until(lambda: len(below(process.pid)) >= 4 and below(process.pid))
    direct = [pid for pid in children if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()][:1]
    assert direct, "the server of the web processes"
    for pid in [process.pid, *direct]:
        os.kill(pid, signal.SIGKILL)
    process.wait(5)
    assert until(lambda: not running(children)), running(children)
    assert not alive(int(url.rsplit(":", 1)[1]))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_behind(there, served, number):
    process, _url = served
    children = until(lambda: len(below(process.pid)) >= 4 and below(process.pid))
    assert len(children) >= 4, "granian, two workers, the worker for tasks"
    process.send_signal(number)
    assert process.wait(5) == 0
    assert running(children) == []
    assert "Aucun travailleur" in escale(there, "doctor").stdout
