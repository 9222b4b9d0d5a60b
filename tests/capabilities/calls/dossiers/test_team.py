"""Several people prepare a dossier: remarks, who did what, who is in charge; what is taken up from elsewhere; papers."""

import pytest

from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Comment, Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.foundation.clock import reading
from escale.foundation.journal.models import Entry
from escale.foundation.post.models import Mail
from escale.foundation.questionnaires.filled import load
from escale.foundation.questionnaires.questions import Place
from tests import build
from tests.capabilities.calls.dossiers.filling import World, text

pytestmark = pytest.mark.django_db
PROJECT = "le-projet"


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    world = World(at)
    world.reader = build.person(at, name="Odile Groult")
    world.join(world.reader, "reader")
    return world


def test_a_remark_is_written_read_by_the_team_and_settled(world):
    reader, zoe = world.browser(world.reader), world.browser(world.zoe)
    said = {"text": "Peux-tu vérifier la surface ?\n<b>merci</b>", "key": "k"}
    for _again in range(2):
        assert reader.post(f"{world.address}{PROJECT}/comment", said).status_code == 303
    assert Comment.objects.count() == 1
    page = zoe.get(f"{world.address}{PROJECT}/").content.decode()
    assert "Peux-tu vérifier la surface" in page and "&lt;b&gt;merci" in page
    assert "Le projet : une remarque" in text(zoe.get(world.address))
    assert zoe.post(f"{world.address}remarques/{Comment.objects.get().pk}/settle").status_code == 303
    assert "réglé par Zoé Secrétaire" in text(reader.get(f"{world.address}{PROJECT}/"))
    assert "une remarque" not in text(zoe.get(world.address))


def test_an_empty_or_endless_remark_is_refused_in_words(world):
    zoe = world.browser(world.zoe)
    for said in (" \0 ", "x" * 4001):
        assert zoe.post(f"{world.address}{PROJECT}/comment", {"text": said}).status_code == 409
    assert zoe.post(f"{world.address}nulle-part/comment", {"text": "x"}).status_code == 404
    assert not Comment.objects.exists()


def test_nobody_else_reads_or_writes_a_remark(world):
    world.browser(world.zoe).post(f"{world.address}{PROJECT}/comment", {"text": "Entre nous"})
    officer = build.officer(world.at, world.service)
    for person in (world.stranger, officer):
        outside = world.browser(person)
        assert outside.post(f"{world.address}{PROJECT}/comment", {"text": "x"}).status_code in (403, 404)
        assert outside.get(f"{world.address}qui/").status_code in (403, 404)
    assert Comment.objects.count() == 1


def test_who_did_what_is_told(world):
    odile, zoe = world.browser(world.mayor), world.browser(world.zoe)
    world.save(odile, PROJECT, project_title="La grange")
    world.save(zoe, PROJECT, project_title="La halle", project_type="creation")
    page = text(zoe.get(f"{world.address}qui/"))
    assert "Titre du projet : « La halle »" in page and "Zoé Secrétaire" in page
    assert "en charge de ce dossier" in page


def test_a_dossier_is_handed_over_with_a_trace_and_a_mail(world):
    odile = world.browser(world.mayor)
    page = text(odile.get(f"{world.address}hand-over"))
    assert "Zoé Secrétaire" in page and "Odile Groult" not in page
    assert odile.post(f"{world.address}hand-over", {"to": str(world.stranger.key)}).status_code == 422
    assert odile.post(f"{world.address}hand-over", {"to": str(world.zoe.key)}).status_code == 303
    assert Dossier.objects.get().keeper == world.zoe
    assert Entry.objects.get(act="hand-over").data == {"to": str(world.zoe.key)}
    assert Mail.objects.get(template="dossiers/handed_over").to == world.zoe.email
    assert world.browser(world.reader).post(f"{world.address}hand-over", {"to": ""}).status_code == 403


def test_an_earlier_dossier_fills_what_is_empty_and_nothing_else(world):
    odile = world.browser(world.mayor)
    world.save(odile, PROJECT, project_title="La grange", project_type="creation")
    world.save(odile, "place", {"has_owner": "yes", "owner": "Mme Lefèvre", "desks.r1.room": "Haute"})
    second = drafts.create(world.scheme, world.town, by=world.mayor, at=world.at)
    address = second.get_absolute_url()
    drafts.save(second, [drafts.Change(Place("project_title"), "Une autre", base=0)], by=world.mayor, at=world.at)
    assert world.dossier.number in text(odile.get(f"{address}prefill"))
    page = text(odile.get(f"{address}prefill", {"from": world.dossier.number}))
    assert "Mme Lefèvre" in page and "Déjà répondu ici" in page and "4 réponses seront copiées" in page
    assert odile.post(f"{address}prefill", {"from": world.dossier.number}).status_code == 303
    form = lists.whole().get(pk=second.pk)
    values = load(form.sheet, _form(form)).values()
    assert (values["project_title"], values["owner"], values["desks"]) == (
        "Une autre", "Mme Lefèvre", [{"room": "Haute"}],
    )  # fmt: skip
    assert Entry.objects.get(act="prefill").data["from"] == world.dossier.number
    stranger = world.browser(world.stranger)
    assert stranger.get(f"{address}prefill").status_code == 404
    assert odile.post(f"{address}prefill", {"from": "D26-99999"}).status_code == 409


def _form(dossier):
    return drafts.call_of(dossier.edition).form


def test_what_is_known_is_shown_and_not_asked(world):
    page = text(world.browser(world.mayor).get(world.address))
    assert "Population légale" in page and "Honfleur (14333)" in page


def test_the_empty_form_and_the_draft_are_papers(world, client):
    answer = client.get("/appels/granges-2026/formulaire.pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert client.get("/appels/granges-2026/formulaire.pdf").content == answer.content
    assert client.get("/appels/rien/formulaire.pdf").status_code == 404
    odile = world.browser(world.mayor)
    world.save(odile, PROJECT, project_title="La grange\u202e 🏝️ #strong[x]")
    draft = odile.get(f"{world.address}brouillon.pdf")
    assert (draft.status_code, draft.content[:5]) == (200, b"%PDF-")
    assert world.browser(world.stranger).get(f"{world.address}brouillon.pdf").status_code == 404
