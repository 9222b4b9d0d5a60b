"""What a place says for a label because its own page cannot: commitments and documents, each once a referential."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.label.models.label import Referential
from escale.foundation.documents.models import Document
from escale.foundation.people.models import Person
from escale.foundation.places.models import Place


class Declaration(models.Model):
    """What the place declares under the referential's ``code``: yes, no or a figure, as the place file writes it."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="declarations")
    referential = models.ForeignKey(Referential, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    value = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("place_id", "code")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "referential", "code"], name="one_declaration_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.code}"


class Paper(models.Model):
    """A document that the place attached under the referential's ``code``; taken back, the row stays."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="label_papers")
    referential = models.ForeignKey(Referential, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    dated_on = models.DateField(_("daté du"), null=True, blank=True)
    valid_until = models.DateField(_("valable jusqu’au"), null=True, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("place_id", "code", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(dated_on__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gte=F("dated_on")),
                name="label_paper_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.code}"
