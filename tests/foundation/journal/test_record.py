"""The journal: chained lines, one state mover, numbers without two alike."""

import pytest

from escale.foundation.journal import chain, numbers
from escale.foundation.journal.models import Entry
from escale.foundation.organisations import actions
from tests import build

pytestmark = pytest.mark.django_db


def test_each_line_holds_the_one_before(at):
    owner = build.person(at)
    found = build.organisation(at, by=owner)
    actions.edit(found, by=owner, at=at, rev=0, name="Honfleur")
    first, second = Entry.objects.filter(subject=found.subject)
    assert (first.n, first.previous) == (1, "")
    assert (second.n, second.previous) == (2, first.hash)
    again = chain.line_hash(
        kind="organisation", number=found.subject.number, n=2, at=second.at, by=str(owner.key), act="edit",
        before="active", after="active", note_digest="", data_digest=chain.digest('{"fields":["name"]}'),
        previous=first.hash,
    )  # fmt: skip
    found.subject.refresh_from_db()
    assert second.hash == again == found.subject.head
    assert found.subject.length == 2


def test_numbers_follow(db):
    assert [numbers.following("a"), numbers.following("b"), numbers.following("a")] == [1, 1, 2]
