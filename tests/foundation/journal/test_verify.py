"""What was altered, cut or lost in the journal is found."""

from datetime import date, timedelta

import pytest

from escale.foundation.journal import seals, verify
from escale.foundation.journal.models import Entry, Seal, Subject
from escale.foundation.organisations import actions
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(at):
    owner = build.person(at)
    found = build.organisation(at, by=owner)
    actions.edit(found, by=owner, at=at, rev=0, name="Honfleur")
    actions.replace_owner(found, owner, by=build_administrator(at), at=at, note="Élue démissionnaire")
    return found


def build_administrator(at):
    someone = build.person(at)
    actions.give_mandate(someone, "administrator", at=at)
    return someone


def codes():
    return sorted({problem.code for problem in verify.problems()})


def test_a_journal_as_written_is_sound(organisation, at):
    seals.seal_due(at=at + timedelta(days=3))
    assert codes() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"act": "close"}, "entry_altered"),
        ({"by": None}, "entry_altered"),
        ({"after": "closed"}, "entry_altered"),
        ({"note": "Autre raison"}, "note_altered"),
        ({"data": {"x": 1}}, "data_altered"),
    ],
)
def test_an_altered_line_is_found(organisation, change, code):
    Entry.objects.filter(subject=organisation.subject, n=3).update(**change)
    assert code in codes()


def test_a_note_may_be_erased_by_law(organisation):
    Entry.objects.filter(subject=organisation.subject).update(note="", data={})
    assert codes() == []


def test_a_line_taken_out_is_found(organisation):
    Entry.objects.filter(subject=organisation.subject, n=2).delete()
    assert codes() == ["entry_missing"]


def test_a_journal_cut_at_its_end_is_found(organisation):
    Entry.objects.filter(subject=organisation.subject, n=3).delete()
    assert codes() == ["end_missing"]


def test_a_journal_cut_at_its_end_with_its_length_is_found_by_the_seal(organisation, at):
    seals.seal_due(at=at + timedelta(days=1))
    Entry.objects.filter(subject=organisation.subject, n=3).delete()
    last = Entry.objects.get(subject=organisation.subject, n=2)
    Subject.objects.filter(pk=organisation.subject_id).update(length=2, head=last.hash)
    assert codes() == ["seal_altered"]


def test_each_day_that_is_over_is_sealed_once(organisation, at):
    made = seals.seal_due(at=at + timedelta(days=3))
    assert [seal.day for seal in made] == [date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)]
    assert seals.seal_due(at=at + timedelta(days=3)) == []
    assert made[1].previous == made[0].digest


def test_a_day_is_not_sealed_before_the_hour_that_follows_midnight_in_paris(organisation, at):
    midnight = at.replace(hour=23, minute=0)
    assert seals.seal_due(at=midnight + timedelta(minutes=59)) == []
    assert len(seals.seal_due(at=midnight + timedelta(minutes=60))) == 1


def test_what_a_moved_clock_writes_into_a_sealed_day_belongs_to_a_later_seal(organisation, at):
    seals.seal_due(at=at + timedelta(days=14))
    actions.replace_owner(organisation, build.person(at), by=build_administrator(at), at=at, note="Encore")
    assert codes() == []


def test_a_seal_rewritten_breaks_the_next(organisation, at):
    first, _second, _third = seals.seal_due(at=at + timedelta(days=3))
    Seal.objects.filter(pk=first.pk).update(digest="0" * 64)
    assert codes() == ["seal_altered", "seal_broken"]
