"""A dossier that the service enters for an applicant who could not: received on paper, or during an outage."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers.models.dossier import Dossier
from escale.foundation.people.models import Person


class Way(models.TextChoices):
    """Why the applicant did not file it here."""

    PAPER = "paper", _("dossier reçu sur papier ou par courriel")
    OUTAGE = "outage", _("panne du site")


class Behalf(models.Model):
    """Who enters a dossier in the applicant's place and why. ``received_at``: the instant at which the service had it
    in hands, which is its filing's; never later than the entering (``at``).
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="behalf")
    way = models.CharField(max_length=10, choices=Way.choices)
    received_at = models.DateTimeField(_("reçu le"))
    reason = models.TextField(_("motif"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=Q(received_at__lte=F("at")), name="received_before_entered")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.way}"
