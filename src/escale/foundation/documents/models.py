"""One row per file received or made; the bytes themselves lie in the storage under their digest."""

from typing import ClassVar

from django.db import models

from escale.foundation.people.models import Person


class Document(models.Model):
    """A file: what it is called, what it really is, its size in bytes and its SHA-256 (hexadecimal).

    Two rows may share the same bytes. ``by`` is null when the site made the file. ``kind`` is one of
    ``content.KINDS`` ("pdf", "jpeg", …), decided from the bytes and never from the name. ``erased``: the
    bytes were destroyed at the end of their retention, the row and its digest remain as a trace.
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
