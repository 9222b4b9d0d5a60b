"""A site of its own for a test that kills: its database, its processes, clients that speak plain HTTP."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60


def environment(folder, url):
    """The variables of a fresh installation under ``folder`` on the database ``url``."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("ESCALE_")},
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "escale.site.settings",
        "ESCALE_DATABASE_URL": url,
        "ESCALE_FILES_URL": f"file://{folder}/files",
        "ESCALE_EMAIL_URL": f"file://{folder}/mail",
        "ESCALE_STATIC_ROOT": f"{folder}/static",
        "ESCALE_SECRET_KEY": secrets.token_urlsafe(48),
    }


def other_database(url, name):
    """The address of another database of the same server."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc or "", path=f"/{name}")).replace(
        "postgresql:/" + name, "postgresql:///" + name
    )


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """``escale serve`` in a session of its own; ``kill_one`` ends one of its web processes as a fault would."""

    def __init__(self, workers, port=None):
        self.port = port or free_port()
        words = [sys.executable, "-m", "escale.site", "serve", "--port", str(self.port), "--workers", str(workers)]
        self.process = subprocess.Popen([*words, "--no-worker"], cwd=ROOT, start_new_session=True)

    def __enter__(self):
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.answers():
                return self
            time.sleep(0.05)
        raise RuntimeError("the site did not start")

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(20)

    def answers(self):
        """Whether the site says that it lives."""
        try:
            return Client(self.port, "").get("/healthz") == 200
        except OSError:
            return False

    def web_processes(self):
        """The processes that answer requests: grandchildren of ours, children of the server."""
        found, parents = [], {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text().rpartition(")")[2].split()
                parents[int(stat.parent.name)] = int(words[1])
            except (OSError, ValueError):
                continue
        for pid, parent in parents.items():
            if parents.get(parent) != self.process.pid:
                continue
            try:
                words = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            if b"resource_tracker" not in words:
                found.append(pid)
        return found

    def kill_one(self, rank):
        """Kills the process of this rank, whatever it is doing; False when there is none."""
        alive = sorted(self.web_processes())
        if not alive:
            return False
        try:
            os.kill(alive[rank % len(alive)], signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


class Client:
    """One browser: keeps its connection, its session, its token."""

    def __init__(self, port, session):
        self.port, self.session, self.token = port, session, secrets.token_hex(16)
        self.connection = None

    def get(self, path):
        """The status of a page."""
        return self._ask("GET", path, None)[0]

    def post(self, path, **fields):
        """Status and address that follows. Raises OSError or HTTPException when the line breaks."""
        return self._ask("POST", path, urlencode({**fields, "csrfmiddlewaretoken": self.token}))

    def _ask(self, method, path, body):
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode(errors="replace")
            if answer.will_close:
                self.hang_up()
            return answer.status, answer.headers.get("Location") or text
        except (OSError, http.client.HTTPException):
            self.hang_up()
            raise

    def hang_up(self):
        """Closes the line."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None
