"""Being away and handing over: who sees what meanwhile, who may hand over, what cannot be; sharing out by theme."""

import pytest

from escale.capabilities.calls.instruction.actions import bulk, desk, handling
from escale.capabilities.calls.instruction.models import Specialty
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from tests.capabilities.calls.instruction.test_desk import refs
from tests.capabilities.calls.instruction.world import World, days

pytestmark = pytest.mark.django_db
THEMES = [{"code": "care", "label": "Santé"}, {"code": "food", "label": "Alimentation"}]


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    return World(at)


def test_whoever_replaces_sees_the_dossiers_and_tasks_until_the_return(world):
    dossier, colleague = world.filed(), world.browser(world.colleague)
    handling.assign(dossier, world.officer, by=world.officer, at=world.at)
    away = {"since": "2026-03-05", "until": "2026-03-10", "replacement": world.colleague.pk}
    assert world.browser(world.officer).post("/instruction/absence/go", away).status_code == 303
    assert refs(colleague.get("/instruction/?scope=mine")) == []  # not yet away
    reading.move_to(world.at + days(3))
    assert refs(colleague.get("/instruction/?scope=mine")) == [dossier.number]
    assert "remplacé par Bruno Piel" in world.browser(world.officer).get("/instruction/absence/").content.decode()
    reading.move_to(world.at + days(50))
    assert refs(colleague.get("/instruction/?scope=mine")) == []
    wrong = away | {"until": "2026-03-01", "since": "2026-03-04"}
    answer = world.browser(world.officer).post("/instruction/absence/go", wrong)
    assert answer.status_code == 409 and "Le retour précède le départ" in answer.content.decode()


def test_hand_over_moves_what_is_open_and_says_what_cannot_be_taken(world):
    first, second = world.filed("Un"), world.filed("Deux")
    for dossier in (first, second):
        handling.assign(dossier, world.officer, by=world.officer, at=world.at)
    handling.recuse(second, reason="", person=world.colleague, by=world.officer, at=world.at)
    asked = {"officer": world.officer.pk, "to": world.colleague.pk}
    assert world.browser(world.elsewhere).post("/instruction/absence/hand-over", asked).status_code == 422
    page = world.browser(world.lead).post("/instruction/absence/hand-over", asked).content.decode()
    assert "1 dossier confié à Bruno Piel." in page and second.number in page
    assert world.again(first).officer == world.colleague and world.again(second).officer == world.officer


def test_only_the_officer_or_the_head_of_the_service_hands_over(world):
    dossier = world.filed()
    handling.assign(dossier, world.officer, by=world.officer, at=world.at)
    other = world.browser(world.colleague)
    asked = {"officer": world.officer.pk, "to": world.colleague.pk}
    assert other.post("/instruction/absence/hand-over", asked).status_code == 403
    assert world.again(dossier).officer == world.officer


def test_dossiers_are_shared_out_by_theme_first_then_by_load(at, settings):
    world = World(at, themes=THEMES)
    desk.set_specialties(world.colleague, world.service, ["care"], by=world.colleague, at=at)
    assert Specialty.objects.get().theme == "care"
    dossiers = [world.filed(f"Projet {n}", key=str(n), themes=["care"]) for n in range(2)]
    other = world.filed("Autre", key="o", themes=["food"])
    found = bulk.shared_out([*dossiers, other], at)
    assert [found[one.pk].name for one in dossiers] == ["Bruno Piel"] * 2
    assert found[other.pk].name != "Bruno Piel"
    organisations.give_mandate(world.colleague, "elected", at=at, commune=world.town.commune)
    assert bulk.shared_out(dossiers, at)[dossiers[0].pk] != world.colleague
