"""One row per file received or made; the bytes themselves lie in the storage under their digest.

What an organisation gives once (standing documents) and its delegations of signature point to such rows.
"""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escale.foundation.organisations import wording
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.rules.figures import PARIS


class Document(models.Model):
    """A file: what it is called, what it really is, its size in bytes and its SHA-256 (hexadecimal).

    Two rows may share the same bytes. ``by`` is null when the site made the file. ``kind`` is one of
    ``content.KINDS`` ("pdf", "jpeg", …), decided from the bytes and never from the name. ``erased``: the
    bytes were destroyed at the end of their retention, the row and its digest remain as a trace. ``preview``:
    the same picture in a form that browsers show, once someone asked for it.
    """

    class Status(models.TextChoices):
        KEPT = "kept"
        ERASED = "erased"

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    content_type = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.KEPT)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    preview = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(status="kept", erased_at__isnull=True)
                | models.Q(status="erased", erased_at__isnull=False),
                name="erased_document_has_its_instant",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["sha256"], name="document_digest")]

    def __str__(self) -> str:
        return self.name


class StandingQuerySet(models.QuerySet["StandingDocument"]):
    """What an organisation gave once."""

    def present(self) -> "StandingQuerySet":
        """What was not taken back."""
        return self.filter(removed_at__isnull=True)

    def valid_on(self, day: date) -> "StandingQuerySet":
        """What is present and valid on this day, both ends included."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.present().filter(begun, Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class StandingDocument(models.Model):
    """A document that an organisation gives once and that its dossiers use again while it is valid.

    ``kind``: a code of ``organisations.wording.DOCUMENTS``, which scheme files name in ``standing``. Taking it
    back keeps the row: a dossier filed with it keeps its own copy of the file.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="standing_documents")
    kind = models.CharField(_("nature"), max_length=30, choices=list(wording.DOCUMENTS.items()))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("valable à partir du"), null=True, blank=True)
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ("organisation_id", "kind", "-at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="standing_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind}"


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Who may sign in the place of the legal representative."""

    def holding(self, at: datetime) -> "DelegationQuerySet":
        """Those in force on the day of this instant in Paris, both days included, and not ended before."""
        day = at.astimezone(PARIS).date()
        open_ended = Q(until__isnull=True) | Q(until__gte=day)
        return self.filter(open_ended, Q(ended_at__isnull=True) | Q(ended_at__gt=at), since__lte=day)


class Delegation(models.Model):
    """A delegation of signature: the person, its dates (both included), the deposited piece that proves it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="delegations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("à partir du"))
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ("organisation_id", "-since", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="delegation_order"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.person_id}"
