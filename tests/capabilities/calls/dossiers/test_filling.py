"""Hard days without script: the button of a section gives the guarantees of the answers saved one by one."""

import copy
import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.questionnaires import saving
from escale.foundation.questionnaires.models import Answer
from tests import build
from tests.capabilities.calls.dossiers.filling import World, seen, text
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
PROJECT = "le-projet"


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    return World(at)


def title(world):
    return (
        Answer.objects.filter(sheet=world.dossier.sheet, code="project_title").values_list("typed", flat=True).first()
    )


def test_two_people_choose_field_by_field(world):
    odile, zoe = world.browser(world.mayor), world.browser(world.zoe)
    old = odile.get(f"{world.address}{PROJECT}/")
    world.save(zoe, PROJECT, project_title="La halle")
    refused = world.save(odile, PROJECT, page=old, project_title="Ma grange", project_type="creation")
    page = text(refused)
    assert refused.status_code == 409
    assert "Zoé Secrétaire a répondu « La halle »" in page
    assert 'value="Ma grange"' in page and 'value="theirs:1"' in page
    assert title(world) == "La halle"
    again = world.save(odile, PROJECT, page=refused, project_title="Ma grange", project_type="creation")
    assert (again.status_code, title(world)) == (409, "La halle"), "no choice was made: nothing is overwritten"
    chosen = {"project_title": "Ma grange", "project_type": "creation"}
    assert world.save(odile, PROJECT, {**chosen, "choice.project_title": "theirs:1"}, page=refused).status_code == 303
    assert title(world) == "La halle"
    assert world.save(odile, PROJECT, {**chosen, "choice.project_title": "mine:1"}, page=refused).status_code == 303
    assert title(world) == "Ma grange"


def test_a_choice_made_too_late_is_asked_again(world):
    odile, zoe = world.browser(world.mayor), world.browser(world.zoe)
    old = odile.get(f"{world.address}{PROJECT}/")
    world.save(zoe, PROJECT, project_title="La halle")
    refused = world.save(odile, PROJECT, page=old, project_title="Ma grange")
    world.save(zoe, PROJECT, project_title="La halle neuve")
    late = {"project_title": "Ma grange", "choice.project_title": "mine:1"}
    assert world.save(odile, PROJECT, late, page=refused).status_code == 409
    assert title(world) == "La halle neuve"


def test_who_says_no_revision_overwrites_nothing(world):
    odile, zoe = world.browser(world.mayor), world.browser(world.zoe)
    world.save(zoe, PROJECT, project_title="La halle")
    assert odile.post(f"{world.address}{PROJECT}/save", {"project_title": "Ma grange"}).status_code == 409
    assert world.answer(odile, code="project_title", value="Ma grange").status_code == 409
    assert title(world) == "La halle"


def test_an_ended_session_gives_the_text_back_and_takes_it_again(world):
    odile = world.browser(world.mayor)
    page = odile.get(f"{world.address}{PROJECT}/")
    fields = {"seen": seen(page), "project_title": "Six soirées <de> travail", "project_type": "creation"}
    answer = Client().post(f"{world.address}{PROJECT}/save", fields)
    assert answer.status_code == 401
    assert "Six soirées <de> travail" in text(answer) and "Votre session a expiré" in text(answer)
    kept = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    again = odile.post(f"{world.address}{PROJECT}/save", {name: html.unescape(value) for name, value in kept})
    assert (again.status_code, title(world)) == (303, "Six soirées <de> travail")


def test_a_page_too_old_gives_the_text_back(world):
    odile = world.browser(world.mayor, enforce_csrf_checks=True)
    answer = odile.post(f"{world.address}{PROJECT}/save", {"project_title": "Une grange"})
    assert answer.status_code == 403
    assert "Une grange" in text(answer) and "enregistrez-le maintenant" in text(answer)


def test_the_text_of_another_person_is_not_saved_in_my_name(world):
    zoe = world.browser(world.zoe)
    answer = world.save(zoe, PROJECT, person=str(world.mayor.key), project_title="D’Odile")
    assert (answer.status_code, title(world)) == (409, None)
    assert "D’Odile" in text(answer)
    sent = world.answer(zoe, code="project_title", base=0, value="D’Odile", person=str(world.mayor.key))
    assert (sent.status_code, sent.json()["error"]["code"]) == (409, "other_person")


def test_a_row_taken_away_elsewhere_leaves_its_text_on_the_page(world):
    odile = world.browser(world.mayor)
    block = next(item for item in call_of(world.dossier.edition).form.blocks() if item.code == "desks")
    row = saving.add_row(world.dossier.sheet, block)
    page = odile.get(f"{world.address}place/")
    saving.remove_row(world.dossier.sheet, block, row.key, by=world.zoe, at=world.at)
    fields = {"has_owner": "yes", f"desks.{row.key}.room": "La salle du haut", f"desks.{row.key}.count": "4"}
    answer = world.save(odile, "place", fields, page=page)
    assert answer.status_code == 409
    assert "La salle du haut" in text(answer) and "La ligne a été retirée" in text(answer)
    assert Answer.objects.get(code="has_owner").typed == "yes", "the rest of the page is saved"


def test_a_question_gone_leaves_its_text_on_the_page(world):
    odile = world.browser(world.mayor)
    answer = world.save(odile, "place", {"place.r1.gone": "x", "desks.r1.colour": "Bleu nuit"})
    assert answer.status_code == 409
    assert "Bleu nuit" in text(answer) and "n’est plus posée" in text(answer)


def test_boxes_of_a_hidden_question_are_not_unticked(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    document = copy.deepcopy(DOCUMENT)
    document["form"][0]["questions"].append(
        {
            "code": "uses", "kind": "choices", "label": "Usages", "options": [{"code": "a", "label": "Atelier"}],
            "visible_if": {"fact": "answers.has_owner", "is": "yes"},
        }
    )  # fmt: skip
    world = World(at, document)
    odile = world.browser(world.mayor)
    world.save(odile, "place", has_owner="yes", uses="a")
    world.save(odile, "place", has_owner="yes", uses="a")
    world.save(odile, "place", has_owner="no", uses="a")
    world.save(odile, "place", has_owner="no", start_on="1er mai 2026")
    assert Answer.objects.get(code="uses").typed == ["a"]


def test_who_only_reads_gets_no_field_to_fill(world):
    reader = build.person(world.at)
    world.join(reader, "reader")
    page = world.browser(reader).get(f"{world.address}{PROJECT}/")
    assert '<fieldset class="plain" disabled>' in text(page)
    assert "escale-autosave" not in text(page)


@pytest.mark.parametrize(
    "body", ["[]", "null", '{"code":null}', '{"code":"project_title","row":{},"value":{"a":1}}', "{" * 5000]
)
def test_hostile_bodies_are_refused_in_words(world, body):
    odile = world.browser(world.mayor)
    answer = odile.post(f"{world.address}answer", body, content_type="application/json")
    assert answer.status_code in (200, 410, 422)
    assert answer.headers["Content-Type"] == "application/json"


def queries(act):
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code in (200, 303)
    return len(captured)


def test_queries_stay_the_same_whatever_the_size(world):
    odile, counts = world.browser(world.mayor), []
    for size in (2, 40):
        rows = {f"desks.s{n}.room": f"Salle {n}" for n in range(size)}
        world.save(odile, "place", {"has_owner": "no", **rows})
        lines = {f"expenses.e{n}.{code}": text for n in range(size) for code, text in PLAN_LINE.items()}
        world.save(odile, "le-budget", lines)
        title = Answer.objects.filter(code="project_title").values_list("rev", flat=True).first() or 0
        sent = {"code": "project_title", "base": title, "value": f"Titre {size}"}
        counts.append(
            (
                queries(lambda: world.answer(odile, **sent)),  # noqa: B023  # called at once
                queries(lambda: odile.get(f"{world.address}place/")),
                queries(lambda: odile.get(f"{world.address}le-budget/")),
                queries(lambda: odile.get(world.address)),
            )
        )
    assert counts[0] == counts[1]
    assert counts[1][0] <= 14, "one answer saved"


PLAN_LINE = {"category": "works", "label": "Toiture", "ht": "10,50", "vat": "2", "year": "2026"}


@pytest.mark.parametrize(
    "typed", ["𝕿𝖎𝖗𝖊𝖘 𝄞", "a\u202eb\u200d\u0301", "‮", "é" * 400, "\u0000x", "ﷺ" * 50, "<script>&amp;"]
)
def test_every_unicode_surprise_is_kept_as_typed(world, typed):
    odile = world.browser(world.mayor)
    assert world.answer(odile, code="project_title", base=0, value=typed).status_code == 200
    assert title(world) == typed.replace("\0", "")
    assert html.escape(typed.replace("\0", "")) in odile.get(f"{world.address}{PROJECT}/").content.decode()


def test_a_monstrous_text_is_kept_on_the_page(world):
    odile = world.browser(world.mayor)
    answer = world.save(odile, PROJECT, project_title="x" * 100_001)
    assert answer.status_code == 422 and "x" * 100_001 in answer.content.decode()
    sent = world.answer(odile, code="project_title", base=0, value="x" * 100_001)
    assert (sent.status_code, sent.json()["error"]["code"]) == (422, "too_long")


def test_thirty_tabs_write_each_its_own_and_the_same(world):
    odile = world.browser(world.mayor)
    page = odile.get(f"{world.address}{PROJECT}/")
    answers = [world.save(odile, PROJECT, page=page, project_title=f"Onglet {n}").status_code for n in range(30)]
    assert answers == [303] + [409] * 29
    assert title(world) == "Onglet 0"


def test_two_tabs_of_one_person_are_told_apart(world):
    odile = world.browser(world.mayor)
    world.answer(odile, code="project_title", base=0, value="Premier onglet")
    second = world.answer(odile, code="project_title", base=0, value="Second onglet")
    body = second.json()
    assert second.status_code == 409 and body["value"] == "Premier onglet"
    assert "dans un autre onglet" in body["error"]["message"]
    assert "Second onglet" in body["choice"] and "Premier onglet" in body["choice"]


def test_who_may_no_longer_write_keeps_the_text_on_the_screen(world):
    reader = build.person(world.at)
    world.join(reader, "reader")
    answer = world.browser(reader).post(f"{world.address}{PROJECT}/save", {"project_title": "Trois heures de travail"})
    assert answer.status_code == 403
    assert "Trois heures de travail" in text(answer) and 'data-code="no_hat"' in text(answer)
    stranger = world.browser(world.stranger).post(f"{world.address}{PROJECT}/save", {"project_title": "x"})
    assert stranger.status_code == 404


def test_an_erratum_that_takes_a_question_away_keeps_the_text_on_the_screen(world, at):
    odile = world.browser(world.mayor)
    world.save(odile, "place", has_owner="yes")
    page = odile.get(f"{world.address}place/")
    shorter = copy.deepcopy(DOCUMENT)
    del shorter["form"][0]["questions"][1]
    read, problems = schemes.read(shorter)
    assert problems == []
    schemes.publish(read, by=None, at=at)
    assert world.browser(world.zoe).post(f"{world.address}adopt").status_code == 303
    late = world.save(odile, "place", page=page, has_owner="yes", owner="Mme Lefèvre, 12 rue du Puits")
    assert late.status_code == 409
    assert "Mme Lefèvre, 12 rue du Puits" in text(late) and "n’est plus posée" in text(late)
    sent = world.answer(odile, code="owner", base=0, value="Mme Lefèvre")
    assert (sent.status_code, sent.json()["error"]["code"]) == (410, "gone")


def test_what_is_missing_is_said_in_each_section(world):
    odile = world.browser(world.mayor)
    page = text(odile.get(f"{world.address}{PROJECT}/"))
    assert "Il manque 2 choses dans cette partie" in page and 'href="#field-project_title"' in page
    world.save(odile, PROJECT, project_title="La grange", project_type="creation")
    assert "Cette partie est complète" in text(odile.get(f"{world.address}{PROJECT}/"))
