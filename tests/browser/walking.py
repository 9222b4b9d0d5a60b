"""A served demonstration and whoever walks through it: used by the tests that look at every page."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error as PlaywrightError

ROOT = Path(__file__).resolve().parents[2]
#: Addresses that give a file, or act on a link that is used once.
NOT_PAGES = (".pdf", ".ics", ".csv", ".json", ".geojson", ".xlsx", ".zip", ".yaml", ".eml", ".txt", ".odt", ".svg")
#: Of each address as each person, so many things are opened.
EACH = 1


def environment(folder):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ESCALE_", "DJANGO_"))}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return port, {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "ESCALE_DEMO": "1",
        "ESCALE_SECRET_KEY": "a-key-for-tests-only-long-enough-to-be-taken",
        "ESCALE_DATABASE_URL": f"sqlite:///{folder}/escale.db",
        "ESCALE_FILES_URL": f"file://{folder}/files",
        "ESCALE_EMAIL_URL": f"file://{folder}/mail",
        "ESCALE_STATIC_ROOT": f"{folder}/static",
        "ESCALE_BASE_URL": f"http://127.0.0.1:{port}",
    }


def serve(folder):
    """Builds the demonstration, serves it; gives the process, its address, and its people."""
    port, there = environment(folder)

    def run(*words):
        command = [sys.executable, "-m", "escale.site", *words]
        return subprocess.run(command, env=there, cwd=folder, check=True, capture_output=True, text=True).stdout

    run("migrate")
    run("demo", "build")
    people = json.loads(run("demo", "people", "--json"))["people"]
    command = [sys.executable, "-m", "escale.site", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=there, cwd=folder)
    url, end = f"http://127.0.0.1:{port}", time.monotonic() + 30
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()
            return process, url, people
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    process.terminate()
    raise AssertionError("the demonstration does not answer")


def name_of(path):
    """The name of the address that answers ``path``; empty when it is none of ours or no page."""
    if path.endswith(NOT_PAGES) or path.startswith(("/static/", "/langue/")):
        return ""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


class Walk:
    """Follows the links of the site as one person, each address of ours once, and looks at each page but ``known``."""

    def __init__(self, page, seeds, look, known=()):
        self.page, self.look, self.known = page, look, known
        self.waiting, self.seen, self.opened = list(seeds), {}, set()

    def go(self):
        while self.waiting:
            address = self.waiting.pop(0)
            name = name_of(urlsplit(address).path)
            if not name or address in self.opened or self.seen.get(name, 0) >= EACH:
                continue
            self.opened.add(address)
            try:
                answer = self.page.goto(address)
            except PlaywrightError as error:
                assert "Download is starting" in str(error), error
                self.seen[name] = EACH  # a file, not a page
                continue
            if answer is None or answer.status >= 400 or "text/html" not in answer.headers.get("content-type", ""):
                assert answer is None or answer.status < 500, f"{address}: {answer.status}"
                continue
            landed = name_of(urlsplit(self.page.url).path)
            if landed != name and self.seen.get(landed, 0) >= EACH:
                continue
            self.seen[landed] = self.seen.get(landed, 0) + 1
            if landed not in self.known:
                self.look(self.page, address)
            self.waiting += self.page.evaluate(
                "[...document.querySelectorAll('a[href]')].map(a => new URL(a.href))"
                ".filter(u => u.origin === location.origin).map(u => u.pathname + u.search)"
            )
        return set(self.seen)
