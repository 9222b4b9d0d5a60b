"""Referentials in force, labels granted, alerts of the watch."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.label import policy, wording
from escale.foundation.editions.models import Edition, Series
from escale.foundation.journal.models import Stateful, Subject
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.places.models import Place, Standing
from escale.foundation.places.policy import Hat as PlaceHat


class Referential(Stateful):
    """A label's criteria as data; ``edition`` is the text in force, labels keep the one they were granted under."""

    POLICY: ClassVar = policy.REFERENTIAL
    WORDING: ClassVar = wording.REFERENTIAL

    key = models.SlugField(_("adresse"), max_length=60, unique=True)
    series = models.OneToOneField(Series, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("titre"), max_length=200)
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ("title", "key")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/label/{self.key}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.ReferentialHat]:
        """Whoever runs the command; heads of service and administrators; everybody reads."""
        yield policy.ReferentialHat.VISITOR
        if person is None:
            yield policy.ReferentialHat.OPERATOR
            return
        kinds = organisations.mandates_of(person, at)
        if kinds & {"lead_officer", "administrator"}:
            yield policy.ReferentialHat.LEAD
        if kinds & set(organisations.OF_THE_REGION):
            yield policy.ReferentialHat.OFFICER


class LabelQuerySet(models.QuerySet["Label"]):
    """Which labels are worth something at an instant, and who reads the others."""

    def valid(self, at: datetime) -> "LabelQuerySet":
        """Held, begun, not over at ``at``: no worker is needed for a validity to end."""
        return self.filter(state=policy.State.HELD, since__lte=at, until__gt=at)

    def visible_to(self, person: Person, at: datetime) -> "LabelQuerySet":
        """All, for the Region's people; those of one's places, for the others."""
        if organisations.is_of_the_region(person, at):
            return self.all()
        mine = organisations.organisations_of(person, at, "owner", "editor")
        stewarded = Q(
            place__stewards__in=person.stewardships.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)
        )
        return self.filter(stewarded | Q(place__carrier__in=mine)).distinct()


class Label(Stateful):
    """A label granted to a place by an act, from ``since`` until ``until`` (excluded), under one edition.

    ``dossier``: the application that its vote answered, when there was one. ``code`` is what a certificate bears and anyone may check. ``warned``, ``answer_by``, ``answer``: the Region's
    reasons, until when the place may answer, what it answered. ``signed_*``: the charter, who, when, which version.
    """

    POLICY: ClassVar = policy.LABEL
    WORDING: ClassVar = wording.LABEL

    number = models.CharField(_("numéro"), max_length=20, unique=True)
    code = models.CharField(max_length=24, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="labels")
    referential = models.ForeignKey(Referential, on_delete=models.PROTECT, related_name="labels")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField(_("depuis le"))
    until = models.DateTimeField(_("jusqu’au"))
    act_reference = models.CharField(_("acte"), max_length=120)
    dossier = models.OneToOneField(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    standing = models.ForeignKey(Standing, on_delete=models.PROTECT, null=True, related_name="+")
    warned = models.TextField(blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_quality = models.CharField(max_length=100, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_version = models.CharField(max_length=60, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="label_order"),
            models.UniqueConstraint(
                fields=["place", "referential"], condition=Q(state__in=("held", "suspended")), name="one_label_a_place"
            ),
        ]
        indexes = [models.Index(fields=["state", "until"], name="label_until")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/label/attributions/{self.number}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.Hat]:
        """The place's people, the Region's, its heads of service; the site itself."""
        if person is None:
            yield policy.Hat.CLOCK
            return
        worn = set(self.place.hats_of(person, at))
        if PlaceHat.STEWARD in worn:
            yield policy.Hat.STEWARD
        if PlaceHat.OFFICER in worn:
            yield policy.Hat.OFFICER
        if organisations.mandates_of(person, at) & {"lead_officer", "administrator"}:
            yield policy.Hat.LEAD

    def checked(self, at: datetime) -> str:
        """What a check says at ``at``: ``valid``, ``coming``, ``expired``, or the state that an act gave it."""
        if self.state == policy.State.LAPSED:
            return "expired"
        if self.state != policy.State.HELD:
            return self.state
        if at < self.since:
            return "coming"
        return "valid" if at < self.until else "expired"


class Alert(models.Model):
    """A criterion that a labelled place no longer meets, as its own page says; never a withdrawal by itself."""

    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="alerts")
    code = models.CharField(max_length=60)
    message = models.TextField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-since", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["label", "code"], condition=Q(ended_at__isnull=True), name="one_open_alert_a_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label_id} {self.code}"
