"""The moved clock of a demonstration (one row, absent in production), and the worker's signs of life."""

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


class Beat(models.Model):
    """The last sign of life of what runs beside the site, in real time; it is removed when it stops by itself."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
