"""After the grant: renewal asked and invited, corrections with dates, the year's report, the end, the sample, the board."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from escale.capabilities.label.actions import following, life
from escale.capabilities.label.models import Label, Step, YearReport
from escale.capabilities.label.queries import board, sampling
from escale.capabilities.label.tasks import watching
from escale.foundation.clock import reading
from escale.foundation.post.models import Mail
from escale.rules.refusal import Refused
from tests.capabilities.label import cast as casting
from tests.capabilities.label.test_life import week

pytestmark = pytest.mark.django_db
SEEN = board.Asked()


@pytest.fixture
def who(at, settings):
    """The label began two years and a half ago and ends in five months: the window of renewal is open."""
    settings.ESCALE_DEMO = True
    reading.move_to(at)
    found = casting.cast(at)
    found.label = life.grant(
        found.place, found.referential, act_reference="CP 23-09", since=at - timedelta(days=915),
        until=at + timedelta(days=150), by=found.lead, at=at,
    )  # fmt: skip
    return found


def browser(person=None):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def test_a_campaign_writes_once_to_each_place_that_ends_soon(who):
    assert browser(who.steward).post("/label/suivi/invite").status_code == 403
    page = browser(who.officer).get("/label/suivi/?mois=4").content.decode()
    assert "Inviter ce lieu" not in page
    officer = browser(who.officer)
    assert "Inviter ce lieu à renouveler" in officer.get("/label/suivi/?mois=6").content.decode()
    assert officer.post("/label/suivi/invite", {"mois": "6"}).headers["Location"].endswith("fait=1")
    assert officer.post("/label/suivi/invite", {"mois": "6"}).headers["Location"].endswith("fait=0")
    letter = Mail.objects.get(template="label/invited")
    assert letter.person == who.steward and "au plus tard le" in letter.text
    page = browser(who.steward).get(who.label.get_absolute_url()).content.decode()
    assert "Le lieu a été invité à renouveler" in page


def test_the_place_asks_in_the_window_of_its_referential(who, at):
    url = f"{who.label.get_absolute_url()}ask-renewal"
    assert browser(who.officer).post(url).status_code == 403
    end = who.label.until
    who.label.until = end + timedelta(days=200)
    with pytest.raises(Refused) as early:
        following.ask_renewal(who.label, words="", by=who.steward, at=at)
    assert early.value.code == "not_open" and "à partir du" in early.value.message
    who.label.until = end
    with pytest.raises(Refused) as late:
        following.ask_renewal(who.label, words="", by=who.steward, at=at + timedelta(days=100))
    assert late.value.code == "late"
    following.ask_renewal(who.label, words="Nous continuons.", by=who.steward, at=at)
    page = browser(who.lead).get("/label/suivi/").content.decode()
    assert "renouvellement demandé" in page
    life.renew(who.label, until=who.label.until + timedelta(days=1095), act_reference="CP 26-05", by=who.lead, at=at)
    assert who.label.checked(at + timedelta(days=200)) == "valid"


def test_corrections_have_dates_and_an_answer(who, at):
    url = who.label.get_absolute_url()
    officer = browser(who.officer)
    wrong = officer.post(f"{url}plan-steps", {"what_1": "Poser une rampe", "due_1": ""})
    assert wrong.status_code == 422 and "Poser une rampe" in wrong.content.decode()
    past = officer.post(f"{url}plan-steps", {"what_1": "Poser une rampe", "due_1": "2020-01-01"})
    assert past.status_code == 409 and b'data-code="past"' in past.content
    day = at.date() + timedelta(days=20)
    following.plan_steps(who.label, [("Poser une rampe", day), ("Afficher les horaires", day)], by=who.officer, at=at)
    assert "- Poser une rampe (" in Mail.objects.get(template="label/steps").text
    step = Step.objects.get(what="Poser une rampe")
    assert officer.post(f"{url}finish-step", {"step": step.pk, "answer": "x"}).status_code == 403
    assert browser(who.steward).post(f"{url}finish-step", {"step": "99999", "answer": "Fait"}).status_code == 422
    assert browser(who.steward).post(f"{url}finish-step", {"step": step.pk, "answer": "Rampe posée"}).status_code == 303
    assert "Rampe posée" in officer.get(url).content.decode()
    later = at + timedelta(days=30)
    found = board.board(who.lead, later, SEEN)
    assert [one.what for one in found.late] == ["Afficher les horaires"]
    following.each_tick(at + timedelta(days=14))
    following.each_tick(at + timedelta(days=15))
    assert Mail.objects.filter(template="label/step_due").count() == 1


def test_the_report_of_each_year_is_asked_once_and_given_once(who, at):
    assert [(one.number, year) for one, year in board.board(who.lead, at, SEEN).unreported] == [(who.label.number, 2)]
    following.each_tick(at)
    following.each_tick(at + timedelta(days=1))
    assert Mail.objects.filter(template="label/report_asked").count() == 1
    url = f"{who.label.get_absolute_url()}report-year"
    assert browser(who.officer).post(url, {"changes": "x"}).status_code == 403
    bad = browser(who.steward).post(url, {"visitors": "-4", "open_days": "500", "changes": ""})
    assert bad.status_code == 422
    given = {"visitors": 2300, "open_days": 212, "changes": "Un nouvel atelier", "difficulties": ""}
    following.report_year(who.label, **given, by=who.steward, at=at)
    with pytest.raises(Refused) as twice:
        following.report_year(who.label, **given, by=who.steward, at=at)
    assert twice.value.code == "given" and YearReport.objects.get().year == 2
    assert board.board(who.lead, at, SEEN).unreported == []
    assert "Un nouvel atelier" in browser(who.officer).get(who.label.get_absolute_url()).content.decode()
    young = Label.objects.get()
    Label.objects.filter(pk=young.pk).update(since=at - timedelta(days=200))
    young.refresh_from_db()
    with pytest.raises(Refused) as early:
        following.report_year(young, **given, by=who.steward, at=at)
    assert early.value.code == "too_early"


def test_a_label_that_is_over_says_so_and_can_be_granted_again(who, at):
    end = who.label.until
    with pytest.raises(Refused):
        following.lapse(who.label, at=end - timedelta(seconds=1))
    again = life.grant(
        who.place,
        who.referential,
        act_reference="CP 26-09",
        since=end,
        until=end + timedelta(days=900),
        by=who.lead,
        at=end,
    )
    who.label.refresh_from_db()
    assert (who.label.state, who.label.checked(end), again.checked(end)) == ("lapsed", "expired", "valid")
    assert following.each_tick(again.until) == 1
    again.refresh_from_db()
    assert [one.act for one in again.subject.entries.all()] == ["grant", "lapse"]


def test_the_sample_gives_its_reasons_in_order_of_risk(who, at):
    week(who.place, "Mo 09:00-12:00", who.officer, at)
    watching.look_again.func(who.place.subject.number)
    found, size = sampling.sample(who.lead, at, "essai")
    assert size == 1
    assert (found[0].points, found[0].chosen) == (5, True)
    assert found[0].reasons == ["1 engagement n’est plus rempli d’après la fiche", "jamais visité"]
    page = browser(who.lead).get("/label/suivi/echantillon/").content.decode()
    assert "jamais visité" in page and "5 points" in page and "dans l’échantillon" in page
    assert browser(who.steward).get("/label/suivi/echantillon/").status_code == 403
    casting.planned(who)
    assert sampling.sample(who.lead, at, "essai")[0] == []


def test_the_board_is_filtered_and_exported_the_same(who, at):
    Label.objects.filter(pk=who.label.pk).update(act_reference="=CMD()")
    lead = browser(who.lead)
    lines = list(
        csv.reader(io.StringIO(lead.get("/label/suivi/labels.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    row = dict(zip(lines[0], lines[1], strict=True))
    assert (row["Numéro"], row["Département"], row["Acte"]) == (who.label.number, "14", "'=CMD()")
    assert row["État"] in ("valable", "terminé")
    book = CalamineWorkbook.from_filelike(io.BytesIO(lead.get("/label/suivi/labels.xlsx").content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert sheet[0] == lines[0] and sheet[1][0] == who.label.number
    empty = lead.get("/label/suivi/labels.csv?departement=76&etat=valid").content.decode("utf-8-sig")
    assert len(empty.splitlines()) == 2 or "departement" not in empty
    assert len(browser(who.stranger).get("/label/suivi/labels.csv").content.decode().splitlines()) == 1
    for hostile in ("?mois=99999999999999999999", "?etat=%00", "?label=%FF", "?mois=-1&departement=zz"):
        assert lead.get(f"/label/suivi/{hostile}").status_code == 200


def test_the_board_costs_the_same_with_one_and_four(who, at, django_assert_num_queries, django_assert_max_num_queries):
    lead = browser(who.lead)
    with django_assert_max_num_queries(25) as first:
        lead.get("/label/suivi/")
    for n in range(3):
        place = casting.build.place(at, name=f"Lieu {n}", hours="Mo-Th 09:00-17:00", opened_on=date(2020, 1, 1))
        life.grant(
            place, who.referential, act_reference="CP", since=at - timedelta(days=915), until=at + timedelta(days=150),
            by=who.lead, at=at,
        )  # fmt: skip
    with django_assert_num_queries(len(first)):
        lead.get("/label/suivi/")
