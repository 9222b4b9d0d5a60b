"""A partner of a dossier: what was offered, to whom, what they answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers import policy, wording
from escale.capabilities.calls.dossiers.models.dossier import Dossier
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person

#: Who may speak for a partner's organisation.
SPEAKERS = ("owner", "editor")


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Which partnerships someone reads."""

    def visible_to(self, person: Person, at: datetime) -> "PartnershipQuerySet":
        """Those offered to the person or to an organisation they speak for, and those of dossiers they read."""
        return self.filter(
            Q(pk__in=self.offered_to(person, at)) | Q(dossier__in=Dossier.objects.visible_to(person, at))
        )

    def offered_to(self, person: Person, at: datetime) -> "PartnershipQuerySet":
        """Those of which the person is the partner."""
        mine = organisations.organisations_of(person, at, *SPEAKERS)
        return self.filter(Q(email=person.email) | Q(organisation__in=mine))


class Partnership(Stateful):
    """One partner of a dossier: ``row`` is its row in the form. ``terms`` is what was offered and is answered to:
    {``name``, ``legal_form``, ``role``, ``share``, ``amount_cents``}. Only who signs in with ``email``, or speaks
    for the ``organisation`` that answered, is the partner.
    """

    POLICY: ClassVar = policy.PARTNERSHIP
    WORDING: ClassVar = wording.PARTNERSHIP

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="partnerships")
    number = models.CharField(max_length=30, unique=True)
    row = models.CharField(max_length=26)
    email = models.EmailField(_("adresse électronique"))
    terms = models.JSONField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    invited_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    quality = models.CharField(_("en qualité de"), max_length=100, blank=True)
    reason = models.TextField(blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ("dossier_id", "id")
        constraints = [models.UniqueConstraint(fields=["dossier", "row"], name="one_partnership_a_row")]
        indexes = [models.Index(fields=["email"], name="partnership_of_email")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/partenariats/{self.number}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.PartnershipHat]:
        """The partner's, and those that the dossier gives."""
        if person is None:
            return
        mine = organisations.organisations_of(person, at, *SPEAKERS).values_list("pk", flat=True)
        if person.email == self.email or (self.organisation_id and self.organisation_id in mine):
            yield policy.PartnershipHat.PARTNER
        hats = set(self.dossier.hats_of(person, at))
        if hats & self.dossier.POLICY["edit"].hats:
            yield policy.PartnershipHat.LEAD
        if hats & self.dossier.POLICY["read"].hats:
            yield policy.PartnershipHat.READER
