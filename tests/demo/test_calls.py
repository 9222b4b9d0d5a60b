"""The demonstration's calls have a life: last year's version, documents, questions, one to come, one in preparation."""

import pytest

from escale.capabilities.calls.schemes import queries
from escale.capabilities.calls.schemes.models import Scheme
from escale.capabilities.calls.schemes.queries import cases
from escale.demo import calls, people
from escale.foundation.journal.models import Entry
from escale.rules.scheme import trial

pytestmark = pytest.mark.django_db


def test_calls_have_a_life(at):
    people.build(at)
    calls.build(at)
    lived, coming = Scheme.objects.get(key=calls.LIVED), Scheme.objects.get(key="lieux-nourriciers")
    told = queries.editions_told(lived)
    assert [edition.n for edition, _changed in told] == [2, 1] and told[0][1], "what changed since last year is said"
    assert {one.piece for one in queries.attachments(lived)} == {"", "letter"}
    assert len(queries.answered(lived)) == 2 and lived.questions.filter(state="asked").count() == 1
    assert coming.phase(at) == "coming" and coming.subscribers.filter(confirmed_at__isnull=False).count() == 1
    draft = Scheme.objects.get(key="fabrique-suivante")
    edition = trial.load(queries.shown_document(queries.draft_of(draft)[0]))
    kept = cases.kept(draft.samples.all(), edition)
    assert [one.same for one in kept] == [True], [(one.expected, one.now) for one in kept]
    for thing in (lived, draft):
        assert Entry.objects.filter(subject=thing.subject).exists()
