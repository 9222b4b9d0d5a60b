"""A sitting of the committee and who sits in it."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.committee import policy, wording
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person


class SittingQuerySet(models.QuerySet["Sitting"]):
    """Which sittings someone sees."""

    def visible_to(self, person: Person, at: datetime) -> "SittingQuerySet":
        """Those of the person's services, all for the assembly's secretary; those they were called to."""
        if organisations.has_mandate(person, "secretary", at):
            return self
        seats = Member.objects.filter(person=person).values("sitting")
        called = Q(pk__in=seats, state__in=policy.SHOWN)
        return self.filter(Q(service__in=organisations.services_of(person, at)) | called)


class Sitting(Stateful):
    """One sitting. ``quorum``: members with a voice who must be there, of those who sit. ``figures``: the envelopes
    (key of the call → code → cents) that the session works with; when they change outside, the session is told. ``document``: what
    the minutes say, frozen at the closing with its digest.
    """

    POLICY: ClassVar = policy.SITTING
    WORDING: ClassVar = wording.SITTING

    number = models.CharField(_("numéro"), max_length=20, unique=True)
    title = models.CharField(_("intitulé"), max_length=200)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="sittings")
    held_at = models.DateTimeField(_("date et heure"))
    place = models.CharField(_("lieu"), max_length=200, blank=True)
    quorum = models.PositiveIntegerField(_("quorum"))
    figures = models.JSONField(default=dict, editable=False)
    current = models.ForeignKey(
        "Item", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    document = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering = ("-held_at", "-id")
        constraints = [models.CheckConstraint(condition=Q(quorum__gte=1), name="quorum_of_one_at_least")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/comites/{self.number}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.SittingHat]:
        """The service's officers, the assembly's secretary, whoever was called."""
        if person is None:
            return
        if self.service_id in organisations.services_of(person, at):
            yield policy.SittingHat.OFFICER
        if organisations.has_mandate(person, "secretary", at):
            yield policy.SittingHat.SECRETARY
        if self.state in policy.SHOWN and Member.objects.filter(sitting=self, person=person).exists():
            yield policy.SittingHat.MEMBER


class Member(models.Model):
    """Someone who sits. ``role`` chair|member|observer (without a voice); ``attendance`` expected|present|excused|absent."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("rôle"), max_length=10, choices=list(wording.ROLES.items()), default="member")
    attendance = models.CharField(
        _("présence"), max_length=10, choices=list(wording.ATTENDANCE.items()), default="expected"
    )
    convened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("sitting_id", "id")
        constraints = [models.UniqueConstraint(fields=["sitting", "person"], name="one_seat_a_person")]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.person_id}"
