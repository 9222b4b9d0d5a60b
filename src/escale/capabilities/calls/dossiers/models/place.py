"""The place for which a dossier asks a label, when its call grants one."""

from django.db import models

from escale.capabilities.calls.dossiers.models.dossier import Dossier
from escale.foundation.people.models import Person
from escale.foundation.places.models import Place


class AskedPlace(models.Model):
    """Chosen while the dossier is a draft, frozen with its filing."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="asked_place")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.place_id}"
