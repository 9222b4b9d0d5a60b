"""What is asked about a dossier: corrections of the applicant, opinions of experts; and notes kept inside."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.core.signing import BadSignature, Signer
from django.db import models

from escale.capabilities.calls.dossiers import policy as dossiers
from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion
from escale.capabilities.calls.instruction import policy, wording
from escale.foundation.journal.models import Stateful
from escale.foundation.people.models import Person

_SIGNER = Signer(salt="opinion")
_HATS = {
    dossiers.Hat.SIGNATORY: policy.CorrectionHat.WRITER,
    dossiers.Hat.EDITOR: policy.CorrectionHat.WRITER,
    dossiers.Hat.READER: policy.CorrectionHat.READER,
    dossiers.Hat.OFFICER: policy.CorrectionHat.OFFICER,
    dossiers.Hat.CLOCK: policy.CorrectionHat.CLOCK,
}


class Correction(Stateful):
    """Some answers and pieces of a filed dossier are asked again; only they are unlocked.

    ``before`` is the version that was read, ``after`` the one that the answer made. From ``asked_at`` to
    ``answered_at`` (or ``due_at``, when nothing came) the legal clock is suspended.
    """

    POLICY: ClassVar = policy.CORRECTION
    WORDING: ClassVar = wording.CORRECTION

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="corrections")
    n = models.PositiveIntegerField()
    message = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    before = models.ForeignKey(DossierVersion, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(DossierVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("dossier_id", "n")
        constraints = [models.UniqueConstraint(fields=["dossier", "n"], name="one_correction_a_number")]
        indexes = [models.Index(fields=["state", "due_at"], name="correction_due")]

    def __str__(self) -> str:
        return f"{self.dossier_id} compléments {self.n}"

    def get_absolute_url(self) -> str:
        return f"/corrections/{self.dossier.number}/{self.n}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.CorrectionHat]:
        """Those of the dossier."""
        return [_HATS[hat] for hat in self.dossier.hats_of(person, at) if hat in _HATS]


class CorrectionItem(models.Model):
    """One thing asked: an answer (a question or a whole block, by its code) or a piece, and why."""

    KINDS = (("answer", "answer"), ("piece", "piece"))

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=10, choices=KINDS)
    code = models.CharField(max_length=60)
    sentence = models.TextField(blank=True)

    class Meta:
        ordering = ("correction_id", "id")
        constraints = [models.UniqueConstraint(fields=["correction", "kind", "code"], name="one_item_a_code")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class Note(models.Model):
    """A note that the service keeps for itself; the applicant never reads it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ("dossier_id", "-at", "-id")

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.at}"


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Finding an opinion by its link."""

    def by_token(self, token: str) -> "OpinionQuerySet":
        """The opinion whose link bears this token, or none."""
        try:
            pk, _point, nonce = _SIGNER.unsign(token).partition(".")
        except BadSignature:
            return self.none()
        return self.filter(pk=int(pk), nonce=nonce) if pk.isdecimal() else self.none()


class Opinion(Stateful):
    """An opinion asked of someone outside, who sees ``sections`` and ``pieces`` (codes) of what was filed, no more.

    The link is signed from ``nonce``: it is never stored, and a new nonce closes it.
    """

    POLICY: ClassVar = policy.OPINION
    WORDING: ClassVar = wording.OPINION

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="opinions")
    version = models.ForeignKey(DossierVersion, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    email = models.EmailField()
    question = models.TextField()
    sections = models.JSONField(default=list)
    pieces = models.JSONField(default=list)
    nonce = models.CharField(max_length=32)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=20, choices=list(wording.OPINIONS.items()), blank=True)
    text = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    #: Set by who found the opinion through its link: then nobody signed in is the expert, else the clock.
    held = False

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ("dossier_id", "asked_at", "id")
        indexes = [models.Index(fields=["state", "due_at"], name="opinion_due")]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.name}"

    @property
    def token(self) -> str:
        """What the link bears."""
        return _SIGNER.sign(f"{self.pk}.{self.nonce}")

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.OpinionHat]:
        """The expert by the link, the clock, the officers of the dossier."""
        if person is None:
            return [policy.OpinionHat.EXPERT if self.held else policy.OpinionHat.CLOCK]
        officer = dossiers.Hat.OFFICER in self.dossier.hats_of(person, at)
        return [policy.OpinionHat.OFFICER] if officer else []
