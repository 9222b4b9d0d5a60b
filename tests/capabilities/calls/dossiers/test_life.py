"""A draft is copied, moved to a newer text, recalled, prolonged, announced, left to expire: each once and in words."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest

from escale.capabilities.calls.dossiers.actions import drafts, life, notices
from escale.capabilities.calls.dossiers.models import Dossier, Notice
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries import lists, readiness, standing, terms
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.journal.models import Entry
from escale.foundation.post.models import Mail
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change
from escale.rules.refusal import Refused
from tests.capabilities.calls.dossiers import stage as on
from tests.journeys.scheme import DOCUMENT

pytestmark = pytest.mark.django_db
#: The call closes on 31 March 2026 at the end of the day, in Paris (summer time since the 29th).
CLOSES = datetime(2026, 3, 31, 21, 59, 59, 999_999, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(at, settings):
    settings.ESCALE_DEMO = True
    reading.move_to(at)


@pytest.fixture
def world(at):
    return on.stage(at)


def mails(template):
    return Mail.objects.filter(template=f"dossiers/{template}")


def test_a_closing_is_recalled_fifteen_and_three_days_before_once(world, at):
    on.draft(world, at)
    fifteen = datetime(2026, 3, 16, 22, 59, 59, 999_999, tzinfo=UTC)  # the same hour in Paris, before the clocks change
    assert notices.remind(fifteen - timedelta(microseconds=1)) == 0
    assert notices.remind(fifteen) == 1
    assert notices.remind(fifteen + timedelta(hours=1)) == 0
    assert set(mails("reminder").values_list("person", flat=True)) == {
        world.people["mayor"].pk, world.people["secretary"].pk,
    }  # fmt: skip
    text = mails("reminder").first().text
    assert "Il manque encore" in text and "Titre du projet" in text and "31\u00a0mars 2026" in text
    three = datetime(2026, 3, 28, 22, 59, 59, 999_999, tzinfo=UTC)
    assert (notices.remind(three - timedelta(microseconds=1)), notices.remind(three)) == (0, 1)
    assert notices.remind(CLOSES + timedelta(seconds=1)) == 0
    assert mails("reminder").count() == 4


def test_what_was_filed_or_begun_later_is_not_recalled(world, at):
    on.filed(world, at)
    on.draft(world, CLOSES - timedelta(days=10))
    assert notices.remind(CLOSES - timedelta(days=9)) == 0
    assert notices.remind(CLOSES - timedelta(days=2)) == 1


def test_a_prolongation_is_told_with_its_reason_and_recalled_anew(world, at):
    made = on.draft(world, at)
    assert notices.remind(CLOSES - timedelta(days=2)) == 1
    schemes.amend(
        world.scheme, "prolong", {"kind": "prolong", "until": "2026-04-15"}, reason="Panne du 30 mars.", by=None, at=at
    )
    on.work()
    told = mails("prolonged").first()
    assert "15\u00a0avril 2026" in told.text and "Panne du 30 mars." in told.text
    assert mails("prolonged").count() == 2
    assert notices.remind(CLOSES + timedelta(days=13)) == 1
    page = on.browser(world, "mayor").get(world.scheme.get_absolute_url()).content.decode()
    assert "Panne du 30 mars." in page and "15\u00a0avril 2026" in page
    assert Notice.objects.filter(dossier=made).count() == 3


def test_a_prolongation_told_today_is_not_recalled_today(world, at):
    on.draft(world, at)
    near = CLOSES - timedelta(days=1)
    assert notices.remind(near) == 1
    payload = {"kind": "prolong", "until": "2026-04-10"}
    schemes.amend(world.scheme, "prolong", payload, reason="Panne.", by=None, at=near)
    on.work()
    assert notices.remind(near + timedelta(hours=1)) == 0
    assert notices.remind(CLOSES + timedelta(days=8)) == 1


def test_a_draft_left_alone_is_announced_then_expires_and_can_be_copied(at):
    world = on.stage(at, clocks={"draft_days": 40}, calendar={"kind": "permanent"})
    made = on.ready(world, at)
    assert terms.expiry(made) == terms.days_from(at, 40)
    notices.due(terms.days_from(at, 24))
    assert not Notice.objects.exists()
    for _n in range(2):
        notices.due(terms.days_from(at, 26))
    assert mails("expiry").count() == 2 and not mails("expired").exists()
    end = terms.days_from(at, 40)
    assert notices.expire(end - timedelta(seconds=1)) == 0
    assert (notices.expire(end), notices.expire(end)) == (1, 0)
    made.refresh_from_db()
    assert made.state == State.EXPIRED and mails("expired").count() == 2
    last = Entry.objects.filter(subject=made.subject).last()
    assert (last.act, last.by, last.at) == ("expire", None, end)
    page = on.browser(world, "secretary").get(made.get_absolute_url()).content.decode()
    assert "a expiré" in page and "La grange de l’Aître" in page
    assert on.browser(world, "officer").get(made.get_absolute_url()).status_code == 404
    copied = life.copy(made, world.scheme, by=world.people["secretary"], at=end)
    assert readiness.prepare(lists.whole().get(pk=copied.pk), end).gaps == []


def test_a_draft_just_changed_does_not_expire(at):
    world = on.stage(at, clocks={"draft_days": 40}, calendar={"kind": "permanent"})
    made, end = on.draft(world, at), terms.days_from(at, 40)
    drafts.save(made, [Change(Place("project_title"), "Encore")], by=world.people["mayor"], at=end - timedelta(days=1))
    with pytest.raises(Refused) as early:
        life.expire(made, at=end)
    assert early.value.code == "too_early"
    assert notices.expire(end) == 0


def test_copied_to_a_later_wave_linked_to_the_first(at):
    waves = {
        "kind": "waves",
        "waves": [
            {"code": "w1", "opens": "2026-02-01", "closes": "2026-03-31"},
            {"code": "w2", "opens": "2026-05-01", "closes": "2026-06-30"},
        ],
    }
    world = on.stage(at, calendar=waves)
    first = on.filed(world, at)
    mayor = on.browser(world, "mayor")
    mayor.post(f"{first.get_absolute_url()}withdraw", {"reason": "À revoir."})
    may = datetime(2026, 5, 4, 8, tzinfo=UTC)
    again = life.copy(first, world.scheme, by=world.people["mayor"], at=may, key="again")
    assert life.copy(first, world.scheme, by=world.people["mayor"], at=may, key="again") == again
    whole = lists.whole().get(pk=again.pk)
    on.sign(whole, world, may)
    document = lists.filed_document(lists.latest_version(whole))
    assert (document["origin"], document["answer"]["filing"]["wave"]) == (first.number, "w2")
    assert [one["sha256"] for one in document["pieces"]] == [piece.document.sha256 for piece in first.pieces.all()]
    assert again.number in mayor.get(first.get_absolute_url()).content.decode()
    assert first.number in mayor.get(again.get_absolute_url()).content.decode()
    assert list(Entry.objects.filter(subject=first.subject).values_list("act", flat=True)) == [
        "create", "submit", "withdraw", "copy",
    ]  # fmt: skip


def test_the_page_of_the_copy(world, at):
    other = on.publish(at, key="autre-appel", title="Un autre appel")
    first = on.filed(world, at)
    secretary = on.browser(world, "secretary")
    address = f"{first.get_absolute_url()}copy"
    page = secretary.get(address).content.decode()
    assert "Granges ouvertes (déposer de nouveau)" in page and "Un autre appel" in page
    assert secretary.post(address, {"key": "k"}).status_code == 422
    answers = [secretary.post(address, {"call": other.key, "key": "k"}) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    made = Dossier.objects.get(scheme=other)
    assert (made.origin, made.title, made.sheet.answers.count()) == (first, first.title, len(on.TYPED))
    assert on.browser(world, "reader").get(address).status_code == 403


def test_a_newer_text_is_adopted_with_its_differences_seen(world, at):
    made = on.ready(world, at)
    form = deepcopy(DOCUMENT["form"])
    form[0]["questions"] = [one for one in form[0]["questions"] if one["code"] != "start_on"]
    form[0]["questions"][0]["label"] = "Le lieu a-t-il un autre propriétaire ?"
    form[0]["questions"].append({"code": "surface", "kind": "number", "label": "Surface", "required": "yes"})
    pieces = [{"code": "deliberation", "label": "Délibération"}, {"code": "quote", "label": "Devis"}]
    world.scheme = on.publish(at, form=form, pieces=pieces)
    on.work()
    assert mails("amended").count() == 2
    mayor = on.browser(world, "mayor")
    with pytest.raises(Refused) as refused:
        on.sign(lists.whole().get(pk=made.pk), world, at)
    assert refused.value.code == "edition_changed"
    page = mayor.get(f"{made.get_absolute_url()}adopt").content.decode()
    for words in (
        "Question retirée\u00a0: Début des travaux", "Nouvelle question, obligatoire\u00a0: Surface", "Question reformulée",
        "Un autre propriétaire\u00a0?", "Nouvelle pièce\u00a0: Devis",
    ):  # fmt: skip
        assert words.replace("\u00a0", " ") in page.replace("\u00a0", " ").replace("\u202f", " "), words
    assert mayor.post(f"{made.get_absolute_url()}adopt").status_code == 303
    moved = lists.whole().get(pk=made.pk)
    assert moved.edition == world.scheme.edition
    ready = readiness.prepare(moved, at)
    assert [gap.control for gap in ready.gaps] == ["surface", "piece-quote"]
    assert moved.sheet.answers.filter(code="start_on").exists()
    assert mayor.post(f"{made.get_absolute_url()}adopt").status_code == 409


def test_every_state_says_where_the_dossier_is(world, at):
    assert set(standing.SENTENCES) == set(State)
    filed = on.filed(world, at)
    said = standing.standing(filed, at)
    assert "Déposé le 3 mars 2026 à 10 h 00" in said.sentence and said.who == "Service du numérique"


def test_the_promised_delays_are_told(at):
    world = on.stage(at, clocks={"completeness_days": 60, "decision_months": 4})
    filed = on.filed(world, at)
    assert "avant le 2 mai 2026" in standing.standing(filed, at).sentence
    later = at + timedelta(days=90)
    assert "avant le 3 juillet 2026" in standing.standing(filed, later).sentence
    assert standing.standing(filed, at + timedelta(days=200)).until is None


def test_too_late_is_said_with_what_can_be_done(world, at):
    made = on.ready(world, at)
    late = CLOSES + timedelta(hours=9)
    reading.move_to(late)
    mayor = on.browser(world, "mayor")
    page = mayor.get(f"{made.get_absolute_url()}depot/").content.decode().replace("\u00a0", " ").replace("\u202f", " ")
    assert "l’appel a fermé le 31 mars 2026 à 23 h 59" in page
    assert "Votre brouillon est gardé jusqu’au 3 mars 2027" in page and f"{made.get_absolute_url()}copy" in page
    refused = mayor.post(
        f"{made.get_absolute_url()}submit", {"signer": "O", "quality": "maire", "honour": "on", "key": "k"}
    )
    assert refused.status_code == 409 and 'data-code="late"' in refused.content.decode()
    assert made.get_absolute_url() in mayor.get("/dossiers/").content.decode()


def test_a_call_that_passes_late_dossiers_on_says_to_which_wave(at):
    waves = {
        "kind": "waves", "late": "next_wave",
        "waves": [
            {"code": "w1", "label": "Hiver", "opens": "2026-02-01", "closes": "2026-03-31"},
            {"code": "w2", "label": "Automne", "opens": "2026-09-01", "closes": "2026-11-30"},
        ],
    }  # fmt: skip
    world = on.stage(at, calendar=waves)
    made = on.ready(world, at)
    reading.move_to(CLOSES + timedelta(days=1))
    mayor = on.browser(world, "mayor")
    assert "reporté à la vague suivante" in mayor.get(f"{made.get_absolute_url()}depot/").content.decode()
    mayor.post(f"{made.get_absolute_url()}submit", {"signer": "O", "quality": "maire", "honour": "on", "key": "k"})
    receipt = mayor.get(f"{made.get_absolute_url()}recu").content.decode()
    assert "Automne" in receipt and "reporté à la vague suivante" in receipt


def test_a_piece_that_the_newer_text_no_longer_asks_keeps_nothing_back(world, at):
    made = on.ready(world, at)
    world.scheme = on.publish(at, pieces=[])
    life.adopt(made, by=world.people["mayor"], at=at)
    whole = lists.whole().get(pk=made.pk)
    assert readiness.prepare(whole, at).gaps == []
    receipt = on.sign(whole, world, at)
    assert lists.filed_document(receipt.version)["pieces"] == []


def test_the_service_is_told_of_a_withdrawal(world, at):
    dossier = on.filed(world, at)
    answer = on.browser(world, "mayor").post(f"{dossier.get_absolute_url()}withdraw", {"reason": "Projet reporté."})
    assert answer.status_code == 303
    told = mails("withdrawn").get()
    assert told.person == world.people["officer"] and "Projet reporté." in told.text
