"""Frozen editions of a series, and what an act layered on them since."""

from typing import Any

from django.db import models

from escale.foundation.people.models import Person


class Series(models.Model):
    """All editions of one scheme or referential, under one key for ever."""

    kind = models.CharField(max_length=20)
    key = models.SlugField(max_length=60)

    class Meta:
        ordering = ("kind", "key")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_series_a_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Draft(models.Model):
    """A document being written. ``rev`` counts the saves: nobody covers what someone else just wrote.

    ``origin`` is the edition of another series that it was made from: last year's call. ``writers``: everyone who
    saved it since it was begun, so since the last version was published.
    """

    series = models.OneToOneField(Series, on_delete=models.CASCADE, related_name="draft")
    document = models.JSONField(default=dict)
    rev = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    origin = models.ForeignKey("Edition", on_delete=models.PROTECT, null=True, related_name="+")
    writers = models.ManyToManyField(Person, related_name="+")

    def __str__(self) -> str:
        return f"{self.series} (brouillon {self.rev})"


class DraftStep(models.Model):
    """What a draft was before one of its last saves: what undoing brings back. ``by``, ``at``: the save that left it."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    rev = models.PositiveIntegerField()
    document = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("draft_id", "-rev")
        constraints = [models.UniqueConstraint(fields=["draft", "rev"], name="one_step_a_revision")]

    def __str__(self) -> str:
        return f"{self.draft_id} < {self.rev}"


class FrozenEdition(Exception):
    """Raised when code tries to change an edition."""


class Edition(models.Model):
    """One published document: canonical JSON text, its SHA-256. Never changed, never deleted."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="editions")
    n = models.PositiveIntegerField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("series_id", "n")
        constraints = [
            models.UniqueConstraint(fields=["series", "n"], name="one_edition_a_number"),
            models.UniqueConstraint(fields=["series", "sha256"], name="one_edition_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.series} · {self.n}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenEdition(str(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenEdition(str(self))


class Amendment(models.Model):
    """An act that changes an edition without touching it: a prolongation, an early end, an erratum.

    ``payload`` is what the rules read (``{"kind": "prolong", "until": …}``); ``act`` the reference.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="amendments")
    n = models.PositiveIntegerField()
    payload = models.JSONField()
    reason = models.TextField()
    act = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("edition_id", "n")
        constraints = [models.UniqueConstraint(fields=["edition", "n"], name="one_amendment_a_number")]

    def __str__(self) -> str:
        return f"{self.edition} +{self.n}"
