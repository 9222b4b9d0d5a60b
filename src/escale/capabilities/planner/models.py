"""How far each commune is from the network, scenarios, their runs."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.planner import policy, wording
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.foundation.territory.models import Commune


class Survey(models.Model):
    """One measure of the whole territory for one network: when, how many places, what is said of everyone.

    ``document``: ``equity`` (minutes and shares), ``overlap`` (people who reach 0, 1, 2… places within 20
    minutes), ``looked_for`` (minutes), ``digest`` of what the measure depends on, ``places`` [{number, name, lon, lat}].
    """

    network = models.CharField(max_length=20, choices=list(wording.NETWORKS.items()), unique=True)
    made_at = models.DateTimeField()
    document = models.JSONField(default=dict)

    class Meta:
        ordering = ("network",)

    def __str__(self) -> str:
        return self.network


class Reach(models.Model):
    """Minutes from a commune to the nearest place of a network; null beyond what was looked for (two hours)."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="reaches")
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="+")
    minutes = models.FloatField(null=True)
    place = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("survey_id", "commune_id")
        constraints = [
            models.UniqueConstraint(fields=["survey", "commune"], name="one_reach_a_commune"),
            models.CheckConstraint(condition=Q(minutes__isnull=True) | Q(minutes__gte=0), name="reach_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id}: {self.minutes}"


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Which scenarios someone reads."""

    def visible_to(self, person: Person, at: datetime) -> "ScenarioQuerySet":
        """One's own; what was shared, for the Region's people."""
        mine = Q(created_by=person)
        if organisations.is_of_the_region(person, at):
            mine |= Q(state__in=policy.SHOWN)
        return self.filter(mine)

    def published(self) -> "ScenarioQuerySet":
        """Those that everybody reads."""
        return self.filter(state=policy.State.PUBLISHED)


class Scenario(Stateful):
    """A question about where places should open, asked by someone of the Region, and its runs.

    ``question``: ``goal`` and ``network`` (see wording), ``minutes`` or ``km``, ``places``, ``budget_cents``,
    ``cost_cents`` (of a site without its own), ``share``, ``floor_share``, ``least_people``, ``forced``,
    ``forbidden`` (commune codes), ``call``, ``seconds``, ``gap``, ``seed``, ``files`` {role: document key}.
    """

    POLICY: ClassVar = policy.SCENARIO
    WORDING: ClassVar = wording.SCENARIO

    number = models.CharField(_("numéro"), max_length=20, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    question = models.JSONField(default=dict)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return f"/planification/{self.number}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.Hat]:
        """The author's; the Region's people's once it is shared."""
        if person is None or not organisations.is_of_the_region(person, at):
            return
        if self.created_by_id == person.pk:
            yield policy.Hat.AUTHOR
        if self.state in policy.SHOWN:
            yield policy.Hat.REGION
            if organisations.mandates_of(person, at) & {"lead_officer", "administrator"}:
                yield policy.Hat.LEAD

    @property
    def last_run(self) -> "Run | None":
        """The newest run, its result left in the database."""
        return self.runs.defer("result").order_by("-n").first()

    @property
    def is_computing(self) -> bool:
        """A run waits or goes on."""
        return self.runs.filter(status__in=Run.ALIVE).exists()

    @property
    def has_result(self) -> bool:
        """A run has ended with an answer."""
        return self.runs.filter(status__in=Run.ANSWERED).exists()


class Run(models.Model):
    """One computation of a scenario: bounds while it goes on, its result when it has ended.

    ``covered`` and ``bound`` in people (or the file's unit). ``result``: see ``tasks.results``.
    """

    ALIVE: ClassVar = ("queued", "running")
    ANSWERED: ClassVar = ("proven", "stopped")

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="runs")
    n = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=list(wording.STATUSES.items()), default="queued")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)
    covered = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    problem = models.TextField(blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ("scenario_id", "n")
        constraints = [
            models.UniqueConstraint(fields=["scenario", "n"], name="one_run_a_number"),
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(status__in=("queued", "running")), name="one_run_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id}/{self.n} {self.status}"
