"""Opinions asked from people outside, through a link that shows what they may see and nothing else; reminders."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.instruction.models import Opinion
from escale.capabilities.calls.instruction.policy import OpinionState
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.rules.figures import shown_day
from escale.rules.refusal import Refused

#: Reminders before the date, in days; a request is closed this long after it.
REMINDERS = (7, 1)
CLOSED_AFTER = timedelta(days=30)


def ask(
    dossier: Dossier, *, name: str, email: str, question: str, sections: list[str], pieces: list[str], due_at: datetime,
    by: Person, at: datetime,
) -> Opinion:  # fmt: skip
    """Asks an opinion before ``due_at``; the expert sees these sections (their rank) and pieces (their code)."""
    if due_at <= at:
        raise Refused("impossible_dates", _("La date demandée est passée : laissez au moins un jour."))
    version = lists.latest_version(dossier)
    assert version is not None
    with transaction.atomic():
        n = Opinion.objects.filter(dossier=dossier).count() + 1
        record.perform(dossier, "seek-opinion", by=by, at=at, data={"n": n, "sections": sections, "pieces": pieces})
        opinion = Opinion(
            dossier=dossier, version=version, name=name, email=email, question=question, sections=sections,
            pieces=pieces, nonce=secrets.token_hex(16), asked_by=by, asked_at=at, due_at=due_at,
        )  # fmt: skip
        number = f"{dossier.number}-A{n}"
        record.begin(opinion, number=number, title=number, address=f"/instruction/{dossier.number}/", by=by, at=at)
        _write(opinion, "opinion", at, key=f"opinion-{number}-0")
    return opinion


def give(opinion: Opinion, *, verdict: str, text: str, at: datetime) -> None:
    """The expert's answer, once."""
    with transaction.atomic():
        record.perform(opinion, "give", by=None, at=at)
        Opinion.objects.filter(pk=opinion.pk).update(verdict=verdict, text=text, given_at=at)


def decline(opinion: Opinion, *, reason: str, at: datetime) -> None:
    """The expert cannot or may not answer (an interest, for one)."""
    with transaction.atomic():
        record.perform(opinion, "decline", by=None, at=at)
        Opinion.objects.filter(pk=opinion.pk).update(text=reason)


def withdraw(opinion: Opinion, *, by: Person, at: datetime) -> None:
    """No longer asks: the link shows nothing more."""
    record.perform(opinion, "withdraw", by=by, at=at)


def remind(opinion: Opinion, *, by: Person | None, at: datetime) -> None:
    """Writes again to the expert; by the clock 7 days and 1 day before the date."""
    with transaction.atomic():
        record.perform(opinion, "remind", by=by, at=at)
        opinion.reminders += 1
        Opinion.objects.filter(pk=opinion.pk).update(reminders=opinion.reminders)
        _write(opinion, "opinion_reminder", at, key=f"opinion-{opinion.subject.number}-{opinion.reminders}")


def due(*, at: datetime) -> int:
    """Reminders that are due, requests left without answer closed; gives how many lines were written."""
    done = 0
    rows = Opinion.objects.filter(state=OpinionState.ASKED, due_at__lte=at + timedelta(days=max(REMINDERS)))
    for opinion in rows.select_related("dossier__edition", "dossier__scheme", "subject").order_by("pk"):
        if opinion.due_at + CLOSED_AFTER <= at:
            record.perform(opinion, "expire", by=None, at=opinion.due_at + CLOSED_AFTER)
            done += 1
        elif opinion.reminders < _owed(opinion, at):
            remind(opinion, by=None, at=at)
            done += 1
    return done


def _owed(opinion: Opinion, at: datetime) -> int:
    """How many reminders should have left by now; none for a date given too short for it."""
    marks = [opinion.due_at - timedelta(days=days) for days in REMINDERS]
    return sum(1 for mark in marks if opinion.asked_at < mark <= at)


def _write(opinion: Opinion, letter: str, at: datetime, key: str) -> None:
    contact = call_of(opinion.dossier.edition).document["contact"]
    words = {
        "name": opinion.name, "question": opinion.question, "call": opinion.dossier.scheme.title,
        "title": opinion.dossier.title, "day": shown_day(opinion.due_at.date()), "path": f"/avis/{opinion.token}/",
        "contact": contact["name"], "phone": contact.get("phone", ""),
    }  # fmt: skip
    post.write(opinion.email, f"instruction/{letter}", words, about=opinion.dossier.subject, at=at, key=key)
