"""Hard days of someone who fills a form: every character typed is saved, or on the screen beside what to do."""

import json

import pytest
from django.test import Client
from playwright.sync_api import expect

from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from escale.foundation.questionnaires.models import Answer
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change
from escale.foundation.territory import loading
from tests import build
from tests.journeys.scheme import DOCUMENT

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TITLE = "#id_project_title"


@pytest.fixture
def world(at, settings):
    loading.load_default(at=at)
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    build.service()
    document, problems = schemes.read(DOCUMENT)
    assert problems == []
    scheme = schemes.publish(document, by=None, at=at)[0]
    mayor = build.person(at, name="Odile Marais")
    town = build.organisation(at, by=mayor)
    zoe = build.person(at, name="Zoé Secrétaire")
    invitation = organisations.invite(town, email=zoe.email, role="editor", by=mayor, at=at)
    organisations.accept(invitation, by=zoe, at=at)
    dossier = drafts.create(scheme, town, by=mayor, at=at)
    return {"dossier": dossier, "mayor": mayor, "zoe": zoe}


def enter(page, person, live_server):
    client = Client()
    client.force_login(person)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    return client


def section(page, world, key="le-projet"):
    page.goto(f"/dossiers/{world['dossier'].number}/{key}/")


def typed(world, code="project_title"):
    return Answer.objects.filter(sheet=world["dossier"].sheet, code=code).values_list("typed", flat=True).first()


def saved(page):
    expect(page.locator(".saved")).to_contain_text("Enregistré à")


def test_an_answer_is_saved_when_it_is_left(page, world, live_server, violations):
    enter(page, world["mayor"], live_server)
    section(page, world)
    assert violations(page) == []
    page.fill(TITLE, "Une grange à tous vents")
    page.keyboard.press("Tab")
    saved(page)
    assert typed(world) == "Une grange à tous vents"
    assert page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('escale-kept')).length") == 0


def test_a_lost_connection_keeps_the_text_and_sends_it_later(page, world, live_server):
    enter(page, world["mayor"], live_server)
    section(page, world)
    page.context.set_offline(True)
    page.fill(TITLE, "Écrit dans le train")
    page.keyboard.press("Tab")
    expect(page.locator(".saved")).to_contain_text("Connexion perdue")
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.locator(TITLE)).to_have_value("Écrit dans le train")
    page.context.set_offline(False)
    saved(page)
    assert typed(world) == "Écrit dans le train"


def test_a_page_closed_while_the_server_was_down_gives_the_text_back(page, world, live_server):
    enter(page, world["mayor"], live_server)
    section(page, world)
    page.route("**/answer", lambda route: route.abort())
    page.fill(TITLE, "Avant la panne")
    page.keyboard.press("Tab")
    expect(page.locator(".saved")).to_contain_text("Connexion perdue")
    page.unroute("**/answer")
    page.goto("/")
    section(page, world)
    saved(page)
    assert typed(world) == "Avant la panne"
    expect(page.locator(TITLE)).to_have_value("Avant la panne")


def test_an_ended_session_is_begun_again_on_the_spot(page, world, live_server):
    mayor = world["mayor"]
    mayor.set_password("une grange ouverte à tous")
    mayor.save()
    enter(page, mayor, live_server)
    section(page, world)
    page.context.clear_cookies(name="sessionid")
    page.fill(TITLE, "Écrit trop longtemps")
    page.keyboard.press("Tab")
    again = page.locator("escale-sign-again")
    expect(again.get_by_role("heading", name="Connectez-vous de nouveau")).to_be_visible()
    again.get_by_role("link", name="J’ai choisi un mot de passe").click()
    again.get_by_label("Mot de passe", exact=True).fill("une grange ouverte à tous")
    again.locator("input[type=email]").fill(mayor.email)
    again.get_by_role("button", name="Me connecter").click()
    saved(page)
    expect(again).to_be_hidden()
    expect(page.locator(TITLE)).to_have_value("Écrit trop longtemps")
    assert typed(world) == "Écrit trop longtemps"
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le lieu")


@pytest.mark.parametrize(("label", "kept"), [("La mienne", "Ma grange"), ("Celle de Zoé", "La halle de Zoé")])
def test_two_people_choose_between_both_answers(page, world, live_server, at, label, kept):
    enter(page, world["mayor"], live_server)
    section(page, world)
    drafts.save(world["dossier"], [Change(Place("project_title"), "La halle de Zoé", base=0)], by=world["zoe"], at=at)
    page.fill(TITLE, "Ma grange")
    page.keyboard.press("Tab")
    choice = page.get_by_role("group", name="Quelle réponse garder ?")
    expect(choice).to_contain_text("Ma grange")
    expect(choice).to_contain_text("La halle de Zoé")
    assert typed(world) == "La halle de Zoé"
    choice.get_by_label(label).click()
    saved(page)
    expect(choice).to_have_count(0)
    expect(page.locator(TITLE)).to_have_value(kept)
    assert typed(world) == kept


def test_a_row_taken_away_elsewhere_keeps_its_text_on_the_screen(page, world, live_server, at):
    dossier = world["dossier"]
    key = drafts.change_row(dossier, "add", "desks", "", by=world["zoe"], at=at)
    enter(page, world["mayor"], live_server)
    section(page, world, "place")
    drafts.change_row(dossier, "remove", "desks", key, by=world["zoe"], at=at)
    room = page.locator(f"[name='desks.{key}.room']")
    room.fill("La salle du haut")
    page.keyboard.press("Tab")
    expect(page.locator(f"[id='field-desks.{key}.room']")).to_contain_text("n’est pas enregistré")
    expect(room).to_have_value("La salle du haut")
    page.reload()
    expect(page.locator("#orphans textarea").first).to_have_value("La salle du haut")


def test_a_question_appears_when_an_answer_asks_for_it(page, world, live_server):
    enter(page, world["mayor"], live_server)
    section(page, world, "place")
    expect(page.locator("[name=owner]")).to_have_count(0)
    page.locator("[name=has_owner][value=yes]").check()
    page.locator("[name=owner]").fill("Mme Lefèvre")
    page.keyboard.press("Tab")
    saved(page)
    page.locator("[name=has_owner][value=no]").check()
    expect(page.locator("[name=owner]")).to_have_count(0)
    page.locator("[name=has_owner][value=yes]").check()
    expect(page.locator("[name=owner]")).to_have_value("Mme Lefèvre")


def test_signing_out_wipes_what_was_kept(page, world, live_server):
    enter(page, world["mayor"], live_server)
    section(page, world)
    page.route("**/answer", lambda route: route.abort())
    page.fill(TITLE, "Confidentiel")
    page.keyboard.press("Tab")
    expect(page.locator(".saved")).to_contain_text("Connexion perdue")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Confidentiel" in json.loads(json.dumps(kept))
    page.goto("/")
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("link", name="Se connecter")).to_be_visible()
    assert "Confidentiel" not in page.evaluate("JSON.stringify(localStorage)")


def test_someone_else_signed_in_meanwhile_writes_nothing(page, world, live_server):
    enter(page, world["mayor"], live_server)
    section(page, world)
    enter(page, world["zoe"], live_server)
    page.fill(TITLE, "De la main d’Odile")
    page.keyboard.press("Tab")
    expect(page.locator(".saved")).to_contain_text("Zoé Secrétaire est maintenant la personne connectée")
    expect(page.locator(TITLE)).to_have_value("De la main d’Odile")
    assert not Answer.objects.exists()
    assert Dossier.objects.count() == 1
