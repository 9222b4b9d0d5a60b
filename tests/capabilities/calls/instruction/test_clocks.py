"""The two silences: each is the edition's word, happens by itself, bears its own instant; asking suspends it."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.dossiers.models import AnswerIndex, DossierVersion
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions import correcting, handling
from escale.capabilities.calls.instruction.models import Correction
from escale.capabilities.calls.instruction.queries import clocks, sheet
from escale.capabilities.calls.instruction.queries.correcting import differences
from escale.foundation.clock import reading
from escale.foundation.journal import verify
from escale.foundation.journal.models import Entry
from escale.foundation.post.models import Mail
from escale.rules.refusal import NoHat, Refused
from escale.rules.scheme.clocks import running
from tests.capabilities.calls.instruction.world import CLOCKS, PDF, World, days, tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    return World(at)


def fill(client, asked, **values):
    """Posts the page of a correction, as a browser would."""
    page = client.get(asked.get_absolute_url()).content.decode()
    seen = html.unescape(re.search(r'name="seen" value="([^"]*)"', page)[1])
    data = {name.replace("__", "."): value for name, value in values.items()}
    return client.post(f"{asked.get_absolute_url()}fill", {"seen": seen, **data})


def journal(dossier):
    return list(Entry.objects.filter(subject=dossier.subject_id).order_by("n").values_list("act", "at", "by"))


def test_silence_on_completeness_then_on_the_request_each_at_its_own_instant(world, at):
    dossier = world.filed()
    reading.move_to(at + days(300))
    tick()
    acts = {act: when for act, when, by in journal(dossier) if by is None}
    # Sixty days then four months later, at the hour of the filing in Paris (summer time has begun meanwhile).
    assert acts == {
        "deem-complete": datetime(2026, 5, 2, 8, 0, tzinfo=UTC), "deem-refused": datetime(2026, 9, 2, 8, 0, tzinfo=UTC),
    }  # fmt: skip
    assert world.again(dossier).state == "closed"
    assert set(Mail.objects.filter(about=dossier.subject).values_list("template", flat=True)) >= {
        "instruction/complete", "instruction/refused",
    }  # fmt: skip
    n = Entry.objects.count()
    tick()
    assert Entry.objects.filter(subject=dossier.subject_id).count() == len(journal(dossier))
    assert Entry.objects.count() == n and list(verify.problems()) == []


@pytest.mark.parametrize(
    ("clocks_", "state"),
    [
        ({"completeness_days": "60", "completeness_silence": "nothing", "decision_months": "4"}, "submitted"),
        ({"completeness_days": "60", "completeness_silence": "complete"}, "complete"),
        ({"decision_months": "2", "decision_silence": "acceptance"}, "notified"),
        ({"decision_months": "2", "decision_silence": "refusal"}, "closed"),
        ({"keep_years": "5"}, "submitted"),
    ],
)
def test_each_silence_means_what_the_edition_says(at, settings, clocks_, state):
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    world = World(at, clocks=clocks_)
    dossier = world.filed()
    reading.move_to(at + days(400))
    tick()
    assert world.again(dossier).state == state


def test_who_comes_after_the_due_instant_finds_what_silence_did(world, at):
    dossier = world.filed()
    with pytest.raises(Refused) as late:
        handling.complete(dossier, by=world.officer, at=at + days(61))
    assert late.value.code == "wrong_state"
    handling.complete(other := world.filed("Autre", key="b"), by=world.officer, at=at + days(59))
    assert world.again(other).completed_at == at + days(59)


def test_asking_suspends_and_the_days_are_counted(world, at):
    dossier = world.filed()
    due = world.again(dossier).due_at
    asked = correcting.ask(
        dossier, [("answer", "has_owner", "Est-ce sûr ?"), ("piece", "deliberation", "")], message="Précisez.",
        due_at=at + days(30), by=world.officer, at=at + days(10),
    )  # fmt: skip
    dossier = world.again(dossier)
    assert (dossier.awaited, dossier.due_at) == ("applicant", at + days(30))
    assert clocks.clock_of(dossier).due is None and "suspendu" in sheet.clock_sentence(dossier, at + days(11))
    with pytest.raises(Refused) as waits:
        handling.complete(dossier, by=world.officer, at=at + days(11))
    assert waits.value.code == "correction_awaited"
    client = world.browser(world.mayor)
    reading.move_to(at + days(17))
    assert "Compléter le dossier" in client.get(f"/dossiers/{dossier.number}/").content.decode()
    assert client.get(f"/corrections/{dossier.number}/")["Location"] == asked.get_absolute_url()
    page = client.get(asked.get_absolute_url()).content.decode()
    assert 'name="has_owner"' in page and 'name="project_title"' not in page
    refused = client.post(f"{asked.get_absolute_url()}answer")
    assert refused.status_code == 409 and "Il reste à compléter" in refused.content.decode()
    file = SimpleUploadedFile("nouvelle.pdf", PDF + b"%2", "application/pdf")
    sent = fill(client, asked, has_owner="yes", project_title="Piraté", send="1", piece__deliberation=file)
    # The new answer opens a question that nobody answered yet: it is unlocked too, and nothing else.
    page = sent.content.decode()
    assert sent.status_code == 409 and 'name="owner"' in page and 'name="project_title"' not in page
    sent = fill(client, asked, has_owner="yes", owner="Mme Lefèvre", send="1")
    assert sent.status_code == 303
    dossier = world.again(dossier)
    clock = clocks.clock_of(dossier)
    assert clock.suspended_days == 7 and clock.due == due + days(7) == dossier.due_at
    assert "7 jours" in sheet.clock_sentence(dossier, at + days(20))


def test_only_what_is_asked_is_unlocked_and_both_versions_are_shown(world, at):
    dossier = world.filed()
    asked = correcting.ask(
        dossier, [("answer", "start_on", "")], message="La date ?", due_at=at + days(30), by=world.officer, at=at
    )  # fmt: skip
    client, first = world.browser(world.mayor), DossierVersion.objects.get()
    sent = fill(client, asked, start_on="2026-06-15", project_title="Autre", send="1")
    assert sent.status_code == 303
    asked = Correction.objects.get()
    told = differences(asked.before, asked.after)
    assert [(one["label"], one["before"], one["after"]) for one in told] == [
        ("Début des travaux", "2026-05-01", "2026-06-15")
    ]
    assert world.again(dossier).title == "La grange de l’Aître"
    assert DossierVersion.objects.get(pk=first.pk).sha256 == first.sha256
    assert lists.latest_version(dossier).n == 2
    assert str(AnswerIndex.objects.get(code="start_on").day) == "2026-06-15"
    page = world.browser(world.officer).get(asked.get_absolute_url()).content.decode()
    assert "<del>" in page and "<ins>" in page
    assert world.browser(world.officer).post(f"{asked.get_absolute_url()}settle").status_code == 303
    assert client.post(f"{asked.get_absolute_url()}fill", {"start_on": "2027-01-01"}).status_code == 409
    assert world.browser(world.elsewhere).get(asked.get_absolute_url()).status_code == 404
    with pytest.raises(NoHat):
        correcting.fill(asked, [], by=world.officer, at=at)


def test_no_answer_in_time_lapses_at_the_deadline_and_the_clock_goes_on(world, at):
    dossier = world.filed()
    due = world.again(dossier).due_at
    correcting.ask(
        dossier, [("answer", "start_on", "")], message="?", due_at=at + days(20), by=world.officer, at=at + days(5)
    )  # fmt: skip
    reading.move_to(at + days(90))
    tick()
    asked = Correction.objects.get()
    assert (asked.state, asked.ended_at) == ("lapsed", at + days(20))
    assert world.again(dossier).completed_at == due + days(15)


def test_two_requests_at_once_do_not_count_twice():
    def d(day, hour=9):
        return datetime(2026, 3, day, hour, tzinfo=UTC)

    found = running(CLOCKS, filed_at=d(1), completed_at=None, pauses=[(d(3), d(10)), (d(5), d(12)), (d(20), d(20, 18))])
    assert (found.suspended_days, found.kind, found.act) == (9, "completeness", "deem-complete")
    assert running({}, filed_at=d(1), completed_at=None) is None
    decision = running(
        {**CLOCKS, "decision_months": 1}, filed_at=d(1), completed_at=datetime(2026, 1, 31, 9, tzinfo=UTC)
    )
    assert (decision.kind, decision.due.date().isoformat()) == ("decision", "2026-02-28")


def test_a_dossier_taken_back_awaits_nobody(world, at):
    dossier = world.filed()
    answer = world.browser(world.mayor).post(f"/dossiers/{dossier.number}/withdraw", {"reason": "Reporté."})
    dossier = world.again(dossier)
    assert (answer.status_code, dossier.state, dossier.awaited, dossier.due_at) == (303, "withdrawn", "", None)
    reading.move_to(at + days(400))
    tick()
    assert world.again(dossier).state == "withdrawn"


def test_a_year_typed_wrong_is_said(world, at):
    dossier, officer = world.filed(), world.browser(world.officer)
    for day in ("0001-01-01", "9999-12-31", "hier", ""):
        sent = officer.post(
            f"/instruction/{dossier.number}/correct", {"item": "answer:start_on", "message": "?", "due_on": day}
        )
        assert sent.status_code == 422, day
