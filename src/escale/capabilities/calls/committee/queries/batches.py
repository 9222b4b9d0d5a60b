"""The letters of a call as its service works on them: what awaits preparation, reading, signature, sending, proof."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from escale.capabilities.calls.committee import policy, wording
from escale.capabilities.calls.committee.models import Letter, LetterQuerySet, Share, Vote
from escale.capabilities.calls.committee.queries import lettering, notifying, recipients
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.rules.letters import fields, remedies
from escale.rules.letters.fields import plain

#: Letters on a page of the service.
MOST = 500


@dataclass(frozen=True)
class Batch:
    """What awaits, by state: (state, label, letters); how many decisions have no letter yet; the funders to write to."""

    waiting: int
    groups: list[tuple[str, str, list[Letter]]]
    funders: list[tuple[str, str]]
    first: Letter | None
    unread: int


def of(scheme: Scheme, person: Person, at: datetime) -> Batch:
    """The letters of the call that the person handles."""
    mine = notifying.of_call(scheme).handled_by(person, at)
    found = list(mine.exclude(state=policy.LetterState.CANCELLED)[:MOST])
    groups = [
        (str(state), str(wording.LETTERS_THAT[state]), [one for one in found if one.state == state])
        for state in policy.LetterState if state != policy.LetterState.CANCELLED
    ]  # fmt: skip
    late = at - timedelta(days=remedies.UNREAD_DAYS)
    return Batch(
        to_prepare(scheme, person, at).count(), [group for group in groups if group[2]], _funders(scheme, person, at),
        next((one for one in found if one.state == policy.LetterState.PREPARED), None),
        sum(1 for one in found if one.state == policy.LetterState.SENT and one.sent_at and one.sent_at <= late),
    )  # fmt: skip


#: A call for interest may end without any vote: what was examined is invited to the call that follows.
_WITHOUT_VOTE = (State.EXAMINED, State.ADVISED, State.CLOSED)


def ends_without_vote(dossier: Dossier) -> bool:
    """Whether the dossier may be invited to the call that follows without any decision: it gives no money."""
    return dossier.scheme.kind == "ami" and dossier.state in _WITHOUT_VOTE


def to_prepare(scheme: Scheme, person: Person, at: datetime) -> "QuerySet[Dossier]":
    """Voted dossiers of the call that the person handles and for which no letter is in hand; those of a call for
    interest once they are examined, as long as nothing was written to them.
    """
    letters = Letter.objects.filter(recipient="applicant")
    held = letters.filter(state__in=policy.IN_HAND).values("dossier")
    asked = Q(state=State.VOTED)
    if scheme.kind == "ami":
        asked |= Q(state__in=_WITHOUT_VOTE) & ~Q(pk__in=letters.filter(state__in=policy.IN_FORCE).values("dossier"))
    return Dossier.objects.handled_by(person, at).filter(asked, scheme=scheme).exclude(pk__in=held)


def next_to_read(letter: Letter, person: Person, at: datetime) -> Letter | None:
    """The next letter of the call that awaits a reader."""
    waiting = notifying.of_call(letter.dossier.scheme).handled_by(person, at).filter(state=policy.LetterState.PREPARED)
    return (
        waiting.filter(pk__gt=letter.pk).order_by("pk").first() or waiting.exclude(pk=letter.pk).order_by("pk").first()
    )


def to_sign(person: Person, at: datetime) -> "LetterQuerySet":
    """What awaits this person's signature."""
    found = Letter.objects.filter(state=policy.LetterState.REVIEWED).to_sign_by(person, at)
    return found.select_related("dossier__scheme").order_by("dossier__scheme__title", "dossier__number", "pk")


def received(person: Person, at: datetime) -> "LetterQuerySet":
    """What was written to the organisations of this person, the newest first."""
    return Letter.objects.addressed_to(person, at).select_related("dossier").order_by("-sent_at", "-pk")


def _funders(scheme: Scheme, person: Person, at: datetime) -> list[tuple[str, str]]:
    """The other funders of what awaits preparation, with the address last used."""
    waiting = to_prepare(scheme, person, at).values("pk")
    names = (
        Share.objects.filter(line__dossier__in=waiting).order_by("funder").values_list("funder", flat=True).distinct()
    )
    known = recipients.known_emails()
    return [(name, known.get(plain(name), "")) for name in names if recipients.is_other(name)]


def trial(written: notifying.Written, dossier: Dossier, person: Person, at: datetime) -> Any:
    """The letter that a model gives for a dossier, as it is shown: content with its envelope, and what is missing."""
    material = lettering.Material([dossier], at)
    found = notifying.filled(dossier, written.title, written.body, material=material, sample=True)
    invented = dossier.pk not in material.decisions and written.kind in fields.VOTED | fields.GRANTING
    whom = recipients.applicant(dossier)
    letter = Letter(number=f"{dossier.number}-L0", dossier=dossier, content=found.content, address=whom.address)
    return Trial({**found.content, **notifying.envelope(letter)}, found.missing, invented)


@dataclass(frozen=True)
class Trial:
    """``invented``: the dossier has no vote yet, what the vote says is an example."""

    content: dict[str, Any]
    missing: list[str]
    invented: bool


def calls_of(vote: Vote, person: Person, at: datetime) -> list[Scheme]:
    """The calls of the person's services on whose dossiers this vote decided."""
    mine = Scheme.objects.filter(service__in=organisations.services_of(person, at))
    return list(mine.filter(dossiers__vote_lines__vote=vote).distinct().order_by("title", "pk"))


def calls_in_hand(person: Person, at: datetime) -> list[tuple[Scheme, int]]:
    """The calls of the person's services whose letters are not all gone: what awaits someone, letters to prepare included."""
    handled = Dossier.objects.handled_by(person, at)
    hand = dict(
        Letter.objects.filter(dossier__in=handled.values("pk"), state__in=policy.IN_HAND)
        .order_by("dossier__scheme").values("dossier__scheme").annotate(n=Count("pk")).values_list("dossier__scheme", "n")
    )  # fmt: skip
    held = Letter.objects.filter(recipient="applicant", state__in=policy.IN_HAND).values("dossier")
    rows = handled.filter(state=State.VOTED).exclude(pk__in=held).order_by("scheme").values("scheme")
    waiting = dict(rows.annotate(n=Count("pk")).values_list("scheme", "n"))
    found = Scheme.objects.filter(pk__in={*hand, *waiting}).order_by("title", "pk")
    return [(one, hand.get(one.pk, 0) + waiting.get(one.pk, 0)) for one in found]
