"""What those who prepare a dossier tell one another."""

from django.db import models

from escale.capabilities.calls.dossiers.models.dossier import Dossier
from escale.foundation.people.models import Person


class Comment(models.Model):
    """A remark on one section, between those who prepare the dossier: the service never reads it. Settled, it stays."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="comments")
    section = models.CharField(max_length=80)
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=80, blank=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("dossier_id", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "by", "key"], condition=~models.Q(key=""), name="one_comment_a_key"
            )
        ]
        indexes = [models.Index(fields=["dossier", "section"], name="comment_of_section")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.section} {self.pk}"
