"""A scheme as it is listed: columns copied from its current edition, so that lists read no document."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escale.capabilities.calls.schemes import policy, wording
from escale.foundation.documents.models import Document
from escale.foundation.editions.models import Edition, Series
from escale.foundation.journal.models import Stateful
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Service
from escale.foundation.people.models import Person


class SchemeQuerySet(models.QuerySet["Scheme"]):
    """Which schemes someone sees."""

    def public(self) -> "SchemeQuerySet":
        """Those that have been published and not put away."""
        return self.filter(state__in=[policy.State.PUBLISHED, policy.State.SUSPENDED])

    def visible_to(self, person: Person | None, at: datetime) -> "SchemeQuerySet":
        """The public ones, and those of the person's services."""
        shown = Q(state__in=[policy.State.PUBLISHED, policy.State.SUSPENDED])
        if person is None:
            return self.filter(shown)
        return self.filter(shown | Q(service__in=organisations.services_of(person, at)))


class Scheme(Stateful):
    """A call or aid, under one key for ever. ``edition`` is the one in force."""

    POLICY: ClassVar = policy.SCHEME
    WORDING: ClassVar = wording.SCHEME

    key = models.SlugField(_("adresse"), max_length=60, unique=True)
    series = models.OneToOneField(Series, on_delete=models.PROTECT, related_name="scheme")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="schemes")
    title = models.CharField(_("titre"), max_length=200)
    summary = models.TextField(blank=True)
    kind = models.CharField(max_length=10)
    funds = models.CharField(max_length=200, blank=True)
    themes = models.TextField(blank=True)
    theme_labels = models.JSONField(default=dict, editable=False)
    audiences = models.TextField(blank=True)
    departements = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True, editable=False)
    opens_at = models.DateTimeField(null=True, db_index=True)
    closes_at = models.DateTimeField(null=True, db_index=True)
    windows = models.JSONField(default=list, editable=False)
    late_goes_on = models.BooleanField(default=False, editable=False)
    perimeter = models.JSONField(default=dict, editable=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ("closes_at", "title", "id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/appels/{self.key}/"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.Hat]:
        """Everybody visits; the service's officers prepare; nobody signed in means a command of the operator."""
        yield policy.Hat.VISITOR
        if person is None:
            yield policy.Hat.OPERATOR
            return
        if self.service_id is None:
            return
        if organisations.has_mandate(person, "lead_officer", at, self.service):
            yield policy.Hat.LEAD
        if self.service_id in organisations.services_of(person, at):
            yield policy.Hat.OFFICER

    def phase(self, at: datetime) -> str:
        """``coming``, ``open``, ``past`` or ``suspended`` at this instant, to the microsecond."""
        return self.timing.phase(at)

    @property
    def timing(self) -> "Timing":
        """Its periods and what an act made of them."""
        return Timing.of(self.state, self.opens_at, self.closes_at, self.windows, self.late_goes_on)


@dataclass(frozen=True)
class Timing:
    """The openings and closings of a call, wave by wave, as amended; None: open on that side."""

    suspended: bool
    periods: tuple[tuple[datetime | None, datetime | None], ...]
    late_goes_on: bool

    @classmethod
    def of(
        cls, state: str, opens: datetime | None, closes: datetime | None, windows: list[list[str | None]], late: bool
    ) -> "Timing":
        """From the columns of a list: ``windows`` is empty when there is one period."""
        periods = tuple((_instant(one[0]), _instant(one[1])) for one in windows) or ((opens, closes),)
        return cls(state == policy.State.SUSPENDED, periods, late)

    def phase(self, at: datetime) -> str:
        """Between two waves a call is coming, unless a late dossier goes to the next wave: it is then open."""
        if self.suspended:
            return "suspended"
        if self.window(at) is not None:
            return "open"
        if self.next_opening(at) is not None:
            begun = any(opens is None or opens <= at for opens, _closes in self.periods)
            return "open" if begun and self.late_goes_on else "coming"
        return "past"

    def window(self, at: datetime) -> tuple[datetime | None, datetime | None] | None:
        """The opening and the closing of the period open at this instant."""
        return next((one for one in self.periods if (one[0] is None or one[0] <= at)
                     and (one[1] is None or at <= one[1])), None)  # fmt: skip

    def next_opening(self, at: datetime) -> datetime | None:
        """When the next period opens; None after the last."""
        return min((opens for opens, _closes in self.periods if opens and opens > at), default=None)

    def last_closing(self, at: datetime) -> datetime | None:
        """When it last closed."""
        return max((closes for _opens, closes in self.periods if closes and closes < at), default=None)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


class PreviewLink(models.Model):
    """A secret address of a draft for someone without an account: revocable, and it expires.

    ``digest`` is the SHA-256 of the secret, which exists nowhere else than in the link itself.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.scheme} ({self.expires_at:%d/%m/%Y})"

    def works(self, at: datetime) -> bool:
        """Whether the link still opens the preview."""
        return self.revoked_at is None and at < self.expires_at


class SampleCase(models.Model):
    """A case kept with a draft, and what it must give: ``verdict`` and total of the aid in cents (null: no aid).

    ``case`` is a tree as in a case file.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="samples")
    name = models.CharField(_("nom du cas"), max_length=120)
    case = models.JSONField(default=dict)
    verdict = models.CharField(max_length=20, blank=True)
    total_cents = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["scheme", "name"], name="one_sample_a_name")]

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A document to download beside a call; ``piece`` is the code of the piece it is the template of."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("titre"), max_length=200)
    piece = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class Question(Stateful):
    """A question about a call, asked by anyone with a mail; the answer is published for all.

    ``email`` is blank once the asker was answered: nothing published says who asked.
    """

    POLICY: ClassVar = policy.QUESTION
    WORDING: ClassVar = wording.QUESTION

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="questions")
    n = models.PositiveIntegerField()
    email = models.EmailField(max_length=254, blank=True)
    text = models.TextField()
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("scheme_id", "n")
        constraints = [models.UniqueConstraint(fields=["scheme", "n"], name="one_question_a_number")]

    def __str__(self) -> str:
        return f"{self.scheme.key} ? {self.n}"

    def hats_of(self, person: Person | None, at: datetime) -> Iterable[policy.QuestionHat]:
        """Everybody reads what is answered; the link of the mail speaks for its asker; the service handles."""
        yield policy.QuestionHat.VISITOR
        if person is None:
            yield policy.QuestionHat.ASKER
        elif {policy.Hat.OFFICER, policy.Hat.LEAD} & set(self.scheme.hats_of(person, at)):
            yield policy.QuestionHat.OFFICER


class Subscriber(models.Model):
    """An address that asked to be told when a call opens. Unsubscribing deletes the row.

    ``told_for`` is the opening it was last told about: the next edition's opening is told again.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="subscribers")
    email = models.EmailField(max_length=254)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_for = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["scheme", "email"], name="one_subscription_an_address")]

    def __str__(self) -> str:
        return f"{self.email} → {self.scheme_id}"
