"""Reviews: asked, filled, finished, reopened, declined; set aside as soon as there is an interest; reminders."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Conflict, Dossier, conflict
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction.models import Review
from escale.capabilities.calls.instruction.policy import ReviewState
from escale.capabilities.calls.instruction.queries import grid, scoring
from escale.foundation.journal import record
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.foundation.questionnaires import saving
from escale.foundation.questionnaires.models import Sheet
from escale.foundation.questionnaires.saving import Change, Outcome
from escale.rules.figures import shown_day
from escale.rules.refusal import Refused

#: Reminders before the date, in days.
REMINDERS = (7, 1)


def may_review(dossier: Dossier, reviewer: Person, at: datetime) -> None:
    """Refused when this person cannot be asked to score the dossier."""
    if not _reviewers(at).filter(person=reviewer).exists():
        sentence = _("{name} n’est pas évaluateur ou évaluatrice aujourd’hui.")
        raise Refused("not_a_reviewer", sentence.format(name=reviewer.name))
    if not Dossier.objects.filter(pk=dossier.pk).free_of(reviewer, at).exists():
        # Why is nobody else's business: the sentence says only that it cannot be.
        sentence = _("Ce dossier ne peut pas être confié à {name} : choisissez une autre personne.")
        raise Refused("cannot_take", sentence.format(name=reviewer.name))
    if Review.objects.standing().filter(dossier=dossier, reviewer=reviewer).exists():
        raise Refused("known", _("{name} évalue déjà ce dossier.").format(name=reviewer.name))


def ask(dossier: Dossier, reviewer: Person, *, due_at: datetime, by: Person, at: datetime) -> Review:
    """Asks a reviewer to score the dossier before ``due_at`` and writes to them."""
    if scoring.grid_of(call_of(dossier.edition)) is None:
        raise Refused("no_grid", _("Les dossiers de cet appel ne sont pas notés : son texte n’a pas de grille."))
    if due_at <= at:
        raise Refused("impossible_dates", _("La date demandée est passée : laissez au moins un jour."))
    with transaction.atomic():
        record.lock(dossier)
        may_review(dossier, reviewer, at)
        record.perform(dossier, "seek-review", by=by, at=at, data={"to": str(reviewer.key)})
        n = (Review.objects.filter(dossier=dossier).aggregate(last=Max("n"))["last"] or 0) + 1
        review = Review(
            dossier=dossier, n=n, reviewer=reviewer, sheet=Sheet.objects.create(), asked_by=by, asked_at=at, due_at=due_at
        )  # fmt: skip
        number = f"{dossier.number}-E{n}"
        address = review.get_absolute_url()
        record.begin(review, number=number, title=dossier.title or number, address=address, by=by, at=at)
        _write(review, "review", at, key=f"review-{number}-0")
    return review


def save(review: Review, changes: Iterable[Change], *, by: Person, at: datetime) -> Outcome:
    """Saves marks and comments; nothing that someone else (or another tab) wrote is overwritten unseen."""
    with transaction.atomic():
        record.lock(review)
        record.check(review, "score", by=by, at=at)
        return saving.save(review.sheet, grid.form_for(review), changes, by=by, at=at)


def finish(review: Review, *, by: Person, at: datetime) -> None:
    """The marks count from now on. Refused while one is missing or cannot be read."""
    with transaction.atomic():
        record.lock(review)
        given = grid.filled_of(review)
        review.gaps = grid.gaps(given)  # type: ignore[attr-defined]  # read by the policy's check
        marks = grid.marks_of(given)
        record.perform(review, "finish", by=by, at=at, data={"marks": marks})
        _keep(review, marks=marks, finished_at=at)


def reopen(review: Review, *, reason: str, by: Person, at: datetime) -> None:
    """Gives the review back to its reviewer, with the reason; its marks count no longer until it is finished again."""
    with transaction.atomic():
        record.perform(review, "reopen", by=by, at=at, note=reason, data={"marks": review.marks})
        _keep(review, marks={}, finished_at=None)
        _write(review, "review_reopened", at, key=f"review-{review.subject.number}-{at.isoformat()}", reason=reason)


def decline(review: Review, *, reason: str, by: Person, at: datetime) -> None:
    """The reviewer cannot do it, without an interest in the dossier."""
    record.perform(review, "decline", by=by, at=at, note=reason)


def withdraw(review: Review, *, by: Person, at: datetime) -> None:
    """No longer asks."""
    record.perform(review, "withdraw", by=by, at=at)


def recuse(review: Review, *, reason: str, by: Person, at: datetime) -> None:
    """The reviewer declares an interest, before or after scoring: from this instant they know nothing of the dossier
    and their marks count nowhere; the line of the journal stays. The reason is not in the journal.
    """
    with transaction.atomic():
        record.perform(review, "recuse", by=by, at=at)
        Conflict.objects.get_or_create(
            dossier=review.dossier, person=by, until=None,
            defaults={"source": "declared", "reason": reason, "by": by, "since": at},
        )  # fmt: skip


def set_aside(dossier: Dossier, person: Person, *, at: datetime) -> None:
    """Sets aside the reviews of whoever was found to have an interest in the dossier."""
    for review in Review.objects.standing().filter(dossier=dossier, reviewer=person).order_by("pk"):
        record.perform(review, "set-aside", by=None, at=at)


def remind(review: Review, *, by: Person | None, at: datetime) -> None:
    """Writes again to the reviewer; by the clock 7 days and 1 day before the date."""
    with transaction.atomic():
        record.perform(review, "remind", by=by, at=at)
        _keep(review, reminders=review.reminders + 1)
        _write(review, "review_reminder", at, key=f"review-{review.subject.number}-r{review.reminders}")


def due(*, at: datetime) -> int:
    """What the clock does: reviews of whoever has an interest by now are set aside, reminders leave. Counts lines."""
    standing = Review.objects.standing().select_related("dossier__edition", "dossier__scheme", "reviewer", "subject")
    standing = standing.filter(dossier__state__in=[*scoring.SCORED, State.ADVISED])
    pairs = list(standing.order_by("pk").values_list("dossier_id", "reviewer_id"))
    tied = conflict.ties({one for one, _who in pairs}, {who for _one, who in pairs}, at)
    done = 0
    for review in standing.filter(dossier__in={one for one, _who in tied}).order_by("pk"):
        if (review.dossier_id, review.reviewer_id) in tied:
            record.perform(review, "set-aside", by=None, at=at)
            done += 1
    late = standing.filter(state=ReviewState.ASKED, due_at__lte=at + timedelta(days=max(REMINDERS)))
    late = late.filter(dossier__state__in=scoring.SCORED, reviewer__in=_reviewers(at).values("person"))
    for review in late.order_by("pk"):
        if review.reminders < _owed(review, at):
            remind(review, by=None, at=at)
            done += 1
    return done


def _reviewers(at: datetime) -> "QuerySet[Mandate]":
    return Mandate.objects.holding(at).filter(kind="reviewer")


def _owed(review: Review, at: datetime) -> int:
    """How many reminders should have left by now; none for a date given too short for it."""
    marks = [review.due_at - timedelta(days=days) for days in REMINDERS]
    return sum(1 for mark in marks if review.asked_at < mark <= at)


def _keep(review: Review, **values: object) -> None:
    for name, value in values.items():
        setattr(review, name, value)
    review.save(update_fields=list(values))


def _write(review: Review, letter: str, at: datetime, key: str, **more: str) -> None:
    dossier = review.dossier
    contact = call_of(dossier.edition).document["contact"]
    words = {
        "name": review.reviewer.name, "call": dossier.scheme.title, "title": dossier.title, "number": dossier.number,
        "day": shown_day(review.due_at.date()), "path": review.get_absolute_url(), "contact": contact["name"],
        "phone": contact.get("phone", ""), **more,
    }  # fmt: skip
    post.write(review.reviewer, f"instruction/{letter}", words, about=dossier.subject, at=at, key=key)
