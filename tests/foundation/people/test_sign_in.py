"""Signing in by code, link and password: once, in time, counted, and telling nothing about who is known."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from escale.foundation.people import limits
from escale.foundation.people.models import Person, Proof, Session
from escale.foundation.post.models import Mail
from tests import build

pytestmark = pytest.mark.django_db
ASK = "/connexion/send-code"


@pytest.fixture
def browser(monkeypatch, at):
    """A browser whose clock can be moved: ``browser.at``."""
    moving = {"at": at}
    monkeypatch.setattr("escale.site.middleware.now", lambda: moving["at"])
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"})
    client.clock = moving
    return client


def secrets():
    """The link and the code of the last mail."""
    mail = Mail.objects.latest("pk")
    link = re.search(r"https?://[^/]+(/connexion/lien/\S+)", mail.text)[1]
    return link, re.search(r"^\s+(\d{6})$", mail.text, re.MULTILINE)[1]


def ask(browser, email="maire@exemple.fr", **more):
    return browser.post(ASK, {"email": email, **more})


def is_in(browser):
    return browser.get("/compte/").status_code == 200


def test_a_code_signs_in_and_makes_the_account_at_first(browser):
    assert ask(browser, " Maire@Exemple.FR ").headers["Location"] == "/connexion/code/"
    assert not Person.objects.exists()
    _link, code = secrets()
    answer = browser.post("/connexion/code/enter", {"code": f"{code[:3]} {code[3:]}"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/compte/")
    assert Person.objects.get().email == "maire@exemple.fr"
    assert is_in(browser)
    session = Session.objects.get(person=Person.objects.get())
    assert (session.device, session.how) == ("Firefox sur Linux", "code")


def test_opening_the_link_shows_one_button_and_signs_nobody_in(browser):
    ask(browser, next="/appels/x/?a=1")
    link, _code = secrets()
    page = browser.get(link).content.decode()
    assert page.count('id="sign-in"') == 1
    assert not is_in(browser)
    answer = browser.post(f"{link}sign-in")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/appels/x/?a=1")
    assert is_in(browser)
    assert Client().post(f"{link}sign-in").status_code == 409


def test_a_code_serves_once_and_only_where_it_was_asked(browser):
    ask(browser)
    _link, code = secrets()
    assert Client().post("/connexion/code/enter", {"code": code}).status_code == 409
    assert browser.post("/connexion/code/enter", {"code": code}).status_code == 303
    assert Proof.objects.get().used_at is not None


def test_link_and_code_end_after_fifteen_minutes(browser, at):
    ask(browser)
    link, code = secrets()
    browser.clock["at"] = at + timedelta(minutes=15)
    assert browser.get(link).status_code == 409
    answer = browser.post("/connexion/code/enter", {"code": code})
    assert answer.status_code == 409
    assert 'data-code="proof_over"' in answer.content.decode()


def test_five_wrong_codes_end_the_proof(browser):
    ask(browser)
    link, code = secrets()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    answers = [browser.post("/connexion/code/enter", {"code": wrong}).content.decode() for _try in range(5)]
    assert "essais restants : 1" in answers[3].replace("\u00a0", " ")
    assert 'data-code="proof_over"' in answers[4]
    assert browser.post("/connexion/code/enter", {"code": code}).status_code == 409
    assert browser.post(f"{link}sign-in").status_code == 409


def test_known_and_unknown_addresses_get_the_same_answer(browser, at, django_assert_num_queries):
    build.person(at, email="connue@exemple.fr")
    known, unknown = ask(browser, "connue@exemple.fr"), ask(Client(), "inconnue@exemple.fr")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    texts = {re.sub(r"\d{6}|lien/\S+", "", mail.text) for mail in Mail.objects.all()}
    assert len(texts) == 1


def test_an_address_is_written_to_six_times_an_hour(browser, at):
    assert {ask(browser).status_code for _try in range(6)} == {303}
    refused = ask(Client())
    assert refused.status_code == 429
    assert 'data-code="too_many"' in refused.content.decode()
    assert ask(Client(), "autre@exemple.fr").status_code == 303
    browser.clock["at"] = at + timedelta(hours=1)
    assert ask(browser).status_code == 303


def test_a_wrong_address_is_asked_again_and_kept(browser):
    answer = ask(browser, "maire@", next="/appels/")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="maire@"' in page
    assert 'value="/appels/"' in page


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.example/", "//ailleurs.example", "javascript:x", "/\\a.b"])
def test_next_stays_on_the_site(browser, elsewhere):
    ask(browser, next=elsewhere)
    link, _code = secrets()
    assert browser.post(f"{link}sign-in").headers["Location"] == "/compte/"


def test_password(browser, at):
    someone = build.person(at, email="maire@exemple.fr")
    someone.set_password("une phrase assez longue")
    someone.save()
    build.person(at, email="sans@exemple.fr")

    def enter(email, password):
        return browser.post("/connexion/mot-de-passe/sign-in", {"email": email, "password": password})

    refused = [enter("maire@exemple.fr", "non"), enter("sans@exemple.fr", "non"), enter("nul@exemple.fr", "non")]
    assert {answer.status_code for answer in refused} == {409}
    assert {re.search(r'data-code="(\w+)"', answer.content.decode())[1] for answer in refused} == {"password_wrong"}
    assert enter("Maire@exemple.fr", "une phrase assez longue").status_code == 303
    assert is_in(browser)


def test_a_closed_account_does_not_open(browser, at):
    Person.objects.filter(pk=build.person(at, email="maire@exemple.fr").pk).update(is_active=False)
    ask(browser)
    link, _code = secrets()
    answer = browser.post(f"{link}sign-in")
    assert answer.status_code == 409
    assert 'data-code="account_closed"' in answer.content.decode()


def test_signing_out_ends_the_session_and_wipes_local_copies(browser):
    ask(browser)
    link, _code = secrets()
    browser.post(f"{link}sign-in")
    answer = browser.post("/connexion/sign-out")
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert not is_in(browser)
    assert not Session.objects.filter(person__isnull=False).exists()


def test_networks_are_told_apart_as_they_should(rf, settings):
    def seen(address, forwarded=""):
        return limits.network(rf.get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=forwarded))

    assert seen("192.0.2.1", "203.0.113.9") == "192.0.2.1"
    assert seen("2001:db8::1") == seen("2001:db8::2") != seen("2001:db8:0:1::1")
    settings.ESCALE_PROXIES = 1
    assert seen("192.0.2.1", "10.0.0.1, 203.0.113.9") == "203.0.113.9"


def test_a_session_shows_its_last_sign_of_life(browser, at):
    ask(browser)
    link, _code = secrets()
    browser.post(f"{link}sign-in")
    for minutes, shown in ((9, 0), (10, 10), (19, 10), (45, 45)):
        browser.clock["at"] = at + timedelta(minutes=minutes)
        browser.get("/compte/")
        assert Session.objects.get(person__isnull=False).seen_at == at + timedelta(minutes=shown)
