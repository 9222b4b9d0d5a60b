"""A sheet being filled: one row per answer with its revision, one row per row of a repeated block."""

from typing import ClassVar

from django.db import models

from escale.foundation.people.models import Person


class Sheet(models.Model):
    """Answers being given to one form, by one or several people. ``rev`` grows with each saving."""

    rev = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"sheet {self.pk}, revision {self.rev}"


class Answer(models.Model):
    """What was typed for one question, valid or not: a text, or a list of texts for ticked boxes.

    ``code`` is ``block.code`` inside a block and ``row`` its row; both name a ``questions.Place``. Never
    deleted when the question hides: what was typed comes back with it.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=130)
    row = models.CharField(max_length=26, blank=True)
    typed = models.JSONField()
    rev = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("sheet_id", "code", "row")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "code", "row"], name="one_answer_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.row} r{self.rev}".replace("  ", " ")


class Row(models.Model):
    """A row of a repeated block. ``key`` never changes; removing keeps the row, so that it can come back."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    block = models.CharField(max_length=60)
    key = models.CharField(max_length=26)
    position = models.PositiveIntegerField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("sheet_id", "block", "position", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "block", "key"], name="one_row_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.block}.{self.key}"
