"""What people and files send about a place, each with its life."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.directory import policy, wording
from escale.foundation.documents.models import Document
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations.queries import is_of_the_region
from escale.foundation.people.models import Person
from escale.foundation.places.models import Place


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Which claims someone may see."""

    def visible_to(self, person: Person, at: datetime) -> "ClaimQuerySet":
        """One's own; all for the Region."""
        return self if is_of_the_region(person, at) else self.filter(claimant=person)


class Claim(Stateful):
    """Someone asks to keep a place's page, with what proves that they are of it."""

    POLICY: ClassVar = policy.CLAIM
    WORDING: ClassVar = wording.CLAIM

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="claims")
    claimant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    quality = models.CharField(_("en qualité de"), max_length=150)
    proof = models.TextField(_("ce qui le montre"), max_length=2000)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("-claimed_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "claimant"], condition=Q(state=policy.ClaimState.PENDING), name="one_pending_claim"
            )
        ]

    def __str__(self) -> str:
        return f"{self.claimant} → {self.place}"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.ClaimHat]:
        """Who asked, or the Region."""
        if person is None:
            return
        if person.pk == self.claimant_id:
            yield policy.ClaimHat.CLAIMANT
        if is_of_the_region(person, at):
            yield policy.ClaimHat.OFFICER


class ReportQuerySet(models.QuerySet["Report"]):
    """Which reports someone may see."""

    def visible_to(self, person: Person, at: datetime) -> "ReportQuerySet":
        """Those of the places whose page one keeps; all for the Region."""
        return self.filter(place__in=Place.objects.visible_to(person, at))


class Report(Stateful):
    """Anyone says, without an account, what is wrong on a page. ``email`` only if an answer is wanted."""

    POLICY: ClassVar = policy.REPORT
    WORDING: ClassVar = wording.REPORT

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(_("ce qui est à corriger"), max_length=2000)
    email = models.EmailField(_("adresse électronique"), blank=True)
    reported_at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-reported_at", "-id")

    def __str__(self) -> str:
        return f"{self.place} {self.reported_at:%Y-%m-%d}"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.ReportHat]:
        """Who keeps the page, or the Region."""
        if person is None:
            return
        hats = {str(hat) for hat in self.place.hats_of(person, at)}
        yield from (hat for hat in policy.ReportHat if hat in hats)


class Resemblance(Stateful):
    """A line of a file looks like a place that is known: a person of the Region decides, never the import.

    ``record``: the line as read (field → value), kept until decided.
    """

    POLICY: ClassVar = policy.RESEMBLANCE
    WORDING: ClassVar = wording.RESEMBLANCE

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=100)
    ref = models.CharField(max_length=200)
    record = models.JSONField(default=dict)
    because = models.CharField(max_length=300)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("found_at", "id")
        constraints = [models.UniqueConstraint(fields=["source", "ref"], name="one_resemblance_a_reference")]

    def __str__(self) -> str:
        return f"{self.source} {self.ref}"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.ResemblanceHat]:
        """The Region."""
        if person is not None and is_of_the_region(person, at):
            yield policy.ResemblanceHat.OFFICER
