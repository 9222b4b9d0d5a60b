"""Two people at once: one does it, the other is told who did; nothing is done twice, on both databases."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from escale.capabilities.calls.instruction.actions import handling, reviewing
from escale.capabilities.calls.instruction.models import Review
from escale.capabilities.calls.instruction.queries import scoring
from escale.foundation.clock import reading
from escale.foundation.journal.models import Entry
from escale.rules.refusal import NoHat, Refused
from tests.capabilities.calls.instruction.jury import Jury, write
from tests.capabilities.calls.instruction.world import days


@pytest.fixture
def jury(at, settings, db):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    return Jury(at)


def lines(dossier, act):
    return Entry.objects.filter(subject=dossier.subject, act=act).count()


@pytest.mark.parametrize("act", ["complete", "close"])
def test_both_had_the_page_open_and_the_second_is_told_who_did_it(jury, act):
    dossier = jury.filed()
    first, second = jury.browser(jury.lead), jury.browser(jury.lead)
    for browser in (first, second):
        assert browser.get(f"/instruction/{dossier.number}/").status_code == 200
    assert first.post(f"/instruction/{dossier.number}/{act}", {"reason": "Hors sujet"}).status_code == 303
    answer = second.post(f"/instruction/{dossier.number}/{act}", {"reason": "Hors sujet"})
    assert answer.status_code == 409 and "Philippe Auvray, le" in answer.content.decode()
    assert 'data-code="wrong_state"' in answer.content.decode()
    assert lines(dossier, act) == 1


def test_what_each_read_before_the_other_acted_is_read_again_under_the_lock(jury):
    dossier = jury.filed()
    mine, theirs = jury.again(dossier), jury.again(dossier)
    handling.complete(mine, by=jury.officer, at=jury.at)
    with pytest.raises(Refused) as refused:
        handling.complete(theirs, by=jury.colleague, at=jury.at)
    assert "complet" in refused.value.refusal.message and lines(dossier, "complete") == 1


def test_a_review_finished_while_its_reviewer_is_found_to_have_an_interest(jury):
    dossier = jury.whole()
    review = jury.asked(dossier, jury.hugo)
    write(review, jury.at, territory=5, quality=5)
    held = Review.objects.select_related("dossier__edition", "sheet", "subject").get(pk=review.pk)
    handling.recuse(jury.again(dossier), reason="", person=jury.hugo, by=jury.officer, at=jury.at)
    with pytest.raises((NoHat, Refused)):
        reviewing.finish(held, by=jury.hugo, at=jury.at)
    assert scoring.scores([dossier], at=jury.at)[dossier.pk].reviews == 0


def test_the_same_reviewer_is_not_asked_twice_by_two_officers(jury):
    dossier = jury.whole()
    mine, theirs = jury.again(dossier), jury.again(dossier)
    reviewing.ask(mine, jury.hugo, due_at=jury.at + days(9), by=jury.officer, at=jury.at)
    with pytest.raises(Refused) as refused:
        reviewing.ask(theirs, jury.hugo, due_at=jury.at + days(9), by=jury.colleague, at=jury.at)
    assert refused.value.refusal.code == "known"
    assert Review.objects.count() == 1


def raced(*calls):
    """Runs the calls in threads that start together; gives what each raised, or None."""
    barrier, raised = Barrier(len(calls)), [None] * len(calls)

    def run(n):
        barrier.wait()
        try:
            calls[n]()
        except Exception as wrong:
            raised[n] = wrong
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n,)) for n in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time: its transactions are IMMEDIATE")
@pytest.mark.django_db(transaction=True)
def test_two_threads_decide_at_once(at, settings, transactional_db):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    jury = Jury(at)
    dossier = jury.filed()
    mine, theirs = jury.again(dossier), jury.again(dossier)
    raised = raced(
        lambda: handling.complete(mine, by=jury.officer, at=at),
        lambda: handling.close(theirs, reason="Hors sujet", by=jury.lead, at=at),
        lambda: handling.complete(jury.again(dossier), by=jury.colleague, at=at),
    )
    done = lines(dossier, "complete"), lines(dossier, "close")
    assert done in ((1, 1), (0, 1), (1, 0)) and sum(one is None for one in raised) == sum(done)
    assert all(isinstance(one, Refused) for one in raised if one is not None)
