"""Where a place stands with the Region, who keeps its page: facts with a beginning and perhaps an end."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escale.foundation.organisations.models import Dated, DatedQuerySet
from escale.foundation.people.models import Person
from escale.foundation.places.models.place import Place
from escale.rules.places import STANDINGS


class Standing(Dated):
    """Known, candidate, labelled, under agreement, funded: several hold together, each by an act and with its dates.

    ``reference`` names what it stands on (a referential, a call, an agreement); ``act_reference`` the vote.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="standings")
    kind = models.CharField(_("situation"), max_length=12, choices=list(STANDINGS.items()))
    source = models.CharField(_("source"), max_length=200, blank=True)
    reference = models.CharField(_("à quel titre"), max_length=200, blank=True)
    act_reference = models.CharField(_("acte"), max_length=200, blank=True)

    objects = DatedQuerySet["Standing"].as_manager()

    class Meta:
        ordering = ("place_id", "since", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "reference"], condition=Q(until__isnull=True), name="one_open_standing"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="standing_dates"),
        ]
        indexes = [models.Index(fields=["kind", "since", "until"], name="standing_holding")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind}"


class Steward(Dated):
    """Someone keeps the page of a place, beside its carrier's own people."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stewardships")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="stewards")

    objects = DatedQuerySet["Steward"].as_manager()

    class Meta:
        ordering = ("place_id", "since", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "place"], condition=Q(until__isnull=True), name="one_open_stewardship"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="steward_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.place_id}"
