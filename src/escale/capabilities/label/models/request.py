"""A label asked through a dossier of another service: which place, what it fulfilled when it was filed."""

from django.db import models

from escale.capabilities.label.models.label import Referential
from escale.foundation.editions.models import Edition
from escale.foundation.journal.models import Subject
from escale.foundation.places.models import Place


class Request(models.Model):
    """``dossier`` is known by its journal alone. ``told``: the self-diagnosis at ``at``, kept as evidence."""

    dossier = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="label_requests")
    referential = models.ForeignKey(Referential, on_delete=models.PROTECT, related_name="requests")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=60, blank=True)
    told = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.place_id}"
