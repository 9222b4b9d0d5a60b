"""A mail is written once, sent once, and waits for a mail server that is down."""

import email
import email.policy
import smtplib
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from escale.foundation.post import actions, letters, sending
from escale.foundation.post.models import Mail
from tests import build

pytestmark = pytest.mark.django_db
DOWN = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
    }
}
CONTEXT = {"link": "https://exemple.fr/a?b=1", "code": "012345", "minutes": 15}


@pytest.fixture
def folder(tmp_path, settings):
    settings.MAILERS = {
        "default": {"BACKEND": "escale.foundation.post.folder.FolderBackend", "OPTIONS": {"folder": str(tmp_path)}}
    }
    return tmp_path


@pytest.fixture
def server_down(settings):
    settings.MAILERS = DOWN


def write(at, **given):
    return actions.write("a@exemple.fr", "people/sign_in", CONTEXT, at=at, **given)


def read(folder):
    return [email.message_from_bytes(Path(f).read_bytes(), policy=email.policy.default) for f in folder.glob("*.eml")]


def test_a_mail_leaves_as_it_was_written(at, folder):
    mail = write(at)
    assert sending.drain(at=at) == {"sent": 1, "waiting": 0}
    (message,) = read(folder)
    mail.refresh_from_db()
    assert (message["Subject"], message["To"], message["Message-ID"]) == (mail.subject, mail.to, mail.message_id)
    assert message.get_content().rstrip("\n") == mail.text.rstrip("\n")
    assert sending.fingerprint(mail) == mail.sha256
    assert CONTEXT["link"] in mail.text


def test_french_typography_and_names_are_not_escaped(at, folder):
    mail = actions.write(
        "a@exemple.fr", "people/confirm_email", {"link": "https://e.fr/?a=1;b=2", "minutes": 15, "name": "L'O & <Co>"}, at=at
    )  # fmt: skip
    assert "L’O & <Co>" in mail.text
    assert "https://e.fr/?a=1;b=2" in mail.text
    assert "page\u00a0:" in mail.text


def test_a_key_writes_one_mail_for_ever(at, folder):
    first, second = write(at, key="receipt-1"), write(at + timedelta(days=1), key="receipt-1")
    assert first.pk == second.pk
    assert Mail.objects.count() == 1
    assert DBTaskResult.objects.count() == 1


def test_a_rolled_back_transaction_writes_no_mail(at):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(at)
        1 / 0  # noqa: B018  # the failure under test
    assert not Mail.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_letter_with_a_hole_is_never_written(at):
    with pytest.raises(letters.MissingWord):
        actions.write("a@exemple.fr", "people/sign_in", {"link": "x"}, at=at)
    assert not Mail.objects.exists()


def test_delivering_twice_sends_once(at, folder):
    mail = write(at)
    sending.deliver(mail.pk, at=at)
    sending.deliver(mail.pk, at=at)
    assert len(read(folder)) == 1


def test_a_server_down_is_tried_again_later_and_catches_up(at, folder, settings):
    working, settings.MAILERS = settings.MAILERS, DOWN
    mail = write(at)
    assert sending.drain(at=at) == {"sent": 0, "waiting": 1}
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.next_try_at) == ("queued", 1, at + timedelta(minutes=1))
    settings.MAILERS = working
    assert sending.drain(at=at + timedelta(seconds=59))["sent"] == 0
    assert sending.drain(at=at + timedelta(minutes=1))["sent"] == 1
    assert len(read(folder)) == 1


def test_after_five_days_of_failures_a_mail_is_given_up(at, server_down):
    mail = write(at)
    sending.deliver(mail.pk, at=at + timedelta(days=5))
    mail.refresh_from_db()
    assert mail.status == "failed"
    assert "ConnectionRefusedError" in mail.last_problem


def test_a_mail_left_by_a_dead_worker_is_the_same_mail_when_sent_again(at, folder):
    mail = write(at)
    Mail.objects.filter(pk=mail.pk).update(status="sending", claimed_at=at)
    assert sending.drain(at=at + timedelta(minutes=14))["sent"] == 0
    assert sending.drain(at=at + timedelta(minutes=15))["sent"] == 1
    assert read(folder)[0]["Message-ID"] == mail.message_id


def test_a_secret_is_blanked_once_sent_and_not_sent_when_it_is_worth_nothing(at, folder):
    sent, late = write(at, secret_for=timedelta(minutes=15)), write(at, secret_for=timedelta(minutes=15))
    sending.deliver(sent.pk, at=at)
    sending.deliver(late.pk, at=at + timedelta(minutes=15))
    sent.refresh_from_db()
    late.refresh_from_db()
    assert (sent.status, sent.text, late.status, late.text) == ("sent", "", "expired", "")
    assert len(read(folder)) == 1


def test_a_refused_recipient_is_not_tried_again(at, settings):
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.RefusingBackend"}}
    mail = write(at)
    assert sending.deliver(mail.pk, at=at) is None
    mail.refresh_from_db()
    assert (mail.status, mail.last_problem) == ("failed", "550 no such user")


class RefusingBackend:
    """A mail server that knows nobody."""

    def __init__(self, **given):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"no such user") for message in messages})


def test_a_person_is_written_to_in_their_language(at):
    someone = build.person(at)
    someone.language = "en"
    someone.save()
    assert actions.write(someone, "people/password_changed", {}, at=at).language == "en"
