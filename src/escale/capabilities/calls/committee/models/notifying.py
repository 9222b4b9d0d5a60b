"""Letters of decision and the models they are written from."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.committee import policy, wording
from escale.capabilities.calls.dossiers import policy as dossiers
from escale.capabilities.calls.dossiers.models import Dossier, FrozenEvidence
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.documents.models import Document
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Mandate, Membership, Organisation
from escale.foundation.people.models import Person

_KINDS = list(wording.LETTERS.items())
APPLICANT = "applicant"


class LetterModel(Stateful):
    """What a call's letters of one kind are written from, as its service changed it. Without a row, the product's own
    (``rules.letters.standard``) serves. ``n`` counts its texts.
    """

    POLICY: ClassVar = policy.LETTER_MODEL
    WORDING: ClassVar = wording.LETTER_MODEL

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="letter_models")
    kind = models.CharField(_("sorte"), max_length=20, choices=_KINDS)
    n = models.PositiveIntegerField(default=1)
    title = models.CharField(_("objet"), max_length=200)
    body = models.TextField(_("texte"))
    tried_on = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("scheme_id", "kind")
        constraints = [models.UniqueConstraint(fields=["scheme", "kind"], name="one_letter_model_a_kind")]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.kind} v{self.n}"

    def get_absolute_url(self) -> str:
        return f"/instruction/appels/{self.scheme.key}/lettres/{self.kind}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.ModelHat]:
        """Who works in the call's service."""
        if person is not None and self.scheme.service_id in organisations.services_of(person, at):
            yield policy.ModelHat.OFFICER


class LetterText(models.Model):
    """One text that a model had, for ever: letters point to the one they were written from."""

    model = models.ForeignKey(LetterModel, on_delete=models.PROTECT, related_name="texts")
    n = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("model_id", "-n")
        constraints = [models.UniqueConstraint(fields=["model", "n"], name="one_letter_text_a_number")]

    def __str__(self) -> str:
        return f"{self.model_id} v{self.n}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenEvidence(str(self))
        super().save(*args, **kwargs)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Which letters someone reads."""

    def handled_by(self, person: Person, at: datetime) -> "LetterQuerySet":
        """Those of the dossiers that the person handles: interests take them out."""
        return self.filter(dossier__in=Dossier.objects.handled_by(person, at).values("pk"))

    def addressed_to(self, person: Person, at: datetime) -> "LetterQuerySet":
        """Those that left for an organisation of the person; who only reads there, once someone opened them."""
        holding = Membership.objects.holding(at).filter(person=person)
        mine, read = holding.exclude(role="reader").values("organisation"), holding.values("organisation")
        opened = policy.LEFT - {policy.LetterState.SENT}
        return self.filter(Q(organisation__in=mine, state__in=policy.LEFT) | Q(organisation__in=read, state__in=opened))

    def to_sign_by(self, person: Person, at: datetime) -> "LetterQuerySet":
        """Those of the services for which the person may sign, without those of dossiers they have an interest in."""
        mandates = Mandate.objects.holding(at).filter(person=person, kind="signatory")
        if not mandates.exists():
            return self.none()
        free = self.filter(dossier__in=Dossier.objects.free_of(person, at).values("pk"))
        if mandates.filter(service__isnull=True).exists():
            return free
        return free.filter(dossier__service__in=mandates.values("service"))

    def visible_to(self, person: Person, at: datetime) -> "LetterQuerySet":
        """All of these together."""
        keys = [
            found.order_by().values("pk")
            for found in (self.handled_by(person, at), self.addressed_to(person, at), self.to_sign_by(person, at))
        ]
        return self.filter(Q(pk__in=keys[0]) | Q(pk__in=keys[1]) | Q(pk__in=keys[2]))


class Letter(Stateful):
    """A letter about a dossier's decision. ``recipient`` says who receives it (``applicant``, ``partner:ROW``,
    ``funder:NAME``); ``organisation`` whose members open it on their page, else ``email`` alone is told.

    ``model_title`` and ``model_body`` are the model's text, ``title`` and ``body`` what it was corrected into.
    ``content`` is what was filled in: what the page, the mail and the paper say. Once sent, ``sha256`` is the digest of
    its canonical content and ``paper`` the PDF, made once. ``decision``: canonical words of what was voted, so that a
    letter overtaken by another vote is known. ``values``: what only this letter knows, by field. ``replaces``: the letter
    it follows, which stays.
    """

    POLICY: ClassVar = policy.LETTER
    WORDING: ClassVar = wording.LETTER

    number = models.CharField(_("numéro"), max_length=30, unique=True)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(_("sorte"), max_length=20, choices=_KINDS)
    recipient = models.CharField(max_length=80, default=APPLICANT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True)
    address = models.JSONField(default=list)
    decision = models.CharField(max_length=64, blank=True)
    values = models.JSONField(default=dict)
    text = models.ForeignKey(LetterText, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    model_title = models.CharField(max_length=200)
    model_body = models.TextField()
    title = models.CharField(_("objet"), max_length=200)
    body = models.TextField(_("texte"))
    content = models.JSONField(default=dict)
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    corrected_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    corrected_at = models.DateTimeField(null=True, blank=True)
    signature = models.JSONField(default=dict)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    paper = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(max_length=200, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    reasons_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    appeal_until = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("dossier_id", "id")
        constraints = [
            # Two contradictory letters never both hold, nor are two prepared at once.
            models.UniqueConstraint(
                fields=["dossier", "recipient"], condition=Q(state__in=sorted(policy.IN_FORCE)),
                name="one_letter_in_force",
            ),
            models.UniqueConstraint(
                fields=["dossier", "recipient"], condition=Q(state__in=sorted(policy.IN_HAND)), name="one_letter_in_hand"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(policy.LEFT)) | Q(sent_at__isnull=False, paper__isnull=False) & ~Q(sha256=""),
                name="sent_letter_is_kept",
            ),
            models.CheckConstraint(
                condition=~Q(state=policy.LetterState.OPENED) | Q(opened_at__isnull=False), name="opened_letter_is_proved"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "sent_at"], name="letter_unread")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return f"/lettres/{self.number}/"

    @property
    def corrected(self) -> bool:
        """Whether its words are no longer the model's."""
        return (self.title, self.body) != (self.model_title, self.model_body)

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.LetterHat]:
        """The service's hats on the dossier, the signer's, and those of whom it is written to once it left."""
        if person is None:
            yield policy.LetterHat.CLOCK
            return
        worn = set(self.dossier.hats_of(person, at))
        if dossiers.Hat.OFFICER in worn:
            yield policy.LetterHat.OFFICER
            if dossiers.Hat.LEAD in worn:
                yield policy.LetterHat.LEAD
        if Letter.objects.filter(pk=self.pk).to_sign_by(person, at).exists():
            yield policy.LetterHat.SIGNER
        yield from self._received(person, at, worn)

    def _received(self, person: Person, at: datetime, worn: set[Any]) -> Iterable[policy.LetterHat]:
        if self.state not in policy.LEFT or self.organisation is None:
            return
        role = organisations.role_of(person, self.organisation, at)
        if role is None:
            return
        if str(role) != "reader":
            yield policy.LetterHat.RECIPIENT
        elif self.state != policy.LetterState.SENT:
            yield policy.LetterHat.OBSERVER
        if self.organisation_id != self.dossier.organisation_id:
            return
        if worn & {dossiers.Hat.SIGNATORY, dossiers.Hat.EDITOR}:
            yield policy.LetterHat.APPLICANT
        if dossiers.Hat.SIGNATORY in worn:
            yield policy.LetterHat.APPELLANT
