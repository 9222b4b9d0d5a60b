"""A visit of a place for a label: planned, seen criterion by criterion, reported with an opinion."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from escale.capabilities.label import policy, wording
from escale.capabilities.label.models.label import Label, Referential
from escale.foundation.documents.models import Document
from escale.foundation.editions.models import Edition
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.places.models import Place
from escale.foundation.places.policy import Hat as PlaceHat


class VisitQuerySet(models.QuerySet["Visit"]):
    """Which visits someone may see."""

    def visible_to(self, person: Person, at: datetime) -> "VisitQuerySet":
        """All, for the Region; those one makes; those of one's own places."""
        if organisations.is_of_the_region(person, at):
            return self.all()
        kept = Place.objects.visible_to(person, at)
        return self.filter(Q(visitor=person) | Q(place__in=kept.values("pk")))


class Visit(Stateful):
    """``visitor`` goes to the place at ``planned_for`` (UTC), under one edition of a referential.

    ``rev`` counts the saves of the report: two telephones never overwrite each other. ``opinion``: a code of
    ``wording.OPINIONS``, given with the report. ``comment``: what the place answers to it.
    """

    POLICY: ClassVar = policy.VISIT
    WORDING: ClassVar = wording.VISIT

    number = models.CharField(max_length=20, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="label_visits")
    referential = models.ForeignKey(Referential, on_delete=models.PROTECT, related_name="visits")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=60, blank=True)
    label = models.ForeignKey(Label, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    visitor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_for = models.DateTimeField()
    purpose = models.TextField(blank=True)
    rev = models.PositiveIntegerField(default=0)
    visited_on = models.DateField(null=True, blank=True)
    opinion = models.CharField(max_length=20, blank=True)
    conclusion = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)
    commented_at = models.DateTimeField(null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("planned_for", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=policy.VisitState.REPORTED)
                | (Q(visited_on__isnull=False, reported_at__isnull=False) & ~Q(opinion="")),
                name="a_report_has_its_opinion",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "planned_for"], name="visit_planned")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/label/visites/{self.number}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.VisitHat]:
        """Who visits, the place's people, the Region's, its heads of service."""
        if person is None:
            return
        if person.pk == self.visitor_id:
            yield policy.VisitHat.VISITOR
        worn = set(self.place.hats_of(person, at))
        if PlaceHat.STEWARD in worn:
            yield policy.VisitHat.STEWARD
        if PlaceHat.OFFICER in worn:
            yield policy.VisitHat.OFFICER


class Finding(models.Model):
    """What the visitor saw of one criterion: ``seen`` met, failed or nothing yet; marks by code; words."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=60)
    seen = models.CharField(max_length=10, blank=True)
    marks = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("visit_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "code"], name="one_finding_a_criterion"),
            models.CheckConstraint(condition=Q(seen__in=("", "met", "failed")), name="a_finding_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.code}"


class VisitPhoto(models.Model):
    """A picture taken on the spot. ``key``: given by the telephone, so that what is sent twice is kept once."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    code = models.CharField(max_length=60, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=250)
    key = models.CharField(max_length=40)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("visit_id", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "key"], name="one_visit_photo_a_key")]

    def __str__(self) -> str:
        return self.caption
