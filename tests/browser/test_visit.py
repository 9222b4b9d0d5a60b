"""The report of a visit on a telephone: the network goes, nothing is lost; with the keyboard; without a script."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from escale.capabilities.label.models import Visit
from escale.foundation.clock import reading
from escale.foundation.territory import loading
from tests.capabilities.label import cast as casting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def who(at, settings):
    loading.load_default(at=at)
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    found = casting.cast(at)
    found.visit = casting.planned(found)
    return found


def enter(page, person, live_server):
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])


def test_a_lost_network_loses_nothing(page, who, live_server, violations, tmp_path):
    enter(page, who.visitor, live_server)
    address = who.visit.get_absolute_url()
    page.goto(address)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("escale-visit[data-shelved]").wait_for()
    page.context.set_offline(True)
    page.fill('[name="B1.mark.welcome"]', "4")
    page.fill('[name="B1.note"]', "Café offert à tous")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("escale-visit [role=status]")).to_contain_text("Pas de réseau")
    page.reload()
    expect(page.locator('[name="B1.note"]')).to_have_value("Café offert à tous")
    picture = tmp_path / "vue.png"
    picture.write_bytes(page.screenshot())
    page.set_input_files('[name="picture"]', str(picture))
    page.fill('[name="caption"]', "L’entrée")
    page.get_by_role("button", name="Ajouter la photo").click()
    expect(page.locator("escale-photos li")).to_contain_text("L’entrée : gardée sur cet appareil")
    page.context.set_offline(False)
    expect(page.locator(".visit__photos img")).to_have_count(1)
    expect(page.locator('[name="B1.note"]')).to_have_value("Café offert à tous")
    assert Visit.objects.get().findings.get(code="B1").marks == {"welcome": 4}


def test_a_report_is_given_with_the_keyboard_alone(page, who, live_server):
    enter(page, who.visitor, live_server)
    page.goto(who.visit.get_absolute_url())
    page.locator('[name="B1.mark.welcome"]').focus()
    page.keyboard.type("5")
    page.locator('[name="B2.seen"]').first.focus()
    page.keyboard.press("Space")
    page.locator('[name="visited_on"]').fill("2026-03-13")
    page.locator('[name="opinion"]').first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Rendre le rapport").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main[data-state=reported]")).to_be_visible()
    assert Visit.objects.get().opinion == "favourable"
