"""``python -m tests.torture filling``: someone types in a real browser while the site is killed under them.

Tells as JSON what was typed, what the screen showed when the site was down, what the database holds in the end.
"""

import json
import os
import signal
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

from django.test import Client as Browser
from django.utils import timezone
from playwright.sync_api import expect, sync_playwright

from escale.foundation.questionnaires.models import Answer
from escale.foundation.territory import loading
from escale.site.commands import migrate
from tests.browser.conftest import CHROMIUM, QUIET
from tests.capabilities.calls.dossiers import stage
from tests.torture.arena import Site, free_port

TITLE, WORDS = "#id_project_title", ["La grange ", "aux trois ", "chemins, ", "avec ses ", "ateliers ", "d’été"]


class Killable:
    """A site on one port that can be killed whole, server and web processes, and begun again."""

    def __init__(self):
        self.port, self.site = free_port(), None
        self.begin()

    def begin(self):
        self.site = Site(workers=1, port=self.port)
        self.site.__enter__()

    def kill(self):
        """As a power cut would: nothing of it, server and web processes, gets a chance to end well."""
        for pid in [self.site.process.pid, *_below(self.site.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.site.process.wait(20)


def _below(pid):
    """All the processes that a process started, and theirs."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def main():
    """Types a title word by word; the whole site is killed twice in the middle, then begun again."""
    at = timezone.now()
    migrate.prepare()
    loading.load_default(at=at)
    world = stage.stage(at, calendar={"kind": "permanent"})
    dossier = stage.draft(world, at)
    browser = Browser()
    browser.force_login(world.people["mayor"])
    site = Killable()
    told = {"typed": "".join(WORDS), "screens": []}
    try:
        with _page(site.port, browser.cookies["sessionid"].value) as page:
            page.goto(f"/dossiers/{dossier.number}/le-projet/")
            page.focus(TITLE)
            for rank, word in enumerate(WORDS):
                if rank in (1, 4):
                    site.kill()
                page.keyboard.type(word, delay=15)
                if rank in (2, 5):
                    told["screens"].append(_while_down(page))
                    site.begin()
                    expect(page.locator(".saved")).to_contain_text("Enregistré à", timeout=60_000)
                    page.focus(TITLE)
                    page.keyboard.press("End")
            page.keyboard.press("Tab")
            expect(page.locator(".saved")).to_contain_text("Enregistré à", timeout=60_000)
            told["saved"] = Answer.objects.get(sheet=dossier.sheet, code="project_title").typed
            page.reload()
            told["shown_again"] = page.input_value(TITLE)
    finally:
        site.kill()
    sys.stdout.write(json.dumps(told) + "\n")


def _while_down(page):
    """What stands on the screen, and the sentence beside it, once the browser noticed."""
    page.keyboard.press("Tab")
    expect(page.locator(".saved")).to_contain_text("Connexion perdue", timeout=30_000)
    return [page.input_value(TITLE), page.locator(".saved").inner_text()]


@contextmanager
def _page(port, session):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = chromium.new_context(base_url=f"http://127.0.0.1:{port}")
        context.add_cookies([{"name": "sessionid", "value": session, "url": f"http://127.0.0.1:{port}"}])
        yield context.new_page()
        chromium.close()
