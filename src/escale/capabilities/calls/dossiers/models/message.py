"""Messages between an applicant and the service: written once, with files, read or not by each person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers.models.dossier import Dossier
from escale.foundation.documents.models import Document
from escale.foundation.people.models import Person


class Side(models.TextChoices):
    """For whom a message was written."""

    APPLICANT = "applicant", _("le déposant")
    SERVICE = "service", _("le service")


class Message(models.Model):
    """What someone wrote about a dossier. Never changed: it may be quoted. ``key`` makes a double click one message."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=10, choices=Side.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    key = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("dossier_id", "id")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "by", "key"], condition=~Q(key=""), name="one_message_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.side} {self.pk}"


class MessageFile(models.Model):
    """A file joined to a message."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.message_id} {self.document_id}"


class Reading(models.Model):
    """How far someone has read the messages of a dossier: ``upto`` is the highest message they had before them."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    upto = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["dossier", "person"], name="one_reading_a_person")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.person_id}: {self.upto}"


class Pace(models.TextChoices):
    """How often someone wants mail about messages."""

    NOW = "now", _("à chaque message")
    DAILY = "daily", _("une fois par jour, en un seul courriel")
    NEVER = "never", _("jamais : je viens voir sur le site")


class MailChoice(models.Model):
    """What someone chose; no row means at each message. ``told`` is the highest message that a digest spoke of."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    pace = models.CharField(max_length=10, choices=Pace.choices, default=Pace.NOW)
    told = models.PositiveBigIntegerField(default=0)
    digested_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.pace}"
