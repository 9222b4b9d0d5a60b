"""Papers kept once a sitting is closed or a vote recorded: the same bytes for ever."""

from django.db import models
from django.db.models import Q

from escale.capabilities.calls.committee.models.sitting import Sitting
from escale.capabilities.calls.committee.models.voting import Vote
from escale.foundation.documents.models import Document


class Paper(models.Model):
    """``kind`` minutes|book|annex, as ``document``. It belongs to a sitting or to a vote."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    kind = models.CharField(max_length=20)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["sitting", "kind"], name="one_paper_a_sitting"),
            models.UniqueConstraint(fields=["vote", "kind"], name="one_paper_a_vote"),
            models.CheckConstraint(
                condition=Q(sitting__isnull=False, vote__isnull=True) | Q(sitting__isnull=True, vote__isnull=False),
                name="a_paper_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_id}"
