"""What follows a label granted: corrections with their dates, the short report of each year."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from escale.capabilities.label.models.label import Label
from escale.foundation.people.models import Person


class Step(models.Model):
    """One correction that the Region asks, until the end of ``due_on``; ``answer`` says how it was done."""

    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(_("correction"), max_length=500)
    due_on = models.DateField(_("avant la fin du"))
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.what


class YearReport(models.Model):
    """The short report of one year of a label; ``year`` 1 begins with the label."""

    label = models.ForeignKey(Label, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    visitors = models.PositiveIntegerField(_("personnes accueillies"), null=True, blank=True)
    open_days = models.PositiveSmallIntegerField(_("jours d’ouverture"), null=True, blank=True)
    changes = models.TextField(_("ce qui a changé"))
    difficulties = models.TextField(_("difficultés"), blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("label_id", "year")
        constraints: ClassVar = [models.UniqueConstraint(fields=["label", "year"], name="one_label_report_a_year")]

    def __str__(self) -> str:
        return f"{self.label_id} {self.year}"
