"""Sending what the outbox holds: claimed before it leaves, so that no two workers send the same mail."""

import hashlib
import smtplib
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Protocol

from django.core.mail import EmailMultiAlternatives, mailers
from django.db.models import F, Q

from escale.foundation.post.models import Mail

#: Waiting time after the first, second… failure; the last one repeats until GIVE_UP_AFTER.
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 30, 60, 120, 240)]
GIVE_UP_AFTER = timedelta(days=5)
#: A mail still being sent after this long was left by a worker that died.
LOST_AFTER = timedelta(minutes=15)


class Texts(Protocol):
    """Anything with the three texts of a mail."""

    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def html(self) -> str: ...


def fingerprint(mail: Texts) -> str:
    """SHA-256 of subject, text and html, separated by one zero byte, in hexadecimal."""
    return hashlib.sha256("\0".join((mail.subject, mail.text, mail.html)).encode()).hexdigest()


def deliver(pk: int, *, at: datetime) -> timedelta | None:
    """Sends the mail if it is due and nobody else has taken it; gives how long to wait before a new try.

    None: nothing more to do (sent, given up, expired, or somebody else's).
    """
    claimed = Mail.objects.filter(pk=pk, status=Mail.Status.QUEUED, next_try_at__lte=at).update(
        status=Mail.Status.SENDING, claimed_at=at, attempts=F("attempts") + 1
    )
    if not claimed:
        return None
    mail = Mail.objects.get(pk=pk)
    if mail.useful_until is not None and mail.useful_until <= at:
        _close(mail, Mail.Status.EXPIRED)
        return None
    try:
        mailers["default"].send_messages([_message(mail, at)])
    except smtplib.SMTPRecipientsRefused as error:
        return _refused(mail, error, at)
    except (OSError, smtplib.SMTPException) as error:
        return _try_later(mail, error, at)
    _close(mail, Mail.Status.SENT, sent_at=at, last_problem="")
    return None


def drain(*, at: datetime) -> dict[str, int]:
    """Sends all that is due, what dead workers left included. Gives how many were sent and how many wait."""
    recover(at=at)
    due = Mail.objects.filter(status=Mail.Status.QUEUED, next_try_at__lte=at).values_list("pk", flat=True)
    tried = list(due.order_by("pk"))
    for pk in tried:
        deliver(pk, at=at)
    sent = Mail.objects.filter(pk__in=tried, status=Mail.Status.SENT).count()
    return {"sent": sent, "waiting": Mail.objects.filter(status=Mail.Status.QUEUED).count()}


def recover(*, at: datetime) -> int:
    """Queues again the mails whose worker died while sending; same Message-ID, so the same mail."""
    lost = Mail.objects.filter(status=Mail.Status.SENDING)
    lost = lost.filter(Q(claimed_at__lte=at - LOST_AFTER) | Q(claimed_at__gt=at))
    return lost.update(status=Mail.Status.QUEUED, next_try_at=at)


def _message(mail: Mail, at: datetime) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": mail.message_id,
        "Date": format_datetime(mail.written_at),
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _refused(mail: Mail, error: smtplib.SMTPRecipientsRefused, at: datetime) -> timedelta | None:
    code, said = error.recipients.get(mail.to, (0, b""))
    if 500 <= code < 600:
        words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        _close(mail, Mail.Status.FAILED, last_problem=f"{code} {words}"[:300])
        return None
    return _try_later(mail, error, at)


def _try_later(mail: Mail, error: Exception, at: datetime) -> timedelta | None:
    problem = f"{type(error).__name__}: {error}"[:300]
    if at - mail.written_at >= GIVE_UP_AFTER:
        _close(mail, Mail.Status.FAILED, last_problem=problem)
        return None
    wait = WAITS[min(mail.attempts, len(WAITS)) - 1]
    Mail.objects.filter(pk=mail.pk, status=Mail.Status.SENDING).update(
        status=Mail.Status.QUEUED, next_try_at=at + wait, last_problem=problem
    )
    return wait


def _close(mail: Mail, status: Mail.Status, **columns: object) -> None:
    if mail.holds_secret:
        columns |= {"text": "", "html": ""}
    Mail.objects.filter(pk=mail.pk, status=Mail.Status.SENDING).update(status=status, **columns)
