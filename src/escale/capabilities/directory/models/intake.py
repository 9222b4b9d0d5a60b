"""A file of places sent by the Region: how its columns are read, what it would change, what it changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from escale.capabilities.directory import policy, wording
from escale.foundation.documents.models import Document
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations.queries import is_of_the_region
from escale.foundation.people.models import Person


class IntakeQuerySet(models.QuerySet["Intake"]):
    """Which files someone may see."""

    def visible_to(self, person: Person, at: datetime) -> "IntakeQuerySet":
        """All for the Region, none for others."""
        return self if is_of_the_region(person, at) else self.none()


class Intake(Stateful):
    """``columns``: our field → heading of the file; empty: as recognised. ``kinds``: word of the file → our kind
    ("" for none); ``kind``: that of lines that say none ("" leaves them in preparation). ``told``: what the last
    comparison found, bounded; after the writing, what was done.
    """

    POLICY: ClassVar = policy.INTAKE
    WORDING: ClassVar = wording.INTAKE

    number = models.CharField(max_length=12, unique=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("qui a fait ce fichier"), max_length=100)
    columns = models.JSONField(default=dict, blank=True)
    kinds = models.JSONField(default=dict, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    told = models.JSONField(default=dict, blank=True)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-id")

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("intake", args=[self.number])

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.IntakeHat]:
        """The Region, or the clock."""
        if person is None:
            yield policy.IntakeHat.CLOCK
        elif is_of_the_region(person, at):
            yield policy.IntakeHat.OFFICER
