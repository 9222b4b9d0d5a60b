"""A whole form is filled, signed and filed with the keyboard alone: no mouse, no focus but what Tab brings."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Receipt
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.territory import loading
from tests import build
from tests.capabilities.calls.dossiers.stage import PDF
from tests.journeys.scheme import DOCUMENT

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

SAVE = "main form button.button--main"


@pytest.fixture
def dossier(at, settings, tmp_path):
    loading.load_default(at=at)
    settings.ESCALE_DEMO, settings.ESCALE_FILES_URL = True, f"file://{tmp_path}/files"
    reading.move_to(at)
    build.service()
    document, problems = schemes.read(DOCUMENT)
    assert problems == []
    scheme = schemes.publish(document, by=None, at=at)[0]
    mayor = build.person(at, name="Odile Marais")
    return drafts.create(scheme, build.organisation(at, by=mayor), by=mayor, at=at)


def reach(page, selector, most=150):
    """Presses Tab until what ``selector`` names has the focus: what cannot be reached so is lost to a keyboard."""
    for _press in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {selector}")


def write(page, selector, text):
    reach(page, selector)
    page.keyboard.type(text)


def press(page, selector, key="Enter"):
    reach(page, selector)
    page.keyboard.press(key)


def go(page, selector):
    """Presses what leads to another page, and waits for it."""
    with page.expect_navigation():
        press(page, selector)


def opened(page, title):
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


@pytest.mark.parametrize("page", [1280, 360], indirect=True, ids=["desktop", "phone"])
def test_a_form_is_filled_and_filed_by_keyboard_alone(page, dossier, live_server, tmp_path):
    client = Client()
    client.force_login(dossier.created_by)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    page.goto(f"{dossier.get_absolute_url()}le-projet/")
    write(page, "[name=project_title]", "La grange au clavier")
    choose(page, "project_type", "creation")
    go(page, SAVE)
    opened(page, "Le lieu")
    choose(page, "has_owner", "no")
    write(page, "[name=start_on]", "1er mai 2026")
    add(page, "desks", {"room": "Salle haute"})
    go(page, SAVE)
    opened(page, "Le plan de financement")
    add(page, "expenses", {"category": "works", "label": "Toiture", "ht": "10 000,00"})
    add(page, "funding", {"source": "own", "amount": "10 000"})
    go(page, SAVE)
    paper = tmp_path / "délibération.pdf"
    paper.write_bytes(PDF)
    page.goto(f"{dossier.get_absolute_url()}les-pieces/")
    with page.expect_file_chooser() as chosen:
        press(page, "#piece-deliberation")
    chosen.value.set_files(paper)
    expect(page.get_by_role("link", name="délibération.pdf")).to_be_visible()
    page.goto(f"{dossier.get_absolute_url()}depot/")
    write(page, "[name=quality]", "maire")
    press(page, "[name=honour]", "Space")
    go(page, SAVE)
    expect(page).to_have_url(re.compile("/recu$"))
    filed = lists.whole().get(pk=dossier.pk)
    assert (filed.state, filed.title) == ("submitted", "La grange au clavier")
    assert Receipt.objects.get().version.dossier_id == filed.pk


def choose(page, name, code):
    """Chooses an option as a keyboard does: letters in a list, arrows among buttons."""
    reach(page, f"[name={name}]")
    if page.evaluate("document.activeElement.tagName") == "SELECT":
        label = page.locator(f"[name={name}] option[value={code}]").inner_text()
        page.keyboard.type(label[:6])
        return
    for _press in range(4):
        page.keyboard.press("Space")
        if page.evaluate("document.activeElement.value") == code:
            return
        page.keyboard.press("ArrowDown")


def add(page, block, answers):
    """Adds a row to a block and fills it."""
    press(page, f"button[name=add][value={block}]")
    expect(page.locator(f"[name^='{block}.']").first).to_be_visible()
    for code, text in answers.items():
        selector = f"[name^='{block}.'][name$='.{code}']"
        reach(page, selector)
        if page.evaluate("document.activeElement.tagName") == "SELECT":
            label = page.locator(f"{selector} option[value={text}]").first.inner_text()
            page.keyboard.type(label[:6])
        else:
            page.keyboard.type(text)


@pytest.mark.parametrize("page", [1280], indirect=True, ids=["desktop"])
def test_enter_in_an_answer_saves_and_goes_on_it_adds_no_row(page, dossier, live_server):
    client = Client()
    client.force_login(dossier.created_by)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    page.goto(f"{dossier.get_absolute_url()}place/")
    write(page, "[name=start_on]", "1er mai 2026")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    opened(page, "Le plan de financement")
    assert not dossier.sheet.rows.exists()
    assert dossier.sheet.answers.get(code="start_on").typed == "1er mai 2026"
