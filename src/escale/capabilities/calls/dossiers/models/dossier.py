"""Dossiers, what was filed once and for all, receipts, pieces, the typed index."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.dossiers import policy, wording
from escale.capabilities.calls.dossiers.models import conflict
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.documents import standing
from escale.foundation.documents.models import Document
from escale.foundation.editions.models import Edition
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Mandate, Membership, Organisation, Service
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.models import Sheet


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Which dossiers someone reads."""

    def visible_to(self, person: Person, at: datetime) -> "DossierQuerySet":
        """Those of the person's organisations; for officers, what was filed with their services."""
        mine = Membership.objects.holding(at).filter(person=person).values("organisation")
        services = Mandate.objects.holding(at).filter(person=person, kind__in=organisations.OFFICERS)
        filed = Q(state__in=policy.FILED, service__in=services.values("service"))
        entered = Q(state=policy.State.DRAFT, behalf__isnull=False, scheme__service__in=services.values("service"))
        return self.filter(Q(organisation__in=mine) | ((filed | entered) & free_of(person, at)))

    def handled_by(self, person: Person, at: datetime, services: set[int] | None = None) -> "DossierQuerySet":
        """What was filed with the person's services, without those in which the person has an interest.

        Every list, count, search, export and file of the Region's side begins here. ``services``: known already.
        """
        known = sorted(organisations.services_of(person, at) if services is None else services)
        # One service is by far the commonest: an equality lets the database walk its index in order.
        mine = Q(service=known[0]) if len(known) == 1 else Q(service__in=known)
        return self.filter(mine & free_of(person, at), state__in=policy.FILED)

    def free_of(self, person: Person, at: datetime) -> "DossierQuerySet":
        """Without the dossiers in which the person has an interest, declared or inferred, at ``at``."""
        return self.filter(free_of(person, at))


def free_of(person: Person, at: datetime) -> Q:
    """True of the dossiers in which the person has no interest."""
    written = conflict.declared(person, at).values("dossier")
    return ~Q(pk__in=written) & ~Q(pk__in=conflict.inferred(person, at).values("dossier"))


class Dossier(Stateful):
    """An application of an organisation to a call. Answers being given stand in ``sheet``; what was filed
    stands in its versions and is read from there for ever. ``edition`` is the call's text it answers;
    ``origin`` the dossier it was copied from, to file again or elsewhere. ``expires_at`` (of a draft) is set
    by who asks: ``queries.terms``.
    """

    expires_at: datetime

    POLICY: ClassVar = policy.DOSSIER
    WORDING: ClassVar = wording.DOSSIER

    number = models.CharField(_("numéro"), max_length=20, unique=True)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="dossiers")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dossiers")
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("projet"), max_length=200, blank=True)
    created_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    keeper = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    creation_key = models.CharField(max_length=80, blank=True)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")
    filed_at = models.DateTimeField(_("déposé le"), null=True, blank=True)
    wave = models.CharField(_("vague"), max_length=60, blank=True)
    verdict = models.CharField(_("recevabilité"), max_length=20, blank=True)
    spending_cents = models.BigIntegerField(null=True, blank=True)
    aid_cents = models.BigIntegerField(null=True, blank=True)
    # What the desk lists, copied when it changes: the service that received it, the applicant's name then, who examines,
    # who is awaited and until when (``due_acts``: its silence then does something), when the request was whole, what the
    # examination proposes, the committee advises and the assembly voted.
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    applicant = models.CharField(_("déposant"), max_length=200, blank=True)
    officer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    awaited = models.CharField(max_length=10, blank=True)
    due_at = models.DateTimeField(_("échéance"), null=True, blank=True)
    due_acts = models.BooleanField(default=False)
    completed_at = models.DateTimeField(null=True, blank=True)
    proposed_cents = models.BigIntegerField(null=True, blank=True)
    advised_cents = models.BigIntegerField(null=True, blank=True)
    voted_cents = models.BigIntegerField(null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["created_by", "creation_key"], condition=~Q(creation_key=""), name="one_dossier_a_creation"
            )
        ]
        indexes = [
            models.Index(fields=["scheme", "state", "service", "filed_at"], name="dossiers_of_scheme"),
            models.Index(fields=["service", "filed_at", "id"], name="desk_by_filing"),
            models.Index(fields=["service", "due_at", "id"], name="desk_by_due"),
            models.Index(fields=["service", "number", "id"], name="desk_by_number"),
            models.Index(fields=["service", "applicant", "id"], name="desk_by_applicant"),
            models.Index(fields=["service", "title", "id"], name="desk_by_title"),
            models.Index(fields=["service", "spending_cents", "id"], name="desk_by_spending"),
            models.Index(fields=["service", "aid_cents", "id"], name="desk_by_aid"),
            models.Index(fields=["service", "state", "filed_at", "id"], name="desk_by_state"),
            models.Index(fields=["officer", "state", "service", "due_at"], name="desk_of_an_officer"),
            models.Index(fields=["state", "due_at"], name="dossier_due"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/dossiers/{self.number}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.Hat]:
        """The role in the organisation, and whether the person may sign for it (its legal representative, or by a
        delegation in force); once it is filed the officer's hats, the proxy's while the service enters it, both for
        who has no interest in it.
        """
        if person is None:
            yield policy.Hat.CLOCK
            return
        member = organisations.member(person, self.organisation, at)
        if member is not None:
            yield policy.HAT_OF_ROLE[member.role]
            if member.represents or standing.is_delegate(person, self.organisation, at):
                yield policy.Hat.SIGNATORY
        if self.state in policy.VOTABLE and self._keeps_the_votes(person, at):
            yield policy.Hat.SECRETARY
        if self.state not in policy.FILED and not (self.state == policy.State.DRAFT and hasattr(self, "behalf")):
            return
        service = self.service_id or self.scheme.service_id
        if service not in organisations.services_of(person, at):
            return
        if Dossier.objects.filter(pk=self.pk).free_of(person, at).exists():
            yield policy.Hat.OFFICER if self.state in policy.FILED else policy.Hat.PROXY
            if self.state in policy.FILED and organisations.has_mandate(person, "lead_officer", at, self.service):
                yield policy.Hat.LEAD

    def _keeps_the_votes(self, person: Person, at: datetime) -> bool:
        """The assembly's secretary, by a dated mandate, who has no interest in the dossier."""
        held = organisations.has_mandate(person, "secretary", at)
        return held and Dossier.objects.filter(pk=self.pk).free_of(person, at).exists()


class FrozenEvidence(Exception):
    """Raised when code tries to change what was filed."""


class Frozen(models.Model):
    """One canonical JSON document and its SHA-256, written once."""

    document = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenEvidence(str(self))


class DossierVersion(Frozen):
    """What was filed: case, answers, pieces, signature, verdict. ``key``: the idempotency key of the filing."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("dossier_id", "n")
        constraints = [models.UniqueConstraint(fields=["dossier", "n"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.dossier_id} v{self.n}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenEvidence(str(self))
        super().save(*args, **kwargs)


class Receipt(Frozen):
    """The acknowledgement of a filing, written in its transaction. The papers are made once from it and kept."""

    version = models.OneToOneField(DossierVersion, on_delete=models.PROTECT, related_name="receipt")
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    copy = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"receipt of {self.version_id}"


class Piece(models.Model):
    """A file handed in for a piece of the call. Removing keeps it, so that its history can be told. An empty
    ``code`` is a file that nobody has sorted yet; its addresses say ``a-classer``.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="pieces")
    code = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("dossier_id", "code", "version")
        constraints = [models.UniqueConstraint(fields=["dossier", "code", "version"], name="one_piece_a_version")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.code} v{self.version}"

    @property
    def slug(self) -> str:
        """The code in an address."""
        return self.code or "a-classer"

    @staticmethod
    def code_of(slug: str) -> str:
        """The code that an address names."""
        return "" if slug == "a-classer" else slug


class Notice(models.Model):
    """Something was announced to those who fill a draft, once: ``kind`` (``reminder-15``, ``expiry``…) about
    ``about_at``, the instant it tells of. A closing that moves is another instant, announced again.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)
    about_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("dossier_id", "at", "id")
        constraints = [models.UniqueConstraint(fields=["dossier", "kind", "about_at"], name="one_notice_an_instant")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind}"


class AnswerIndex(models.Model):
    """A filed answer, typed, for lists and statistics. Rebuilt from the versions by a command.

    Each index ends with the dossier, so that it is walked alone; numbers and days hold only the answers that are such.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="index", db_index=False)
    code = models.CharField(max_length=130)
    rank = models.PositiveIntegerField(default=0)
    number = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    day = models.DateField(null=True)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("dossier_id", "code", "rank", "id")
        indexes = [
            models.Index(fields=["dossier", "code", "rank"], name="answers_of_dossier"),
            models.Index(
                fields=["code", "number", "dossier"], condition=Q(number__isnull=False), name="answers_by_number"
            ),
            models.Index(fields=["code", "day", "dossier"], condition=Q(day__isnull=False), name="answers_by_day"),
            models.Index(fields=["code", "text", "dossier"], name="answers_by_text"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.code}"
