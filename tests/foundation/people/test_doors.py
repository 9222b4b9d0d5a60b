"""The seam for federations and passkeys: a door proves an address its own way, the rest is the same for all."""

import pytest

from escale.foundation.people import actions, closing, doors
from escale.foundation.people.models import Person, Session
from escale.foundation.people.sessions import SessionStore
from escale.rules.refusal import Refused
from escale.site import wiring
from tests import build

pytestmark = pytest.mark.django_db
DOOR = doors.Door("federation", "Se connecter par la fédération", "home")


@pytest.fixture
def opened(monkeypatch):
    monkeypatch.setattr(wiring, "DOORS", [DOOR])


def came(rf, agent="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"):
    request = rf.get("/", headers={"user-agent": agent})
    request.session = SessionStore()
    return request


def test_a_door_is_shown_on_the_sign_in_page_and_keeps_the_way_back(client, opened):
    page = client.get("/connexion/", {"next": "/dossiers/"}).content.decode()
    assert 'href="/?next=%2Fdossiers%2F">Se connecter par la fédération' in page.replace(
        "next=/dossiers/", "next=%2Fdossiers%2F"
    )


def test_without_a_door_nothing_is_said(client):
    assert "Autrement" not in client.get("/connexion/").content.decode()


def test_who_comes_through_a_door_has_an_account_and_a_recognisable_session(rf, at):
    request = came(rf)
    person = doors.enter(request, DOOR, " Agent@Region.fr", at=at, name="Agent")
    request.session.save()
    assert (person.email, person.name) == ("agent@region.fr", "Agent")
    assert Person.objects.get(pk=person.pk).last_login == at
    assert Session.objects.get(person=person).how == "federation"
    assert doors.enter(came(rf), DOOR, "agent@region.fr", at=at) == person


def test_a_closed_account_stays_closed_whatever_the_door(rf, at):
    person = build.person(at)
    closing.close(person, at=at)
    person.refresh_from_db()
    with pytest.raises(Refused) as refused:
        actions.sign_in(came(rf), person, how="federation", at=at)
    assert refused.value.code == "account_closed"
