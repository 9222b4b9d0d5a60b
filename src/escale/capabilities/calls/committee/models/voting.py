"""A vote of the assembly: its act, what it decides of each dossier, who pays, who did not take part, what came back."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.committee import policy, wording
from escale.capabilities.calls.committee.models.sitting import Sitting
from escale.capabilities.calls.dossiers.models import Dossier
from escale.foundation.documents.models import Document
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person

#: The outcomes that give money.
PAYING = ("awarded", "partial")


class VoteQuerySet(models.QuerySet["Vote"]):
    """Which votes someone sees."""

    def visible_to(self, person: Person, at: datetime) -> "VoteQuerySet":
        """Those of the person's services; all for the assembly's secretary."""
        if organisations.has_mandate(person, "secretary", at):
            return self
        return self.filter(service__in=organisations.services_of(person, at))


class Vote(Stateful):
    """One deliberation. ``reference`` and ``voted_on`` (the act's own date) are known when it is recorded;
    ``session``: which meeting of which assembly. One reference is recorded once. ``document``: the
    annex as it was voted, frozen with its digest.
    """

    POLICY: ClassVar = policy.VOTE
    WORDING: ClassVar = wording.VOTE

    number = models.CharField(_("numéro"), max_length=20, unique=True)
    title = models.CharField(_("objet"), max_length=200)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="votes")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, blank=True, related_name="votes")
    session = models.CharField(_("assemblée et réunion"), max_length=200, blank=True)
    reference = models.CharField(_("référence de l’acte"), max_length=120, blank=True)
    voted_on = models.DateField(_("date de l’acte"), null=True, blank=True)
    evidence = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)
    document = models.TextField(blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], condition=Q(state=policy.VoteState.RECORDED), name="one_vote_a_reference"
            ),
            models.CheckConstraint(
                condition=~Q(state=policy.VoteState.RECORDED) | (~Q(reference="") & Q(voted_on__isnull=False)),
                name="a_recorded_vote_has_its_act",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or self.number

    def get_absolute_url(self) -> str:
        return f"/deliberations/{self.number}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.VoteHat]:
        """The assembly's secretary (a dated mandate), the service's officers."""
        if person is None:
            return
        if organisations.has_mandate(person, "secretary", at):
            yield policy.VoteHat.SECRETARY
        if self.service_id in organisations.services_of(person, at):
            yield policy.VoteHat.OFFICER


class VoteLine(models.Model):
    """What is decided of one dossier. ``outcome`` awarded|partial|waiting|refused|adjourned|retained (no money);
    ``reason`` and ``conditions`` may be sent. The other three amounts as they were when the line was made.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="lines")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="vote_lines")
    outcome = models.CharField(_("décision"), max_length=10, choices=list(wording.OUTCOMES.items()))
    amount_cents = models.BigIntegerField(_("montant voté"), default=0)
    asked_cents = models.BigIntegerField(null=True, blank=True)
    proposed_cents = models.BigIntegerField(null=True, blank=True)
    advised_cents = models.BigIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField(null=True, blank=True)
    conditions = models.TextField(blank=True)
    reason = models.TextField(_("motifs"), blank=True)

    class Meta:
        ordering = ("vote_id", "position", "id")
        constraints = [
            models.UniqueConstraint(fields=["vote", "dossier"], name="one_line_a_dossier"),
            models.CheckConstraint(
                condition=(Q(outcome__in=PAYING) & Q(amount_cents__gt=0))
                | (~Q(outcome__in=PAYING) & Q(amount_cents=0)),
                name="money_goes_with_an_award",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.dossier_id} {self.outcome}"


class Share(models.Model):
    """Who pays which part of an award: funder, budget line, envelope (the call's code). They add up to the cent."""

    line = models.ForeignKey(VoteLine, on_delete=models.CASCADE, related_name="shares")
    funder = models.CharField(_("financeur"), max_length=120)
    budget_line = models.CharField(_("ligne budgétaire"), max_length=120, blank=True)
    envelope = models.CharField(max_length=60, blank=True)
    cents = models.BigIntegerField()

    class Meta:
        ordering = ("line_id", "id")
        constraints = [
            models.UniqueConstraint(fields=["line", "funder", "budget_line", "envelope"], name="one_share_a_source"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_share_is_money"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.funder}"


class Recusal(models.Model):
    """An elected member who did not take part in the vote on a dossier, because of an interest in it."""

    line = models.ForeignKey(VoteLine, on_delete=models.CASCADE, related_name="recusals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("line_id", "id")
        constraints = [models.UniqueConstraint(fields=["line", "person"], name="one_recusal_a_person")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.person_id}"


class Release(models.Model):
    """Money of an award that comes back to its envelope: given up, withdrawn, reduced. ``reference``: the act, when there is one."""

    line = models.ForeignKey(VoteLine, on_delete=models.PROTECT, related_name="releases")
    kind = models.CharField(_("cause"), max_length=10, choices=list(wording.RELEASES.items()))
    cents = models.BigIntegerField()
    reference = models.CharField(max_length=120, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("line_id", "id")
        constraints = [models.CheckConstraint(condition=Q(cents__gt=0), name="a_release_is_money")]

    def __str__(self) -> str:
        return f"{self.line_id} −{self.cents}"
