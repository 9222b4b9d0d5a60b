"""The account: name, password, address proved before it changes, devices signed out one by one."""

import re

import pytest
from django.test import Client

from escale.foundation.people import limits
from escale.foundation.people.models import Person, Session, Tally
from escale.foundation.post.models import Mail
from escale.rules.refusal import Refused
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(at):
    return build.person(at, email="maire@exemple.fr")


def signed_in(person, agent="Mozilla/5.0 (iPhone) Safari/605"):
    """A browser in which ``person`` signed in by a mailed link."""
    client = Client(headers={"user-agent": agent})
    client.post("/connexion/send-code", {"email": person.email})
    link = re.search(r"https?://[^/]+(/connexion/lien/\S+)", Mail.objects.latest("pk").text)[1]
    client.post(f"{link}sign-in")
    return client


def test_profile(person):
    browser = signed_in(person)
    assert browser.post("/compte/update", {"name": "", "language": "fr"}).status_code == 422
    answer = browser.post("/compte/update", {"name": "Zoé Hüe", "phone": "02 31 00 00 00", "language": "en"})
    assert answer.status_code == 303
    person.refresh_from_db()
    assert (person.name, person.language) == ("Zoé Hüe", "en")


def test_pages_ask_to_sign_in(client):
    for address in ("/compte/", "/compte/appareils/"):
        answer = client.get(address)
        assert answer.headers["Location"].startswith("/connexion/?next=%2Fcompte%2F")


def test_devices_are_listed_and_signed_out_one_by_one(person):
    phone, laptop = signed_in(person), signed_in(person, "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    page = laptop.get("/compte/appareils/").content.decode()
    assert page.index("Firefox sur Windows") < page.index("Safari sur iPhone")
    reference = Session.objects.get(device="Safari sur iPhone").reference
    laptop.post(f"/compte/appareils/{reference}/revoke")
    assert phone.get("/compte/").status_code == 302
    assert laptop.get("/compte/").status_code == 200


def test_nobody_signs_out_the_devices_of_another(person, at):
    mine, theirs = signed_in(person), signed_in(build.person(at, email="autre@exemple.fr"))
    reference = Session.objects.get(person__email="autre@exemple.fr").reference
    mine.post(f"/compte/appareils/{reference}/revoke")
    assert theirs.get("/compte/").status_code == 200


def test_all_others_at_once(person):
    first, second, third = (signed_in(person) for _one in range(3))
    first.post("/compte/appareils/revoke-others")
    assert [one.get("/compte/").status_code for one in (first, second, third)] == [200, 302, 302]


def test_a_new_password_signs_other_devices_out_and_is_announced(person):
    here, there = signed_in(person), signed_in(person)
    weak = here.post("/compte/set-password", {"password": "court"})
    assert weak.status_code == 422
    assert "court" not in weak.content.decode().replace("trop court", "")
    assert here.post("/compte/set-password", {"password": "une phrase assez longue"}).status_code == 303
    assert (here.get("/compte/").status_code, there.get("/compte/").status_code) == (200, 302)
    assert Mail.objects.latest("pk").template == "people/password_changed"
    wrong = here.post("/compte/set-password", {"current": "non", "password": "une autre phrase longue"})
    assert wrong.status_code == 422


def test_the_address_changes_only_once_the_new_one_is_proved(person):
    browser = signed_in(person)
    assert browser.post("/compte/change-email", {"email": "Nouvelle@exemple.fr"}).status_code == 303
    person.refresh_from_db()
    assert person.email == "maire@exemple.fr"
    mail = Mail.objects.latest("pk")
    link = re.search(r"https?://[^/]+(/compte/adresse/\S+)", mail.text)[1]
    assert browser.get(link).status_code == 200
    assert browser.post(f"{link}confirm").status_code == 303
    person.refresh_from_db()
    assert (mail.to, person.email) == ("nouvelle@exemple.fr", "nouvelle@exemple.fr")
    told = Mail.objects.latest("pk")
    assert (told.to, told.template) == ("maire@exemple.fr", "people/email_changed")


def test_an_address_that_is_taken_is_answered_alike_and_its_owner_is_told(person, at):
    build.person(at, email="prise@exemple.fr")
    browser = signed_in(person)
    free = browser.post("/compte/change-email", {"email": "libre@exemple.fr"})
    taken = browser.post("/compte/change-email", {"email": "prise@exemple.fr"})
    assert free.headers["Location"] == taken.headers["Location"]
    assert Mail.objects.latest("pk").template == "people/address_taken"
    assert Person.objects.get(pk=person.pk).email == "maire@exemple.fr"


def test_limits_count_every_try(at):
    for _try in range(6):
        limits.spend("mail-to-address", "a@exemple.fr", at=at)
    with pytest.raises(Refused) as refused:
        limits.spend("mail-to-address", "a@exemple.fr", at=at)
    assert refused.value.code == "too_many"
    assert Tally.objects.get().tries == 7
    assert "a@exemple.fr" not in Tally.objects.get().key
