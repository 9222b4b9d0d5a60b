"""A label from self-diagnosis to certificate, to alert, suspension and withdrawal: on pages, by the second."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from escale.capabilities.label.actions import life as actions
from escale.capabilities.label.models import Label, Referential
from escale.capabilities.label.tasks import watching
from escale.foundation.organisations import actions as organisations
from escale.foundation.places import osm
from escale.foundation.places.actions import hours, places, standing
from escale.foundation.places.models import Standing
from escale.foundation.post.models import Mail
from escale.foundation.questionnaires import marked
from escale.foundation.territory.models import Commune
from escale.rules.label.document import read_referential
from escale.rules.refusal import NoHat, Refused
from tests import build

pytestmark = pytest.mark.django_db
FILE = """schema: escale.referential/1
key: essai
title: Label d’essai
summary: Un label pour les essais.
families: [{code: A, label: Ouverture}]
criteria:
  - code: A1
    family: A
    title: Ouvert trois jours ou trente heures
    check: {opening: {days_at_least: 3, hours_at_least: 30, either: yes}}
  - code: A2
    family: A
    title: Ouvert depuis trois mois
    check: {seniority: place.opened_on, at_least: 3 months}
duration: 3 years
charter: {version: essai-1, text: Nous nous engageons.}
contact: {name: Région}
"""


@pytest.fixture
def label(at, tmp_path):
    """Someone of each kind, a place open four days, the referential in force."""
    file = tmp_path / "essai.yaml"
    file.write_text(FILE, encoding="utf-8")
    document, problems = read_referential(marked.read_file(Path(file)).tree)
    assert problems == []
    referential, _edition, created = actions.publish(document, by=None, at=at)
    assert created
    service = build.service()
    officer, lead, steward, stranger = build.officer(at, service), build.person(at), build.person(at), build.person(at)
    organisations.give_mandate(lead, "lead_officer", at=at, service=service)
    place = places.create(
        by=officer, at=at, name="La Passerelle", commune=Commune.objects.get(code="14333"), address="1 quai",
        postcode="14600", kinds=("coworking",), opened_on=date(2020, 1, 1), lon=0.23, lat=49.42,
    )  # fmt: skip
    places.publish(place, by=officer, at=at)
    standing.entrust(place, steward, by=officer, at=at)
    week(place, "Mo-Th 09:00-17:00", officer, at)
    return {
        "referential": referential, "place": place, "officer": officer, "lead": lead, "steward": steward,
        "stranger": stranger, "at": at,
    }  # fmt: skip


def week(place, text, by, at):
    """Gives the place these hours all year."""
    place.refresh_from_db()
    read = osm.read(text)
    hours.set_hours(place, read.weeks, by=by, at=at)


def browser(person=None):
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def granted(cast, **changes):
    values = {"since": cast["at"] - timedelta(days=1), "until": cast["at"] + timedelta(days=365), **changes}
    return actions.grant(
        cast["place"], cast["referential"], act_reference="CP 26-03", by=cast["lead"], at=cast["at"], **values
    )


def test_self_diagnosis_follows_the_place_page(label, at):
    url = f"/label/essai/lieux/{label['place'].slug}/"
    page = browser(label["steward"]).get(url).content.decode()
    assert "Le lieu remplit les engagements du label." in page
    week(label["place"], "Mo-Tu 09:00-17:00", label["officer"], at)
    page = browser(label["steward"]).get(url).content.decode()
    assert "Il manque encore quelque chose." in page
    assert browser(label["stranger"]).get(url).status_code == 404
    assert browser().get(url).status_code == 302


def test_only_a_head_of_service_records_the_act_and_only_when_it_is_met(label, at):
    with pytest.raises(NoHat):
        actions.grant(
            label["place"],
            label["referential"],
            act_reference="CP",
            since=at,
            until=at + timedelta(days=9),
            by=label["officer"],
            at=at,
        )
    week(label["place"], "Mo 09:00-17:00", label["officer"], at)
    with pytest.raises(Refused) as refused:
        granted(label)
    assert refused.value.code == "not_met"
    week(label["place"], "Mo-Th 09:00-17:00", label["officer"], at)
    url = f"/label/essai/lieux/{label['place'].slug}/grant"
    assert (
        browser(label["lead"])
        .post(url, {"since": "2026-03-03", "until": "2026-03-01", "act_reference": ""})
        .status_code
        == 422
    )
    done = browser(label["lead"]).post(url, {"since": "2026-03-03", "until": "2029-03-02", "act_reference": "CP 26-03"})
    assert done.status_code == 303
    found = Label.objects.get()
    assert found.until.isoformat() == "2029-03-02T23:00:00+00:00"
    assert Standing.objects.holding(found.since).filter(place=found.place, kind="labelled").exists()
    with pytest.raises(Refused) as twice:
        granted(label)
    assert twice.value.code == "held_already"


def test_validity_ends_by_its_date_with_no_worker(label, at):
    found = granted(label)
    assert found.checked(at) == "valid"
    assert found.checked(found.until - timedelta(microseconds=1)) == "valid"
    assert found.checked(found.until) == "expired"
    assert not Label.objects.valid(found.until).exists()
    assert not Standing.objects.holding(found.until).filter(place=found.place, kind="labelled").exists()


def test_what_anyone_checks(label):
    found = granted(label)
    page = browser().get(f"/verifier/{found.code}/")
    assert 'data-state="' in page.content.decode()
    told = json.loads(browser().get(f"/verifier/{found.code}/", headers={"accept": "application/json"}).content)
    assert set(told) >= {"state", "from", "until"}
    assert browser().get("/verifier/ABCDEFGH2345/").status_code == 404


def test_the_charter_is_signed_by_the_place(label):
    found = granted(label)
    url = f"{found.get_absolute_url()}sign-charter"
    assert browser(label["officer"]).post(url, {"quality": "x", "honour": "on"}).status_code == 403
    assert browser(label["steward"]).post(url, {"quality": "gérante"}).status_code == 422
    assert browser(label["steward"]).post(url, {"quality": "gérante", "honour": "on"}).status_code == 303
    found.refresh_from_db()
    assert (found.signed_by, found.signed_version) == (label["steward"], "essai-1")
    assert browser(label["steward"]).post(url, {"quality": "gérante", "honour": "on"}).status_code == 409


def test_no_suspension_before_the_place_could_answer(label, at):
    found = granted(label)
    url, lead, steward = found.get_absolute_url(), browser(label["lead"]), browser(label["steward"])
    early = lead.post(f"{url}suspend", {"reason": "Fermé depuis un mois"})
    assert early.status_code == 409
    assert b'data-code="not_warned"' in early.content
    actions.warn(found, reason="Horaires réduits", answer_by=at + timedelta(days=15), by=label["lead"], at=at)
    letter = Mail.objects.get(template="label/warned")
    assert letter.person == label["steward"] and "Horaires réduits" in letter.text and "18 mars 2026" in letter.text
    with pytest.raises(Refused) as refused:
        actions.suspend(found, reason="Fermé", by=label["lead"], at=at + timedelta(days=1))
    assert refused.value.code == "too_early"
    assert steward.post(f"{url}answer", {"text": "Travaux finis le 10."}).status_code == 303
    found.refresh_from_db()
    assert label["lead"] in {one.person for one in Mail.objects.filter(template="label/answered")}
    actions.suspend(found, reason="Fermé", act_reference="Arrêté 26-12", by=label["lead"], at=at + timedelta(days=2))
    assert "Arrêté 26-12" in Mail.objects.get(template="label/suspended").text
    assert found.subject.entries.get(act="suspend").data == {"act": "Arrêté 26-12"}
    assert found.checked(at + timedelta(days=2)) == "suspended"
    assert not Standing.objects.holding(at + timedelta(days=2)).filter(place=found.place, kind="labelled").exists()
    assert Standing.objects.holding(at + timedelta(days=1)).filter(place=found.place, kind="labelled").exists()
    actions.restore(found, reason="Rouvert", by=label["lead"], at=at + timedelta(days=5))
    assert found.checked(at + timedelta(days=5)) == "valid"
    assert "vaut de nouveau" in Mail.objects.get(template="label/restored").text
    assert Standing.objects.holding(at + timedelta(days=6)).filter(place=found.place, kind="labelled").exists()


def test_the_watch_alerts_and_never_withdraws(label, at):
    found = granted(label)
    week(label["place"], "Mo 09:00-12:00", label["officer"], at)
    watching.look_again.func(label["place"].subject.number)
    watching.look_again.func(label["place"].subject.number)
    assert [one.code for one in found.alerts.filter(ended_at__isnull=True)] == ["A1"]
    told = Mail.objects.filter(template="label/alert")
    assert set(told.values_list("person", flat=True)) == {label["steward"].pk, label["lead"].pk}
    found.refresh_from_db()
    assert found.state == "held"
    board = browser(label["lead"]).get("/label/suivi/").content.decode()
    assert "Ouvert trois jours ou trente heures" in board
    week(label["place"], "Mo-Th 09:00-17:00", label["officer"], at)
    watching.look_again.func(label["place"].subject.number)
    assert not found.alerts.filter(ended_at__isnull=True).exists()


def test_lists_agree_with_verdicts(label, at):
    found = granted(label)
    for person in ("officer", "lead", "steward", "stranger"):
        listed = set(Label.objects.visible_to(label[person], at))
        assert listed == ({found} if list(found.hats_of(label[person], at)) else set())
    assert browser(label["stranger"]).get(found.get_absolute_url()).status_code == 404


def test_giving_up_and_renewing(label, at):
    found = granted(label)
    actions.renew(found, until=found.until + timedelta(days=365), act_reference="CP 27-01", by=label["lead"], at=at)
    assert found.standing.until == found.until
    assert (
        browser(label["steward"]).post(f"{found.get_absolute_url()}give-up", {"reason": "Fermeture"}).status_code == 303
    )
    found.refresh_from_db()
    assert found.checked(at) == "given_up"
    assert [one.act for one in found.subject.entries.all()] == ["grant", "renew", "give-up"]


def test_the_same_text_is_the_same_edition(label, at, tmp_path):
    file = tmp_path / "encore.yaml"
    file.write_text(FILE, encoding="utf-8")
    document, _problems = read_referential(marked.read_file(Path(file)).tree)
    found, edition, created = actions.publish(document, by=None, at=at)
    assert (created, edition.n, Referential.objects.count()) == (False, 1, 1)
    assert found.edition == edition
