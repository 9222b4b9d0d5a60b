"""The outbox: one row per mail, written with what caused it, kept as it was sent."""

from typing import ClassVar

from django.db import models

from escale.foundation.journal.models import Subject
from escale.foundation.people.models import Person


class Mail(models.Model):
    """A mail: queued, being sent, sent, failed for good, or expired before it could leave.

    ``text`` and ``html`` are kept exactly as sent, except when ``holds_secret`` (a sign-in code): they are
    blanked once sent. ``key`` (unique when not empty) makes a repeated request write one mail only.
    ``message_id`` is fixed when the row is written: a mail sent again after a crash is the same mail.
    ``sha256`` is the digest of subject, text and html as sent (see ``sending.fingerprint``).
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        EXPIRED = "expired"

    to = models.EmailField(max_length=254)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    about = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="mails")
    template = models.CharField(max_length=100)
    language = models.CharField(max_length=2, default="fr")
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    holds_secret = models.BooleanField(default=False)
    key = models.CharField(max_length=200, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    useful_until = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="one_mail_per_key"),
            models.CheckConstraint(
                condition=models.Q(status="sent", sent_at__isnull=False)
                | (~models.Q(status="sent") & models.Q(sent_at__isnull=True)),
                name="sent_mail_has_its_instant",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "next_try_at"], name="mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
