"""The desk and the reviewer's grid in a real browser: keyboard, marks saved as they are typed, axe at both widths."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from escale.capabilities.calls.instruction.actions import consulting, correcting
from escale.foundation.clock import reading
from escale.foundation.territory import loading
from tests.capabilities.calls.instruction.jury import Jury
from tests.capabilities.calls.instruction.world import days

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def jury(at, settings):
    loading.load_default(at=at)
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    return Jury(at)


def enter(page, person, live_server):
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])


def test_the_desk_by_keyboard_alone(page, jury, live_server):
    dossiers = [jury.filed(f"Projet {n}", key=str(n)) for n in range(3)]
    enter(page, jury.officer, live_server)
    page.goto("/instruction/")
    refs = [row.get_attribute("data-ref") for row in page.locator("tbody tr").all()]
    assert sorted(refs) == sorted(one.number for one in dossiers)
    for key in "jjk":
        page.keyboard.press(key)
    assert page.locator("tr[aria-selected=true]").get_attribute("data-ref") == refs[0]
    page.keyboard.press("x")
    assert [box.is_checked() for box in page.locator("[name=ref]").all()] == [True, False, False]
    page.keyboard.press("/")
    page.keyboard.type("projet 2")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=projet*")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/instruction/D26-*/")
    assert page.locator("h1").inner_text() == "Projet 2"


def test_marks_are_saved_as_they_are_typed_and_the_review_finished(page, jury, live_server, violations):
    review = jury.asked(jury.whole(), jury.hugo)
    enter(page, jury.hugo, live_server)
    page.goto(review.get_absolute_url())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("[name=mark_territory]").fill("4")
    with page.expect_response("**/answer"):
        page.keyboard.press("Tab")
    page.reload()
    expect(page.locator("[name=mark_territory]")).to_have_value("4")
    page.locator("[name=mark_quality]").fill("3")
    page.get_by_role("button", name="Terminer l’évaluation").click()
    page.wait_for_url("**/evaluations/")
    expect(page.locator(".row__when").first).to_have_text("Terminée")
    assert violations(page) == []


def test_every_page_of_instruction_is_clean(page, jury, live_server, violations):
    dossier, at = jury.whole(), jury.at
    review = jury.scored(dossier, jury.hugo, territory=5, quality=5)
    opinion = consulting.ask(
        jury.again(dossier), name="Jeanne Roux", email="jeanne@exemple.fr", question="Est-ce sûr ?", sections=["0"],
        pieces=["deliberation"], due_at=at + days(9), by=jury.officer, at=at,
    )  # fmt: skip
    asked = correcting.ask(
        jury.again(dossier), [("answer", "start_on", "Trop tôt ?")], message="Vérifiez la date.", due_at=at + days(9),
        by=jury.officer, at=at,
    )  # fmt: skip
    one, call = f"/instruction/{dossier.number}/", f"/instruction/appels/{jury.scheme.key}/"
    seen = {
        jury.officer: [
            "/instruction/", "/instruction/today/", "/instruction/absence/", one, f"{one}correct", f"{one}seek-opinion",
            f"{one}seek-review", f"{one}recuse", f"{one}examination/", f"{one}synthesis/", review.get_absolute_url(), call,
            f"{review.get_absolute_url()}reopen", f"{call}evaluations/", f"{call}evaluations/assign",
            f"/dossiers/{dossier.number}/why",
        ],
        jury.lead: [f"{one}close", f"{one}examination/"],
        jury.mayor: [asked.get_absolute_url(), f"/avis/{opinion.token}/", f"/appels/{jury.scheme.key}/chiffres/"],
    }  # fmt: skip
    wrong = []
    for person, addresses in seen.items():
        page.context.clear_cookies()
        enter(page, person, live_server)
        for address in addresses:
            answer = page.goto(address)
            assert answer.status == 200, address
            wrong += [f"{address} {line}" for line in violations(page)]
            if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
                wrong.append(f"{address} scrolls sideways")
    assert not wrong, "\n".join(wrong)
