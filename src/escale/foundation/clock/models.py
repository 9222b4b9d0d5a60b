"""The moved clock of a demonstration: one row, absent in production."""

from django.db import models


class DemoClock(models.Model):
    """How far the demonstration's time stands from real time.

    The demonstration goes on living from there: the offset is constant between two moves.
    """

    offset_seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_demo_clock")]

    def __str__(self) -> str:
        return f"{self.offset_seconds:+} s"
