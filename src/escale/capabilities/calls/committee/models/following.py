"""What may follow a decision: a gracious appeal against it, the withdrawal of an award."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from escale.capabilities.calls.committee import policy, wording
from escale.capabilities.calls.committee.models.notifying import Letter
from escale.capabilities.calls.dossiers import policy as dossiers
from escale.capabilities.calls.dossiers.models import Dossier
from escale.foundation.journal.models import Stateful
from escale.foundation.people.models import Person

_MEMBERS = {dossiers.Hat.SIGNATORY, dossiers.Hat.EDITOR, dossiers.Hat.READER}


class Appeal(Stateful):
    """A gracious appeal against what a letter told, received at ``filed_at``. Silence until ``due_at`` rejects it."""

    POLICY: ClassVar = policy.APPEAL
    WORDING: ClassVar = wording.APPEAL

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="appeals")
    n = models.PositiveIntegerField()
    text = models.TextField()
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("letter_id", "n")
        constraints = [
            models.UniqueConstraint(fields=["letter", "n"], name="one_appeal_a_number"),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(state=policy.AppealState.FILED), name="one_appeal_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="appeal_due")]

    def __str__(self) -> str:
        return f"{self.letter_id} recours {self.n}"

    def get_absolute_url(self) -> str:
        return f"/lettres/{self.letter.number}/recours/{self.n}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.AppealHat]:
        """Those that the dossier gives."""
        if person is None:
            yield policy.AppealHat.CLOCK
            return
        worn = set(self.letter.dossier.hats_of(person, at))
        if dossiers.Hat.SIGNATORY in worn:
            yield policy.AppealHat.APPELLANT
        if worn & _MEMBERS:
            yield policy.AppealHat.READER
            return
        if dossiers.Hat.OFFICER in worn:
            yield policy.AppealHat.OFFICER
        if dossiers.Hat.LEAD in worn:
            yield policy.AppealHat.LEAD


class Recall(Stateful):
    """The withdrawal of an award: its beneficiary is warned, told why, and answers until ``answer_by`` before anything
    is decided (CRPA, L. 121-1, L. 122-1). ``warning`` and ``outcome``: the letters that say so.
    """

    POLICY: ClassVar = policy.RECALL
    WORDING: ClassVar = wording.RECALL

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="recalls")
    n = models.PositiveIntegerField()
    reason = models.TextField()
    answer_by = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    warning = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("dossier_id", "n")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "n"], name="one_recall_a_number"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state__in=["warned", "answered"]), name="one_recall_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} retrait {self.n}"

    def get_absolute_url(self) -> str:
        return f"/lettres/retraits/{self.dossier.number}/{self.n}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.RecallHat]:
        """Those that the dossier gives; the beneficiary's once the warning left."""
        if person is None:
            return
        worn = set(self.dossier.hats_of(person, at))
        told = self.warning is not None and self.warning.state in policy.LEFT
        if worn & _MEMBERS:
            if told:
                yield policy.RecallHat.READER
                if worn & {dossiers.Hat.SIGNATORY, dossiers.Hat.EDITOR}:
                    yield policy.RecallHat.BENEFICIARY
            return
        if dossiers.Hat.OFFICER in worn:
            yield policy.RecallHat.OFFICER
        if dossiers.Hat.LEAD in worn:
            yield policy.RecallHat.LEAD
