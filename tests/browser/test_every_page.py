"""Every page of ``escale routes`` in a real browser as each kind of person: axe, width, titles, both themes, keyboard."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error as PlaywrightError

from tests.browser import walking

AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], "resultTypes": ["violations"]}
ANSWERS = ["403", "404", "405", "409", "410", "413", "429", "500"]
LINKS = """[...document.querySelectorAll('a[href]')].map(a => new URL(a.href))
.filter(u => u.origin === location.origin).map(u => u.pathname + u.search)"""
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
#: Elements whose text is cut or runs out of the window.
LOST = """[...document.querySelectorAll('main a, main button, main input, main select, main textarea')]
.filter(e => e.offsetParent && (e.getBoundingClientRect().right > innerWidth + 1) && !e.closest('[tabindex="0"]'))
.map(e => e.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    process, url, people = walking.serve(tmp_path_factory.mktemp("walked"))
    yield url, people
    process.terminate()
    process.wait(10)


def found(page, *, but=()):
    page.evaluate(AXE)
    rules = {**RULES, "rules": {name: {"enabled": False} for name in but}}
    result = page.evaluate("rules => axe.run(document, rules)", rules)
    return [f"{one['id']}: {one['nodes'][0]['html'][:140]}" for one in result["violations"]]


def opened(chromium, demo, width, **options):
    context = chromium.new_context(viewport={"width": width, "height": 800}, base_url=demo[0], **options)
    page = context.new_page()
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    return context, page


def signed_in(page, key):
    page.goto(f"/demo/{key}/")
    page.click("#sign-in button")


def entering(page):
    """Opens an address in ``page``: what came of it, for a walk. What says no to a link that the site gave fails."""

    def enter(address):
        try:
            answer = page.goto(address)
        except PlaywrightError as error:
            assert "Download is starting" in str(error), error
            return walking.Opened(address, "", [], page=False)
        assert answer is None or answer.status < 500, f"{address}: {answer.status}"
        if answer is None or answer.status >= 400:
            return None
        path = urlsplit(page.url).path
        if "text/html" not in answer.headers.get("content-type", ""):
            return walking.Opened(path, "", [], page=False)
        state = page.evaluate("document.querySelector('main')?.dataset.state || ''")
        return walking.Opened(path, state, page.evaluate(LINKS))

    return enter


@pytest.mark.skipif("ESCALE_TORTURE" not in os.environ, reason="a quarter of an hour of axe: part of `make torture`")
@pytest.mark.parametrize("width", [1280, 360], ids=["desktop", "phone"])
def test_every_page_as_each_person(chromium, demo, width):
    wrong, visited, examined, public = [], set(), set(), walking.public()

    def looking(page, who):
        def look(name, state, address):
            # On a phone, and for what is the same for all, axe looks once, as whoever comes first.
            once = (name, state) if width < 1000 or name in public else (name, state, who)
            if once not in examined:
                examined.add(once)
                wrong.extend(f"{who} {address} {line}" for line in found(page))
            if not page.evaluate(FITS):
                wrong.append(f"{who} {address} scrolls sideways: {page.evaluate(LOST)[:3]}")
            titles = page.locator("h1").count()
            if not page.title().split("·")[0].strip() or (titles != 1 and "/galerie/" not in address):
                wrong.append(f"{who} {address} title {page.title()!r}, {titles} h1")

        return look

    for who in ["", *(person["key"] for person in demo[1])]:
        context, page = opened(chromium, demo, width)
        said = []
        page.on(
            "console",
            lambda m, said=said: said.append(m.text) if m.type == "error" and "status of" not in m.text else None,
        )
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        if who:
            signed_in(page, who)
        known = () if who in ("", "applicant", "officer") else public
        walk = walking.Walk(entering(page), walking.SEEDS, looking(page, who or "nobody"), known)
        visited |= walk.go()
        wrong += [f"{who} is led to {address}, which says no" for address in walk.refused]
        wrong += [f"{who} console: {line}" for line in said]
        context.close()
    assert not wrong, "\n".join(wrong)
    assert walking.missed(visited) == []


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["dark", "forced"])
def test_other_colours(chromium, demo, options):
    wrong = []
    # With forced colours the machine chooses them: what axe computes there is nobody's contrast.
    but = ("color-contrast",) if "forced_colors" in options else ()
    context, page = opened(chromium, demo, 1280, **options)
    for address in [
        "/",
        "/galerie/",
        "/galerie/?density=desk",
        "/appels/",
        "/connexion/",
        *(f"/galerie/?answer={n}" for n in ANSWERS),
    ]:
        page.goto(address)
        wrong += [f"{address} {line}" for line in found(page, but=but)]
        # A shape that only a fill draws is lost when colours are forced: buttons and fields have their border.
        if page.locator("main .button").count():
            assert page.evaluate("getComputedStyle(document.querySelector('main .button')).borderTopStyle") != "none"
    context.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", [1280, 360], ids=["desktop", "phone"])
def test_answers_that_say_no(chromium, demo, width):
    context, page = opened(chromium, demo, width)
    for status in ANSWERS:
        answer = page.goto(f"/galerie/?answer={status}")
        assert answer.status == int(status)
        assert found(page) == []
        assert page.evaluate(FITS)
        assert page.locator("[role=alert][data-code]").inner_text()
    assert answer.headers["x-request-id"] in page.inner_text("main")
    context.close()


STOP = """() => { const e = document.activeElement, b = e.getBoundingClientRect(), s = getComputedStyle(e);
return {what: e.outerHTML.slice(0, 80), top: b.top + scrollY, shown: b.width > 0 && b.height > 0,
ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, body: e === document.body}; }"""


@pytest.mark.parametrize(("who", "address"), [("", "/"), ("", "/appels/"), ("", "/connexion/"), ("", "/galerie/"),
                                              ("applicant", "/dossiers/"), ("officer", "/schemes/")])  # fmt: skip
def test_the_keyboard_goes_everywhere_and_is_seen(chromium, demo, who, address):
    context, page = opened(chromium, demo, 1280)
    if who:
        signed_in(page, who)
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    stops = []
    for _press in range(400):
        stop = page.evaluate(STOP)
        if stop["body"]:
            break
        stops.append(stop)
        page.keyboard.press("Tab")
    reachable = page.evaluate(
        "[...document.querySelectorAll('a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, summary')]"
        ".filter(e => e.checkVisibility() && e.tabIndex >= 0 && !(e.type === 'radio' && !e.checked)).length"
    )
    assert len(stops) >= reachable
    unseen = [stop["what"] for stop in stops if not (stop["ring"] and stop["shown"])]
    assert not unseen, unseen
    context.close()


def test_paper_has_no_menu_and_keeps_the_text(chromium, demo):
    context, page = opened(chromium, demo, 800)
    page.goto("/appels/")
    page.emulate_media(media="print")
    hidden = ".head__menu, .head__side, .skip, .no-print, .foot ul, .search"
    assert page.evaluate(f"[...document.querySelectorAll('{hidden}')].filter(e => e.offsetParent).length") == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.head')).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.locator("main .row__title").first.is_visible()
    context.close()
