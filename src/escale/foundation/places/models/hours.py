"""When a place is open: one week a regime, dated closures; and the school holidays of each zone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escale.foundation.places.models.place import Place
from escale.rules.hours import Regime

REGIMES = {
    Regime.NORMAL: _("toute l’année"),
    Regime.SCHOOL: _("en période scolaire"),
    Regime.HOLIDAYS: _("pendant les vacances scolaires"),
}


class Week(models.Model):
    """The week of one regime. A week without opening says: closed in this regime."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="weeks")
    regime = models.CharField(max_length=10, choices=[(key.value, label) for key, label in REGIMES.items()])

    class Meta:
        ordering = ("place_id", "id")
        constraints = [models.UniqueConstraint(fields=["place", "regime"], name="one_week_a_regime")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.regime}"


class Opening(models.Model):
    """One opening: ``weekday`` (Monday 0), ``start`` and ``end`` in minutes from its midnight; past 1440 the next day."""

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("week_id", "weekday", "start")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, start__lt=1440, end__lte=2880, end__gt=F("start")), name="opening_in_a_day"
            ),
            models.UniqueConstraint(fields=["week", "weekday", "start"], name="one_opening_a_start"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.start}-{self.end}"


class Closure(models.Model):
    """Days on which the place is closed whatever its week; ``until`` is excluded."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="closures")
    first = models.DateField(_("du"))
    until = models.DateField(_("jusqu’au"))
    reason = models.CharField(_("raison"), max_length=200, blank=True)
    ordered_by_government = models.BooleanField(_("ordonnée par l’État"), default=False)

    class Meta:
        ordering = ("place_id", "first", "id")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("first")), name="closure_order"),
            models.UniqueConstraint(fields=["place", "first", "until"], name="one_closure_of_these_days"),
        ]
        indexes = [models.Index(fields=["first", "until"], name="closure_days")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.first}"


class SchoolHoliday(models.Model):
    """School holidays of a zone; ``until`` is the day on which school begins again."""

    zone = models.CharField(max_length=1)
    first = models.DateField()
    until = models.DateField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("zone", "first")
        constraints = [
            models.UniqueConstraint(fields=["zone", "first"], name="one_holiday_a_day"),
            models.CheckConstraint(condition=Q(until__gt=F("first")), name="holiday_order"),
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.name} {self.first}"
