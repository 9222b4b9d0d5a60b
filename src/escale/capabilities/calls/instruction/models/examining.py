"""What the service finds: judgements on criteria, expenses and limits, the proposal, its visas."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers import policy as dossiers
from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, Frozen, FrozenEvidence
from escale.capabilities.calls.instruction import policy, wording
from escale.foundation.documents.models import Document
from escale.foundation.journal.models import Stateful
from escale.foundation.people.models import Person


class Judgement(models.Model):
    """What an officer says of one point, with the reason; never updated, the last one of a point counts.

    ``criterion``: ``verdict`` met|failed|not_applicable. ``expense`` (``code``: its rank in the plan, from 0):
    ``verdict`` kept|reduced|refused, ``cents`` kept. ``limit``: ``verdict`` met|failed, with its evidence.
    ``amount``: ``cents`` proposed instead of what is computed; none takes that back.
    """

    KINDS = {
        "criterion": _("critère"),
        "expense": _("dépense"),
        "limit": _("limite"),
        "amount": _("montant"),
    }

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="judgements")
    version = models.ForeignKey(DossierVersion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    code = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    cents = models.BigIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    evidence = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("dossier_id", "id")
        constraints = [
            models.CheckConstraint(condition=Q(cents__isnull=True) | Q(cents__gte=0), name="no_negative_amount")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind} {self.code}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenEvidence(str(self))
        super().save(*args, **kwargs)


class Examination(Frozen):
    """The examination as it ended: what was judged, the base, the lines of the aid. The truth of "why" for ever."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="examinations")
    n = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("dossier_id", "n")
        constraints = [models.UniqueConstraint(fields=["dossier", "n"], name="one_examination_a_number")]

    def __str__(self) -> str:
        return f"{self.dossier_id} examen {self.n}"


class Visa(Stateful):
    """Someone else of the service reads the proposal (known by its digest) before the examination ends."""

    POLICY: ClassVar = policy.VISA
    WORDING: ClassVar = wording.VISA

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="visas")
    kind = models.CharField(max_length=10, choices=list(wording.VISAS.items()))
    sha256 = models.CharField(max_length=64)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("dossier_id", "id")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.VisaHat]:
        """Officers read; the second pair of eyes is not the first; the head of the service signs theirs."""
        if person is None:
            return
        worn = set(self.dossier.hats_of(person, at))
        if dossiers.Hat.OFFICER in worn:
            yield policy.VisaHat.OFFICER
        if self.kind == "four_eyes" and dossiers.Hat.OFFICER in worn and person.pk != self.asked_by_id:
            yield policy.VisaHat.SIGNER
        if self.kind == "lead" and dossiers.Hat.LEAD in worn:
            yield policy.VisaHat.SIGNER
