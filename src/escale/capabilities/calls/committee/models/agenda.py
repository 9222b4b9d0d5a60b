"""What a sitting looks at: its dossiers, what it says of each, who left the room, its hypotheses on the envelopes."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.committee import wording
from escale.capabilities.calls.committee.models.sitting import Member, Sitting
from escale.capabilities.calls.dossiers.models import Dossier, FrozenEvidence
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.people.models import Person


class Item(models.Model):
    """A dossier on the agenda. ``rank``: its place by hand, with its reason; ``set_aside``: out of the ranking, with its reason."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField(null=True, blank=True)
    set_aside = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("sitting_id", "id")
        constraints = [
            models.UniqueConstraint(fields=["sitting", "dossier"], name="one_item_a_dossier"),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | ~Q(reason=""), name="a_rank_by_hand_has_its_reason"
            ),
            models.CheckConstraint(condition=Q(set_aside=False) | ~Q(reason=""), name="set_aside_with_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.dossier_id}"


class Advice(models.Model):
    """What the committee said of a dossier; never updated, the last one counts. ``opinion``
    favourable|waiting|unfavourable|adjourned; ``amount_cents`` advised; ``reason`` may be sent, ``conditions`` too.
    ``envelope``: the code of the envelope that would pay.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="advices")
    n = models.PositiveIntegerField()
    opinion = models.CharField(_("avis"), max_length=12, choices=list(wording.OPINIONS.items()))
    amount_cents = models.BigIntegerField(default=0)
    envelope = models.CharField(max_length=60, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    reason = models.TextField(_("motifs"), blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("item_id", "n")
        constraints = [
            models.UniqueConstraint(fields=["item", "n"], name="one_advice_a_number"),
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="no_negative_advice"),
            models.CheckConstraint(
                condition=Q(opinion__in=["favourable", "waiting"]) | Q(amount_cents=0), name="money_needs_a_yes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.opinion}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenEvidence(str(self))
        super().save(*args, **kwargs)


class Departure(models.Model):
    """A member was out of the room for a dossier, because of an interest in it: the minutes say so."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="departures")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("item_id", "id")
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="one_departure_a_member")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.member_id}"


class Simulation(models.Model):
    """A what-if on the envelopes of a call: ``settings`` as ``queries.simulating`` reads them. ``kept``: the one that
    the session works with.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="simulations")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("nom"), max_length=80)
    settings = models.JSONField(default=dict)
    kept = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("sitting_id", "scheme_id", "id")
        constraints = [
            models.UniqueConstraint(fields=["sitting", "scheme", "name"], name="one_simulation_a_name"),
            models.UniqueConstraint(
                fields=["sitting", "scheme"], condition=Q(kept=True), name="one_kept_simulation_a_call"
            ),
        ]

    def __str__(self) -> str:
        return self.name
