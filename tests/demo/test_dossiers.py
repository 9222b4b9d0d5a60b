"""The demonstration's dossiers come from the real actions."""

import pytest

from escale.capabilities.calls.committee.models import Appeal, Letter, Recall, Recusal, Sitting, Vote
from escale.capabilities.calls.committee.queries import decisions
from escale.capabilities.calls.dossiers.models import Dossier, Partnership
from escale.capabilities.calls.dossiers.queries import lists, readiness
from escale.capabilities.calls.instruction.models import Review
from escale.capabilities.calls.instruction.queries import scoring
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import build, people
from escale.demo.people import person
from escale.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_each_dossier_has_the_journal_of_its_life(at):
    assert build.build(at=at, say=lambda line: None)
    untouched = Dossier.objects.filter(officer=None)
    dossiers = {one.state: one for one in untouched.order_by("pk")}
    assert sorted(one.state for one in untouched) == ["draft"] * 5 + ["submitted"] * 2 + ["withdrawn"]
    acts = Entry.objects.filter(subject=dossiers["submitted"].subject).values_list("act", flat=True)
    assert list(acts) == ["create", "submit"]
    read = untouched.visible_to(person("officer"), at)
    # What was filed, and the draft that the service enters for a town hall without a network.
    assert sorted(one.state for one in read) == ["draft", "submitted", "submitted", "withdrawn"]
    assert [one.behalf.way for one in read if one.state == "draft"] == ["paper"]
    assert not Dossier.objects.visible_to(person("officer-elsewhere"), at).exists()


def test_a_dossier_is_prepared_by_several(at):
    build.build(at=at, say=lambda line: None)
    states = dict(Partnership.objects.values_list("row", "state"))
    assert states == {"atelier": "confirmed", "cafe": "invited"}
    dossier = Partnership.objects.first().dossier
    ready = readiness.prepare(lists.whole().get(pk=dossier.pk), at)
    assert ready.spending_cents == ready.resources_cents == 3_708_060
    assert [gap.section for gap in ready.gaps] == ["les-partenaires", "les-pieces", "les-pieces"]


def test_dossiers_went_through_instruction_then_a_vote_and_its_letters(at):
    build.build(at=at, say=lambda line: None)
    worked = Dossier.objects.exclude(officer=None).exclude(scheme__key="cafes-de-village")
    dossiers = {one.state: one for one in worked.exclude(state__in=["voted", "notified"])}
    assert set(dossiers) == {"submitted", "complete", "examined"}
    acts = list(Entry.objects.filter(subject=dossiers["examined"].subject).values_list("act", flat=True))
    assert acts == ["create", "submit", "assign", "complete", "judge", "examine"]
    assert dossiers["submitted"].awaited == "applicant"
    call = Scheme.objects.get(key="cafes-de-village")
    lines = scoring.ranking(call, at=at, for_person=None)
    assert [(one.position, one.score.reviews, one.disagreement) for one in lines] == [
        (1, 1, False), (2, 2, True), (3, 1, False), (4, 1, False), (None, 0, False),
    ]  # fmt: skip
    # A vote was told by letters, one of them contested; an award is about to be withdrawn; some are left to read.
    assert sorted(Letter.objects.values_list("kind", "state")) == [
        ("adjournment", "prepared"), ("award", "opened"), ("award", "opened"), ("funder", "prepared"), ("partial", "opened"),
        ("refusal", "sent"), ("waiting", "prepared"), ("warning", "sent"),
    ]  # fmt: skip
    assert (Appeal.objects.get().state, Recall.objects.get().state) == ("filed", "warned")
    assert sorted(Review.objects.values_list("state", flat=True)) == ["asked", *["finished"] * 5, "set_aside"]
    held, called = Sitting.objects.order_by("number")
    assert (held.state, called.state) == ("closed", "convened")
    assert Vote.objects.filter(state="prepared").count() == 1
    vote = Vote.objects.get(sitting=held)
    assert vote.state == "recorded" and decisions.decision_of(vote.lines.first().dossier, at).pays
    away = Recusal.objects.select_related("person", "line__dossier__organisation").get(line__vote=vote)
    assert (away.person.name, away.line.dossier.organisation.name) == ("Odette Rivière", people.APPLICANT)
