"""Saving: nothing lost, nothing overwritten unseen, whatever the number of answers."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from escale.foundation.questionnaires import posts, saving, showing
from escale.foundation.questionnaires.filled import load
from escale.foundation.questionnaires.models import Answer, Sheet
from escale.foundation.questionnaires.questions import Block, Form, Kind, Place, Question, Section
from escale.foundation.questionnaires.saving import Change
from escale.rules.refusal import Refused
from tests import build
from tests.foundation.questionnaires.form import FORM, LINES

pytestmark = pytest.mark.django_db
TITLE = Place("title")


@pytest.fixture
def sheet():
    return Sheet.objects.create()


@pytest.fixture
def save(sheet, at):
    def run(*changes, by=None, form=FORM):
        return saving.save(sheet, form, changes, by=by, at=at)

    return run


def post(**values):
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return data


def test_what_cannot_be_read_is_kept_as_typed(save, sheet):
    save(Change(Place("lines.ht", "r1"), "1.234", base=0))
    filled = load(sheet, FORM)
    assert filled.typed(Place("lines.ht", "r1")) == "1.234"
    assert filled.rows == {"lines": ["r1"]}
    assert [gap.control for gap in filled.gaps(FORM.by_key["money"], lambda item: True)] == [
        "lines.r1.label",
        "lines.r1.ht",
    ]


def test_the_second_who_saw_the_first_text_is_told(save, sheet, at):
    zoe, ali = build.person(at, name="Zoé"), build.person(at, name="Ali")
    save(Change(TITLE, "Un tiers-lieu", base=0), by=zoe)
    outcome = save(Change(TITLE, "Une grange", base=0), by=ali)
    (conflict,) = outcome.conflicts
    assert (conflict.mine, conflict.theirs, conflict.rev, conflict.by) == ("Une grange", "Un tiers-lieu", 1, "Zoé")
    assert load(sheet, FORM).typed(TITLE) == "Un tiers-lieu"
    assert save(Change(TITLE, "Une grange", base=1), by=ali).revs == {TITLE: 2}


def test_the_same_text_twice_is_no_conflict(save):
    save(Change(TITLE, "Une grange", base=0))
    outcome = save(Change(TITLE, "Une grange", base=0))
    assert (outcome.conflicts, outcome.revs) == ([], {TITLE: 1})


def test_a_page_left_open_does_not_undo_the_others_work(save, sheet):
    """Who changed one field of an old page keeps the other fields as someone else wrote them meanwhile."""
    save(Change(TITLE, "Une grange", base=0))
    section = FORM.by_key["project"]
    before = load(sheet, FORM)
    seen = posts.seen(before, posts.places(before, section, lambda item: True))
    save(Change(TITLE, "Une halle", base=1))
    changes = posts.changes(load(sheet, FORM), section, post(title="Une grange", fields=["make"], seen=seen))
    outcome = save(*changes)
    assert outcome.conflicts == []
    after = load(sheet, FORM)
    assert (after.typed(TITLE), after.typed(Place("fields"))) == ("Une halle", ["make"])


def test_boxes_all_unticked_are_an_answer(save, sheet):
    save(Change(Place("fields"), ["make"], base=0))
    section, before = FORM.by_key["project"], load(sheet, FORM)
    seen = posts.seen(before, posts.places(before, section, lambda item: True))
    save(*posts.changes(before, section, post(title="", seen=seen)))
    assert load(sheet, FORM).typed(Place("fields")) == []


def test_a_section_cannot_write_in_another(save, sheet):
    data = post(title="Une grange", lines__r1__label="Peinture")
    changes = posts.changes(load(sheet, FORM), FORM.by_key["project"], data)
    assert [change.place for change in changes] == [TITLE]


def test_a_question_or_row_that_is_gone_is_said(save, sheet, at):
    row = saving.add_row(sheet, LINES)
    saving.remove_row(sheet, LINES, row.key, by=None, at=at)
    place = Place("lines.label", row.key)
    assert save(Change(place, "Peinture", base=0), Change(Place("nobody"), "x")).gone == [place, Place("nobody")]
    saving.restore_row(sheet, LINES, row.key)
    assert save(Change(place, "Peinture", base=0)).gone == []


def test_rows_keep_their_answers_when_removed_moved_and_back(save, sheet, at):
    for key in ("r1", "r2", "r3"):
        save(Change(Place("lines.label", key), f"Ligne {key}", base=0))
    saving.move_row(sheet, LINES, "r3", up=True)
    saving.remove_row(sheet, LINES, "r1", by=None, at=at)
    filled = load(sheet, FORM)
    assert (filled.rows["lines"], filled.removed["lines"]) == (["r3", "r2"], ["r1"])
    saving.restore_row(sheet, LINES, "r1")
    assert [line["label"] for line in load(sheet, FORM).table(LINES)] == ["Ligne r1", "Ligne r3", "Ligne r2"]


def test_a_full_block_says_so(save, sheet):
    for _n in range(3):
        saving.add_row(sheet, LINES)
    with pytest.raises(Refused, match="3 lignes"):
        saving.add_row(sheet, LINES)
    assert save(Change(Place("lines.label", "r9"), "De trop")).gone == [Place("lines.label", "r9")]


def test_monstrous_text_is_kept_out_and_said(save, sheet):
    outcome = save(Change(TITLE, "x" * 100_001))
    assert (outcome.too_long, load(sheet, FORM).typed(TITLE)) == ([TITLE], "")


def test_every_unicode_surprise_comes_back_as_typed(save, sheet):
    surprise = "Ḿařıe-Ève 🏝️ \u202e‮ \u0301\u0301 ﷽ \U0001f468‍\U0001f469‍\U0001f467"
    save(Change(TITLE, surprise + "\0\ud800"))
    assert load(sheet, FORM).typed(TITLE) == surprise


def queries_to_save(sheet, at, n):
    block = Block("b", "Bloc", tuple(Question(f"q{k}", Kind.TEXT, "?") for k in range(n)), most=n)
    form = Form((Section("s", "S", (block, *(Question(f"p{k}", Kind.TEXT, "?") for k in range(n)))),))
    changes = [Change(Place(f"p{k}"), "texte") for k in range(n)]
    changes += [Change(Place(f"b.q{k}", f"r{j}"), "texte") for k in range(n) for j in range(n)]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert len(saving.save(sheet, form, changes, by=None, at=at).written) == n + n * n
    assert Answer.objects.filter(sheet=sheet).count() == n + n * n
    return len(captured)


def test_the_number_of_queries_does_not_grow(at):
    few = queries_to_save(Sheet.objects.create(), at, 1)
    assert queries_to_save(Sheet.objects.create(), at, 20) == few <= 8


def test_fields_are_named_by_code_and_show_what_was_typed(save, sheet):
    save(Change(Place("lines.ht", "r1"), "1.234"), Change(TITLE, "Une grange"))
    filled = load(sheet, FORM)
    (block,) = showing.section(filled, FORM.by_key["money"], lambda item: True)
    (row,) = block.rows
    assert [field["name"] for field in row.fields] == ["lines.r1.label", "lines.r1.ht"]
    assert row.fields[1]["value"] == "1.234"
    assert "1234" in row.fields[1]["errors"][0]
    assert block.blank.fields[0]["name"] == "lines.__ROW__.label"


def test_a_conflict_is_shown_with_both_texts(save, sheet):
    save(Change(TITLE, "Une halle", base=0))
    (conflict,) = save(Change(TITLE, "Une grange", base=0)).conflicts
    typing = showing.Typing(kept={TITLE: conflict.mine}, conflicts={TITLE: conflict})
    shown = showing.section(load(sheet, FORM), FORM.by_key["project"], lambda item: True, typing)[0].field
    assert shown["value"] == "Une grange"
    assert "Une halle" in shown["errors"][0]


def test_hidden_questions_leave_the_values_but_keep_the_text(save, sheet):
    save(Change(TITLE, "Une grange"), Change(Place("fields"), ["make"]))
    filled = load(sheet, FORM)
    assert filled.values(lambda item: item.code != "title") == {"fields": ["make"]}
    assert filled.values()["title"] == "Une grange"
