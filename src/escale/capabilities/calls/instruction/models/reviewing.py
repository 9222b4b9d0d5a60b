"""Reviews of dossiers by reviewers, and what each reviewer knows best."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers import policy as dossiers
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.instruction import policy, wording
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.models import Sheet


class ReviewQuerySet(models.QuerySet["Review"]):
    """Which reviews someone reads."""

    def mine(self, person: Person, at: datetime) -> "ReviewQuerySet":
        """What the person has to score or has scored, without the dossiers in which they have an interest."""
        if not Mandate.objects.holding(at).filter(person=person, kind="reviewer").exists():
            return self.none()
        free = Dossier.objects.free_of(person, at).values("pk")
        return self.filter(reviewer=person, state__in=policy.STANDING, dossier__in=free)

    def standing(self) -> "ReviewQuerySet":
        """Asked or finished: those that count, or will."""
        return self.filter(state__in=policy.STANDING)


class Review(Stateful):
    """One reviewer scores one dossier against the grid of its edition. What is typed stands in ``sheet``; finishing
    copies the ``marks`` ({criterion: mark}), which count from then on; reopening empties them.

    The reviewer's hats end with the mandate and with the first interest in the dossier: from that instant the
    review counts nowhere, whoever looks, and the clock writes it down.
    """

    POLICY: ClassVar = policy.REVIEW
    WORDING: ClassVar = wording.REVIEW

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="reviews")
    n = models.PositiveIntegerField()
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ("dossier_id", "n")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "n"], name="one_review_a_number"),
            models.UniqueConstraint(
                fields=["dossier", "reviewer"], condition=Q(state__in=sorted(policy.STANDING)),
                name="one_standing_review_a_reviewer",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["reviewer", "state", "due_at"], name="review_of_reviewer"),
            models.Index(fields=["state", "due_at"], name="review_due"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} évaluation {self.n}"

    def get_absolute_url(self) -> str:
        return f"/evaluations/{self.dossier.number}/{self.n}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.ReviewHat]:
        """The reviewer while the review stands, without interest and with a mandate; the officers of the dossier."""
        if person is None:
            yield policy.ReviewHat.CLOCK
            return
        if person.pk == self.reviewer_id and Review.objects.mine(person, at).filter(pk=self.pk).exists():
            yield policy.ReviewHat.REVIEWER
        if dossiers.Hat.OFFICER in self.dossier.hats_of(person, at):
            yield policy.ReviewHat.OFFICER


class Expertise(models.Model):
    """A reviewer knows this theme (its code), or this département (its number): such dossiers come to them first."""

    KINDS = {"theme": _("thème"), "departement": _("département")}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    code = models.CharField(max_length=60)

    class Meta:
        ordering = ("person_id", "kind", "code")
        constraints = [models.UniqueConstraint(fields=["person", "kind", "code"], name="one_expertise_a_code")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.code}"
