"""Writing a mail: a row of the outbox in the caller's transaction, sent after it commits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from escale.foundation.journal.models import Subject
from escale.foundation.people.models import Person
from escale.foundation.post import letters
from escale.foundation.post.models import Mail
from escale.foundation.post.sending import fingerprint
from escale.foundation.post.tasks import deliver
from escale.foundation.prepared import insert


def write(
    to: str | Person, template: str, context: dict[str, Any], *, about: Subject | None = None,
    at: datetime, language: str | None = None, key: str = "", secret_for: timedelta | None = None,
) -> Mail:  # fmt: skip
    """Writes the mail ``template`` (``app_label/name``) to ``to`` and queues it, in this transaction.

    ``key``: a mail of the same key is written once for ever; the first one is then given back.
    ``secret_for``: the mail holds a secret that is worth nothing after this long: it is not sent later,
    and its text is blanked once sent. Raises ``letters.MissingWord`` when the context is too short.
    """
    row = compose(to, template, context, about=about, at=at, language=language, key=key, secret_for=secret_for)
    with transaction.atomic():
        mail, created = _keep(row)
        if created:
            deliver.enqueue(mail.pk)
    return mail


def compose(
    to: str | Person, template: str, context: dict[str, Any], *, about: Subject | None = None,
    at: datetime, language: str | None = None, key: str = "", secret_for: timedelta | None = None,
) -> Mail:  # fmt: skip
    """The mail that ``write`` would write, not kept yet: composed before a lock, ``keep`` puts it into the outbox."""
    person = to if isinstance(to, Person) else None
    address = to.email if isinstance(to, Person) else to
    spoken = language or (person.language if person else settings.LANGUAGE_CODE)
    letter = letters.compose(template, {"person": person, **context}, spoken)
    return Mail(
        to=address, person=person, about=about, template=template, language=spoken,
        subject=letter.subject, text=letter.text, html=letter.html, sha256=fingerprint(letter),
        holds_secret=secret_for is not None, useful_until=at + secret_for if secret_for else None,
        key=key, message_id=make_msgid(domain=urlsplit(settings.ESCALE_BASE_URL).hostname or "escale"),
        written_at=at, next_try_at=at,
    )  # fmt: skip


def keep(mails: Sequence[Mail]) -> None:
    """Puts mails whose keys are new into the outbox, in this transaction. What follows the act queues their
    delivery (``deliver_about``); the tick sends what nobody queued.
    """
    fields = [field for field in Mail._meta.concrete_fields if not field.primary_key]
    rows = [[getattr(mail, field.attname) for field in fields] for mail in mails]
    insert(Mail, [field.name for field in fields], rows)


def deliver_about(subject: int) -> None:
    """Queues the delivery of the mails about a subject (its key) that wait in the outbox."""
    waiting = Mail.objects.filter(about=subject, status=Mail.Status.QUEUED).order_by("pk")
    for pk in waiting.values_list("pk", flat=True):
        deliver.enqueue(pk)


def _keep(row: Mail) -> tuple[Mail, bool]:
    if not row.key:
        row.save(force_insert=True)
        return row, True
    Mail.objects.bulk_create([row], ignore_conflicts=True)
    mail = Mail.objects.get(key=row.key)
    return mail, mail.message_id == row.message_id


def hold_back(prefix: str, *, why: str) -> int:
    """Mails of these keys that still wait do not leave any more; gives how many. What is being sent or was is not touched."""
    waiting = Mail.objects.filter(key__startswith=prefix, status=Mail.Status.QUEUED) if prefix else Mail.objects.none()
    return waiting.update(status=Mail.Status.EXPIRED, last_problem=why[:300])
