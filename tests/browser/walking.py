"""A served demonstration and whoever walks through it: used by the tests that look at every page."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from escale.site.commands import routes

ROOT = Path(__file__).resolve().parents[2]
#: Addresses that give a file, or act on a link that is used once.
NOT_PAGES = (".pdf", ".ics", ".csv", ".json", ".geojson", ".xlsx", ".zip", ".yaml", ".eml", ".txt", ".odt", ".svg")
BRING = """import django; django.setup()
from escale.foundation.clock.reading import now
from tests.browser import situations
situations.bring(now())"""
SEEDS = ["/", "/galerie/", "/appels/", "/dossiers/", "/compte/", "/compte/appareils/", "/connexion/", "/connexion/code/",
         "/connexion/mot-de-passe/", "/schemes/", "/schemes/create"]  # fmt: skip
#: A page that only a mail, or a form sent, leads to, or a picture within a page: its own tests open it.
ELSEWHERE = {"sign-in-link", "new-email", "demo-door", "sign-in-code", "question-confirm", "subscription-confirm",
             "subscription-unsubscribe", "scheme-shared", "opinion", "opinion-piece", "desk-bulk", "visit-photo"}  # fmt: skip
#: Of the pages from which a thing's own pages are reached, so many are opened as each person: one of each state, or
#: of each kind, has links that the others lack. Of any other address, one.
MANY = {
    "dossier": 20,
    "instruct": 12,
    "scheme": 12,
    "call": 12,
    "scheme-questions": 12,
    "scheme-edit": 20,
    "dossier-section": 8,
    "correction": 3,
    "scenario": 3,
    "dossier-messages": 12,
    "letter": 8,
    "sitting": 3,
    "vote": 4,
    "visit": 3,
    "label": 6,
    "label-diagnosis": 6,
    "sitting-ranking": 3,
}


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
    there["DJANGO_SETTINGS_MODULE"] = "escale.site.settings"
    there["PYTHONPATH"] += f":{ROOT}"
    subprocess.run([sys.executable, "-c", BRING], env=there, cwd=folder, check=True)
    run("tick")
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


@dataclass(frozen=True)
class Opened:
    """What came of an address: where it landed, the state of the thing shown there, the links it gives, or a file."""

    path: str
    state: str
    links: list[str]
    page: bool = True


class Walk:
    """Follows the links of the site as one person and looks once at each address of ours in each state of its thing.

    ``enter`` opens an address: an ``Opened``, or None when it says no; ``refused`` keeps the links that did, which the
    site should not have shown. ``look`` receives the name of the address, the thing's state and the address. The
    addresses named in ``known`` are opened only when they are seeds.
    """

    def __init__(self, enter, seeds, look, known=()):
        self.enter, self.look, self.known = enter, look, frozenset(known)
        self.waiting, self.opened, self.times = list(seeds), set(), Counter()
        self.names, self.seen, self.refused, self.seeds = set(), set(), [], frozenset(seeds)

    def go(self):
        """The names of the addresses reached."""
        while self.waiting:
            address = self.waiting.pop(0)
            name = name_of(urlsplit(address).path)
            if not name or address in self.opened or self.times[name] >= MANY.get(name, 1):
                continue
            if name in self.known and address not in self.seeds:
                continue
            self.opened.add(address)
            found = self.enter(address)
            if found is None:
                self.refused += [] if address in self.seeds else [address]
                continue
            self.times[name] += 1
            landed = name_of(found.path)
            self.names |= {name, landed}
            if found.page and (landed, found.state) not in self.seen:
                self.seen.add((landed, found.state))
                self.look(landed, found.state, address)
            self.waiting += found.links
        return self.names


def public():
    """The names of the addresses that are the same for all, but for their menu."""
    return {one["name"] for one in routes.routes() if one["who"] == "public"}


def missed(names):
    """The pages of ``escale routes`` that none of these names is, but those that no link leads to."""
    pages = {one["name"]: one["path"] for one in routes.routes() if "GET" in one["method"] and one["kind"] != "api"}
    known = names | ELSEWHERE
    return sorted(path for name, path in pages.items() if name not in known and not path.endswith(NOT_PAGES))
