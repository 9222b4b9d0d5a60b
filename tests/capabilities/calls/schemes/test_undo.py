"""What the editor takes back, step after step, and who may publish what several people wrote."""

import pytest

from escale.capabilities.calls.schemes import actions, queries
from escale.foundation.editions.models import Draft
from escale.foundation.organisations import actions as organisations
from escale.rules.refusal import Refused
from tests import build
from tests.capabilities.calls.schemes.conftest import CALL, browser

pytestmark = pytest.mark.django_db
EDIT = "/schemes/granges-2026/edit"


def save(desk, call, who, at, **words):
    tree, rev = queries.draft_of(call)
    return actions.save(call, tree | words, rev=rev, by=desk["people"][who], at=at)


def undo(client, place="texts"):
    page = client.get(f"{EDIT}?place={place}").content.decode()
    rev = page.split('name="rev" value="')[1].split('"')[0]
    return client.post(f"{EDIT}?place={place}", {"do": "undo", "rev": rev})


def test_each_save_is_taken_back_down_to_the_published_text(desk, call, at):
    for n in range(3):
        save(desk, call, "writer", at, summary=f"Essai {n}")
    save(desk, call, "writer", at, summary="Essai 2")  # the same again is no step
    for expected in ("Essai 1", "Essai 0", CALL["summary"]):
        assert undo(desk["writer"]).status_code == 303
        assert queries.draft_of(call)[0]["summary"] == expected
    assert "Annuler la dernière modification" not in desk["writer"].get(f"{EDIT}?place=texts").content.decode()
    assert undo(desk["writer"]).status_code == 409


def test_undoing_what_someone_changed_meanwhile_is_refused(desk, call, at):
    save(desk, call, "writer", at, summary="Un")
    answer = desk["writer"].post(f"{EDIT}?place=texts", {"do": "undo", "rev": "7"})
    assert answer.status_code == 409 and "entre-temps" in answer.content.decode()
    assert queries.draft_of(call)[0]["summary"] == "Un"


def test_undoing_the_row_whose_page_is_shown_leads_above_it(desk, call, at):
    tree, _rev = queries.draft_of(call)
    more = [*tree["criteria"], {"code": "other", "title": "Autre"}]
    save(desk, call, "writer", at, criteria=more)
    answer = undo(desk["writer"], "criteria.1")
    assert answer.status_code == 303 and answer["Location"].endswith("?place=criteria")


def test_only_the_last_steps_are_kept(desk, call, at, monkeypatch):
    monkeypatch.setattr("escale.foundation.editions.actions.MOST_STEPS", 3)
    for n in range(6):
        save(desk, call, "writer", at, summary=f"Essai {n}")
    assert len(queries.steps_of(call)) == 3


def test_whoever_wrote_a_word_of_it_does_not_publish_it(desk, call, at):
    third = build.person(at)
    organisations.give_mandate(third, "lead_officer", at=at, service=desk["service"])
    save(desk, call, "reader", at, summary="Le lecteur corrige un mot.")
    save(desk, call, "writer", at, title="Granges et étables")
    with pytest.raises(Refused) as refused:
        actions.publish_draft(call, by=desk["people"]["reader"], at=at)
    assert refused.value.code == "second_pair_of_eyes"
    assert desk["reader"].post("/schemes/granges-2026/publish").status_code == 409
    assert browser(third).post("/schemes/granges-2026/publish").status_code == 303
    assert not Draft.objects.exists()
    # Writers are counted since the last version: who wrote that one may publish the next.
    save(desk, call, "writer", at, title="Granges, étables, écuries")
    assert desk["reader"].post("/schemes/granges-2026/publish").status_code == 303
