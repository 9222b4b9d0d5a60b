"""Subjects, their chained entries, the daily seal, and the base of every thing that has a life."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.db import models

from escale.foundation.people.models import Person
from escale.rules.policy import Policy, Wording


class Subject(models.Model):
    """One row per stateful thing of any service, so that others can point to it without knowing it.

    ``kind`` is the policy's thing; ``number`` what people quote; ``address`` its page. ``length`` and
    ``head`` are the number of entries and the last hash: the chain cannot be cut at its end unseen.
    """

    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=300)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="one_subject_per_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Entry(models.Model):
    """One line of a subject's journal: an act, who, when, from which state to which.

    Never updated. ``hash`` covers the previous hash and the line, with digests of the note and the
    figures (the texts themselves may be erased by law, the chain still holds). ``by`` is null when the
    clock acted.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="entries")
    n = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    act = models.CharField(max_length=60)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    note_digest = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict, blank=True)
    data_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_entry"
        ordering = ("subject_id", "n")
        constraints = [models.UniqueConstraint(fields=["subject", "n"], name="one_entry_per_place")]
        indexes = [models.Index(fields=["at"], name="journal_entry_at")]

    def __str__(self) -> str:
        return f"{self.subject_id}/{self.n} {self.act}"


class Seal(models.Model):
    """The day's seal: a digest over the head of every subject, chained to the day before.

    ``last_entry`` is the highest entry that was there when the seal was made: what is written later about
    an earlier instant belongs to a later seal.
    """

    day = models.DateField(unique=True)
    subjects = models.PositiveIntegerField()
    last_entry = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"


class Worn:
    """Hats looked up one by one, as far as someone asks, and remembered."""

    def __init__(self, found: Iterable[StrEnum]) -> None:
        self._rest = iter(found)
        self._seen: list[StrEnum] = []

    def __iter__(self) -> Iterator[StrEnum]:
        yield from self._seen
        for hat in self._rest:
            self._seen.append(hat)
            yield hat


class Stateful(models.Model):
    """Base of every thing with a life: a state that only the journal moves.

    A subclass gives ``POLICY`` and ``WORDING`` and says in ``hats_of`` which hats someone wears here at
    an instant: memberships and mandates are dated. None stands for the clock.
    """

    POLICY: ClassVar[Policy]
    WORDING: ClassVar[Wording]

    state = models.CharField(max_length=40, editable=False)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="+", editable=False)

    #: The hats looked up on this very object: (person, instant, hats). Each lookup costs queries.
    worn: "tuple[int, datetime, Worn] | None" = None

    class Meta:
        abstract = True

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[StrEnum]:
        """The hats that ``person`` wears with respect to this thing at ``at``."""
        raise NotImplementedError

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(self.WORDING.states[self.POLICY.states(self.state)])


class Counter(models.Model):
    """The last number given in a series of numbers."""

    series = models.CharField(max_length=60, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.value}"
