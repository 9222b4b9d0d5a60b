"""How officers arrange their work: views kept, who has what open, who is away, who knows what."""

from django.db import models
from django.db.models import F, Q

from escale.capabilities.calls.dossiers.models import Dossier
from escale.foundation.organisations.models import Dated, DatedQuerySet, Service
from escale.foundation.people.models import Person


class SavedView(models.Model):
    """Filters, sort and columns under a name; ``service``: shared with its officers, else the owner's alone."""

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_view_a_name")]

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """Someone opened the dossier's sheet, last at ``at``."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "id")
        constraints = [models.UniqueConstraint(fields=["dossier", "person"], name="one_opening_a_person")]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.person_id}"


class Absence(Dated):
    """While someone is away their dossiers are also ``replacement``'s to see to."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    replacement = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    objects = DatedQuerySet["Absence"].as_manager()

    class Meta:
        ordering = ("since", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("replacement")), name="replaced_by_someone_else"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="absence_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.replacement_id}"


class Specialty(models.Model):
    """An officer takes the dossiers of this theme first."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    theme = models.CharField(max_length=60)

    class Meta:
        ordering = ("theme", "id")
        constraints = [models.UniqueConstraint(fields=["person", "service", "theme"], name="one_specialty_a_theme")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.theme}"
