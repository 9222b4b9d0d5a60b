"""Moving a thing: lock, verdict, new state, journal line, one transaction. Only here is a state assigned."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from escale.foundation.journal import chain
from escale.foundation.journal.models import Entry, Stateful, Subject
from escale.foundation.people.models import Person
from escale.rules.policy import Verdict
from escale.rules.refusal import NoHat, Refused


def verdict(thing: Stateful, act: str, *, by: Person | None, at: datetime) -> Verdict:
    """Whether ``by`` (None: the clock) may do ``act`` to ``thing`` at ``at``, and why not."""
    return thing.POLICY.verdict(act, hats=thing.hats_of(by, at), thing=thing, at=at, words=thing.WORDING)


def check(thing: Stateful, act: str, *, by: Person | None, at: datetime) -> None:
    """Raises ``NoHat`` or ``Refused`` when the table says no."""
    answer = verdict(thing, act, by=by, at=at)
    if answer.allowed:
        return
    if not answer.has_hat or answer.refusal is None:
        raise NoHat
    raise Refused(answer.refusal.code, answer.refusal.message, **answer.refusal.figures)


def begin(
    thing: Stateful, *, number: str, title: str, address: str, by: Person | None, at: datetime,
    act: str = "create", note: str = "", data: dict[str, Any] | None = None,
) -> Entry:  # fmt: skip
    """Brings ``thing`` (not saved yet) into the world: its subject, its first state, its first line."""
    with transaction.atomic():
        thing.subject = Subject.objects.create(
            kind=thing.POLICY.thing, number=number, title=title[:300], address=address
        )
        thing.state = str(thing.POLICY.initial)
        thing.save(force_insert=True)
        return _write(thing, act, before="", by=by, at=at, note=note, data=data)


def perform(
    thing: Stateful, act: str, *, by: Person | None, at: datetime, note: str = "",
    data: dict[str, Any] | None = None,
) -> Entry:  # fmt: skip
    """Does ``act`` to ``thing``: locks it, asks the table, moves the state, writes the line.

    ``by`` None is the clock; ``at`` is the instant the act bears. Raises ``NoHat`` or ``Refused`` and
    then changes nothing. The caller's other writes belong in the same transaction.
    """
    with transaction.atomic():
        lock(thing)
        check(thing, act, by=by, at=at)
        before = thing.state
        row = thing.POLICY[act]
        if row.to is not None and row.to != before:
            thing.state = str(row.to)
            thing.save(update_fields=["state"])
        return _write(thing, act, before=before, by=by, at=at, note=note, data=data)


def lock(thing: Stateful) -> None:
    """Takes the thing's row for the rest of the transaction and reads its state as it stands now.

    SQLite ignores the lock clause: its transactions are IMMEDIATE, which does the same work.
    """
    fresh = type(thing)._base_manager.select_for_update().values_list("state", flat=True).get(pk=thing.pk)
    thing.state = fresh


def _write(
    thing: Stateful, act: str, *, before: str, by: Person | None, at: datetime, note: str,
    data: dict[str, Any] | None,
) -> Entry:  # fmt: skip
    subject = Subject.objects.select_for_update().get(pk=thing.subject.pk)
    data, n = data or {}, subject.length + 1
    note_digest, data_digest = chain.digest(note), chain.digest(chain.canonical(data))
    line = chain.line_hash(
        kind=subject.kind, number=subject.number, n=n, at=at, by=str(by.key) if by else "", act=act,
        before=before, after=thing.state, note_digest=note_digest, data_digest=data_digest,
        previous=subject.head,
    )  # fmt: skip
    entry = Entry.objects.create(
        subject=subject, n=n, at=at, by=by, act=act, before=before, after=thing.state, note=note,
        note_digest=note_digest, data=data, data_digest=data_digest, previous=subject.head, hash=line,
    )  # fmt: skip
    Subject.objects.filter(pk=subject.pk).update(length=n, head=line)
    for follow in _followers().get((subject.kind, act), ()):
        follow(entry)
    return entry


def _followers() -> dict[tuple[str, str], list[Callable[[Entry], None]]]:
    """What follows which act, from the site's wiring: tasks enqueued in the same transaction."""
    return import_string(settings.ESCALE_AFTER)
