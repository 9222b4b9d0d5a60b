"""A scheme as it is listed: columns copied from its current edition, so that lists read no document."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.schemes import policy, wording
from escale.foundation.editions.models import Edition, Series
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person


class SchemeQuerySet(models.QuerySet["Scheme"]):
    """Which schemes someone sees."""

    def public(self) -> "SchemeQuerySet":
        """Those that have been published and not put away."""
        return self.filter(state__in=[policy.State.PUBLISHED, policy.State.SUSPENDED])

    def visible_to(self, person: Person | None, at: datetime) -> "SchemeQuerySet":
        """The public ones, and those of the person's services."""
        shown = Q(state__in=[policy.State.PUBLISHED, policy.State.SUSPENDED])
        if person is None:
            return self.filter(shown)
        return self.filter(shown | Q(service__in=organisations.services_of(person, at)))


class Scheme(Stateful):
    """A call or aid, under one key for ever. ``edition`` is the one in force."""

    POLICY: ClassVar = policy.SCHEME
    WORDING: ClassVar = wording.SCHEME

    key = models.SlugField(_("adresse"), max_length=60, unique=True)
    series = models.OneToOneField(Series, on_delete=models.PROTECT, related_name="scheme")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="schemes")
    title = models.CharField(_("titre"), max_length=200)
    summary = models.TextField(blank=True)
    kind = models.CharField(max_length=10)
    funds = models.CharField(max_length=200, blank=True)
    themes = models.TextField(blank=True)
    audiences = models.TextField(blank=True)
    departements = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True, editable=False)
    opens_at = models.DateTimeField(null=True, db_index=True)
    closes_at = models.DateTimeField(null=True, db_index=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ("closes_at", "title", "id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/appels/{self.key}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.Hat]:
        """Everybody visits; the service's officers prepare; nobody signed in means a command of the operator."""
        yield policy.Hat.VISITOR
        if person is None:
            yield policy.Hat.OPERATOR
            return
        if self.service_id is None:
            return
        if organisations.has_mandate(person, "lead_officer", at, self.service):
            yield policy.Hat.LEAD
        if self.service_id in organisations.services_of(person, at):
            yield policy.Hat.OFFICER

    def phase(self, at: datetime) -> str:
        """``coming``, ``open``, ``past`` or ``suspended`` at this instant, to the microsecond."""
        if self.state == policy.State.SUSPENDED:
            return "suspended"
        if self.opens_at and at < self.opens_at:
            return "coming"
        return "past" if self.closes_at and at > self.closes_at else "open"
