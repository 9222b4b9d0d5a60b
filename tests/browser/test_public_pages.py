"""Public pages in a real browser: no violation, no sideways scroll, the keyboard, the answer."""

from pathlib import Path

import pytest

from escale.capabilities.calls.schemes import actions
from escale.foundation.questionnaires import marked
from escale.foundation.territory import loading
from escale.rules.scheme import trial

# The live server's threads leave their SQLite connections to the collector.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SCHEME = Path(trial.__file__).parents[2] / "demo" / "schemes" / "nouvelle-aquitaine.yaml"
PAGES = [
    "/",
    "/appels/",
    "/appels/ami-tiers-lieux/",
    "/appels/ami-tiers-lieux/eligibilite/",
    "/appels/ami-tiers-lieux/simulateur/",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/contact/",
    "/connexion/",
]


@pytest.fixture
def call(at):
    loading.load_default(at=at)
    document, problems = actions.read(marked.read_file(SCHEME).tree)
    assert problems == []
    return actions.publish(document, by=None, at=at)[0]


def test_every_page_is_accessible_and_fits(call, page, violations):
    wrong = []
    for path in PAGES:
        page.goto(path)
        wrong += [f"{path} {line}" for line in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wrong.append(f"{path} scrolls sideways")
    assert wrong == []


def test_the_first_tab_skips_to_the_content(call, page):
    page.goto("/appels/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_the_simulator_answers_with_a_receipt(call, page, violations):
    page.goto("/appels/ami-tiers-lieux/simulateur/")
    page.select_option("[name='applicant.legal_form']", "association")
    page.fill("[name='applicant.commune']", "Honfleur")
    page.check("[name='project_type'][value='network']")
    page.fill("[name='ht.equipment']", "12 500,50")
    page.click("main button[type='submit']")
    assert "6\u202f250,25" in page.inner_text(".receipt__line--total")
    assert violations(page) == []


def test_what_was_typed_stays_when_something_is_missing(call, page):
    page.goto("/appels/ami-tiers-lieux/simulateur/?applicant.legal_form=association&ht.equipment=1.234")
    assert page.input_value("[name='ht.equipment']") == "1.234"
    assert "deux façons" in page.inner_text("#main")
