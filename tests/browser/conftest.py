"""A real Chromium for the tests: one for the session, a fresh context a test, nothing leaves this machine."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

# Playwright's loop runs in this thread: Django must be told that its ORM may be used beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
CHROMIUM = (
    os.environ.get("ESCALE_CHROMIUM")
    or shutil.which("chromium-headless-shell")
    or shutil.which("chromium")
    or "/usr/bin/chromium"
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def page(chromium, live_server, request):
    """A page at two widths; its console must stay silent."""
    context = chromium.new_context(viewport={"width": request.param, "height": 800}, base_url=live_server.url)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text) if _is_a_fault(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route(lambda url: "127.0.0.1" not in url and "localhost" not in url, lambda route: route.abort())
    yield page
    context.close()
    assert said == []


@pytest.fixture
def violations():
    """What axe finds on a page, as short lines."""

    def found(page):
        page.evaluate(AXE)
        result = page.evaluate("rules => axe.run(document, rules)", RULES)
        return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in result["violations"]]

    return found


def _is_a_fault(message):
    """The browser also reports our 409 and 422, which are answers, and the networks that tests cut."""
    cut = "net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED"
    return message.type == "error" and "status of 4" not in message.text and not message.text.endswith(cut)
