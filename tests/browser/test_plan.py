"""The plan and the partners in a real browser: live totals and aid, no violation, nothing sideways on a phone."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from escale.capabilities.calls.dossiers.actions import drafts, partners
from escale.foundation.clock import reading
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change
from escale.foundation.territory import loading
from tests import build
from tests.capabilities.calls.dossiers.filling import World
from tests.capabilities.calls.dossiers.test_partners import TOGETHER
from tests.capabilities.calls.dossiers.test_plan import LIMITED

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
DOCUMENT = LIMITED | {"partners": TOGETHER["partners"]}
LINES = {
    "expenses.category": "works", "expenses.label": "Toiture", "expenses.ht": "10 000", "funding.source": "own",
    "funding.amount": "4 000",
}  # fmt: skip


@pytest.fixture
def world(at, settings):
    loading.load_default(at=at)
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    world = World(at, DOCUMENT)
    changes = [Change(Place(code, "r1"), text, base=0) for code, text in LINES.items()]
    drafts.save(world.dossier, changes, by=world.mayor, at=at)
    return world


def enter(page, person, live_server):
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_gap_and_the_aid_follow_what_is_typed(page, world, live_server, violations):
    enter(page, world.mayor, live_server)
    page.goto(f"{world.address}le-budget/")
    assert violations(page) == [] and fits(page)
    expect(page.locator(".plan__balance")).to_contain_text("Il manque")
    page.locator("[name='funding.r1.amount']").fill("10 000")
    page.keyboard.press("Tab")
    expect(page.locator(".plan__balance")).to_contain_text("Le plan est équilibré")
    expect(page.locator(".receipt__line--total")).to_contain_text("5\u202f000,00")
    page.locator("[name='expenses.r1.vat']").fill("deux mille")
    page.keyboard.press("Tab")
    expect(page.locator("[id='field-expenses.r1.vat']")).to_contain_text("n’est pas un montant")
    page.context.set_offline(True)
    page.get_by_role("button", name="Ajouter une dépense").click()
    expect(page.locator(".saved")).to_contain_text("Connexion perdue")
    page.context.set_offline(False)
    page.get_by_role("button", name="Ajouter une dépense").click()
    expect(page.locator(".plan__half").first.locator("tbody tr")).to_have_count(2)
    expect(page.locator("[name='expenses.r1.vat']")).to_have_value("deux mille")


def test_a_partner_is_invited_and_answers_with_the_keyboard(page, world, live_server, violations, at):
    ali = build.person(at, email="ali@exemple.fr", name="Ali Menuisier")
    named = {"name": "Les Ateliers", "legal_form": "association", "share": "40", "email": ali.email, "role": "Le bois"}
    drafts.save(
        world.dossier, [Change(Place(f"partners.{code}", "b"), text, base=0) for code, text in named.items()],
        by=world.mayor, at=at,
    )  # fmt: skip
    enter(page, world.mayor, live_server)
    page.goto(f"{world.address}les-partenaires/")
    assert violations(page) == [] and fits(page)
    page.get_by_role("button", name="Enregistrer et inviter").click()
    expect(page.locator("#partner-b")).to_contain_text("n’a pas encore répondu")
    enter(page, ali, live_server)
    page.goto(f"/partenariats/{world.dossier.number}-P1/")
    assert violations(page) == [] and fits(page)
    page.get_by_label("En qualité de").fill("président")
    page.get_by_label("Je confirme").check()
    page.get_by_role("button", name="Confirmer le partenariat").press("Enter")
    expect(page.locator("main")).to_have_attribute("data-state", "confirmed")
    assert partners.Partnership.objects.get().state == "confirmed"
