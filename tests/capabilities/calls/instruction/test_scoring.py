"""Scores from finished reviews: what counts, what an interest takes out at once, in how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escale.capabilities.calls.dossiers.models import Conflict
from escale.capabilities.calls.instruction.actions import handling, reviewing
from escale.capabilities.calls.instruction.queries import scoring
from escale.foundation.clock import reading
from escale.foundation.journal.models import Entry
from escale.foundation.organisations import actions as organisations
from escale.rules.refusal import Refused
from tests import build
from tests.capabilities.calls.instruction.jury import Jury, write
from tests.capabilities.calls.instruction.world import days, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def jury(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at + days(1))
    return Jury(at)


def score_of(dossier, at):
    return scoring.scores([dossier], at=at)[dossier.pk]


def test_a_score_is_the_mean_of_what_is_finished(jury):
    dossier = jury.whole()
    assert score_of(dossier, jury.at).hundredths is None
    jury.scored(dossier, jury.hugo, territory=5, quality=3)
    begun = jury.asked(dossier, jury.lea)
    write(begun, jury.at, territory=0)
    assert (score_of(dossier, jury.at).hundredths, score_of(dossier, jury.at).reviews) == (8400, 1)
    write(begun, jury.at, quality=4)
    reviewing.finish(begun, by=jury.lea, at=jury.at)
    told = score_of(dossier, jury.at)
    assert (told.hundredths, told.reviews, told.spread) == (5800, 2, 5200)
    reviewing.reopen(begun, reason="Le territoire a été mal lu.", by=jury.officer, at=jury.at)
    assert score_of(dossier, jury.at).hundredths == 8400


def test_a_review_is_not_finished_without_each_mark(jury):
    review = jury.asked(jury.whole(), jury.hugo)
    write(review, jury.at, territory=6)
    with pytest.raises(Refused) as refused:
        reviewing.finish(review, by=jury.hugo, at=jury.at)
    assert refused.value.refusal.code == "incomplete"
    assert "Indiquez au plus 5" in refused.value.refusal.message
    assert "Répondez à : Qualité" in refused.value.refusal.message


@pytest.mark.parametrize("tie", ["declared", "reported", "mandate in the commune", "member of a partner"])
def test_an_interest_found_after_scoring_sets_the_score_aside(jury, tie):
    dossier, at, later = jury.whole(), jury.at, jury.at + days(1)
    mine = jury.scored(dossier, jury.hugo, territory=5, quality=5)
    jury.scored(dossier, jury.lea, territory=1, quality=3)
    assert score_of(dossier, later).hundredths == 6800
    if tie == "declared":
        reviewing.recuse(mine, reason="Ma sœur y travaille.", by=jury.hugo, at=later)
    if tie == "reported":
        handling.recuse(dossier, reason="", by=jury.officer, person=jury.hugo, at=later)
    if tie == "mandate in the commune":
        organisations.give_mandate(jury.hugo, "elected", at=later, commune=jury.town.commune)
    if tie == "member of a partner":
        partner = build.organisation(later, by=jury.hugo, name="Les Ateliers", legal_form="association")
        dossier.parties.create(name=partner.name, organisation=partner, commune=None)
    assert score_of(dossier, later).hundredths == 3600
    tick()
    mine.refresh_from_db()
    assert mine.state == "set_aside"
    assert mine.marks == {"territory": 5, "quality": 5}
    assert Entry.objects.filter(subject=mine.subject, act__in=["recuse", "set-aside"]).count() == 1
    assert score_of(dossier, at + days(2)).hundredths == 3600
    assert Conflict.objects.count() == (1 if tie in ("declared", "reported") else 0)


def test_the_ranking_says_ties_and_keeps_no_hole_where_someone_may_not_look(jury):
    first, tied, last, none = (jury.whole(title=name) for name in ("A", "B", "C", "D"))
    jury.scored(first, jury.hugo, territory=5, quality=5)
    jury.scored(tied, jury.hugo, territory=3, quality=3)
    jury.scored(last, jury.hugo, territory=3, quality=3)
    jury.scored(last, jury.lea, territory=3, quality=3)
    lines = scoring.ranking(jury.scheme, at=jury.at, for_person=None)
    assert [(one.dossier.pk, one.position, one.tied) for one in lines] == [
        (first.pk, 1, 1), (tied.pk, 2, 2), (last.pk, 2, 2), (none.pk, None, 0),
    ]  # fmt: skip
    assert [one.score.reviews for one in lines] == [1, 1, 2, 0]
    member = build.person(jury.at)
    Conflict.objects.create(dossier=first, person=member, source="declared", by=member, since=jury.at)
    seen = scoring.ranking(jury.scheme, at=jury.at, for_person=member)
    assert [(one.dossier.pk, one.position) for one in seen] == [(tied.pk, 1), (last.pk, 1), (none.pk, None)]


def test_minimums_and_disagreement(jury):
    dossier = jury.whole()
    jury.scored(dossier, jury.hugo, territory=5, quality=1)
    jury.scored(dossier, jury.lea, territory=3, quality=2)
    (line,) = scoring.ranking(jury.scheme, at=jury.at, for_person=None)
    assert (line.score.hundredths, line.score.under_minimum) == (6000, ("quality",))
    assert (line.retained, line.disagreement) == (False, False)
    other = jury.whole(title="Autre")
    jury.scored(other, jury.hugo, territory=5, quality=5)
    jury.scored(other, jury.lea, territory=2, quality=5)
    line = scoring.ranking(jury.scheme, at=jury.at, for_person=None)[0]
    assert (line.retained, line.disagreement, line.score.spread) == (True, True, 3600)


def test_as_many_queries_for_one_dossier_as_for_four(jury):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            scoring.ranking(jury.scheme, at=jury.at, for_person=jury.lead)
        return len(captured)

    jury.scored(jury.whole(), jury.hugo, territory=5, quality=5)
    one = asked()
    for name in ("B", "C", "D"):
        jury.scored(jury.whole(title=name), jury.lea, territory=4, quality=5)
    assert asked() == one <= 11
