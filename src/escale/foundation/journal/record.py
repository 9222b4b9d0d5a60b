"""Moving a thing: lock, verdict, new state, journal line, one transaction. Only here is a state assigned."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import BigAutoField, QuerySet
from django.utils.module_loading import import_string

from escale.foundation.journal import chain
from escale.foundation.journal.models import Entry, Stateful, Subject
from escale.foundation.people.models import Person
from escale.foundation.prepared import Prepared, Slot, put, put_many, update
from escale.rules.policy import Verdict
from escale.rules.refusal import NoHat, Refused

_LOCKS: dict[type[Stateful], Prepared[Stateful, str]] = {}
_ENTRY = (
    "subject", "n", "at", "by", "act", "before", "after", "note", "note_digest", "data", "data_digest", "previous",
    "hash",
)  # fmt: skip
_SUBJECT: Prepared[Subject, Subject] = Prepared(
    lambda: Subject.objects.select_for_update().filter(pk=Slot("pk", BigAutoField()))
)


def verdict(thing: Stateful, act: str, *, by: Person | None, at: datetime) -> Verdict:
    """Whether ``by`` (None: the clock) may do ``act`` to ``thing`` at ``at``, and why not."""
    return thing.POLICY.verdict(act, hats=_hats(thing, by, at), thing=thing, at=at, words=thing.WORDING)


def has_hat(thing: Stateful, act: str, *, by: Person | None, at: datetime) -> bool:
    """Whether ``by`` wears a hat for ``act`` here, whatever the state."""
    return any(hat in thing.POLICY[act].hats for hat in _hats(thing, by, at))


def _hats(thing: Stateful, by: Person | None, at: datetime) -> Iterable[StrEnum]:
    worn = thing.worn
    known = worn is not None and by is not None and worn[:2] == (by.pk, at)
    return worn[2] if known and worn is not None else thing.hats_of(by, at)


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


def begin_many(
    things: Sequence[tuple[Stateful, str, str, str]], *, by: Person | None, at: datetime, then: Sequence[str] = (),
    data: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Brings many things of one kind (not saved; each with its number, title and address) into the world at once.

    ``then``: acts that each does at once after its birth; the table is asked for each. The journals are those
    of ``begin`` followed by ``perform``, without what follows an act (``AFTER``): the caller sees to it.
    """
    subjects, lines = [], []
    for thing, number, title, address in things:
        subject = Subject(kind=thing.POLICY.thing, number=number, title=title[:300], address=address)
        thing.state, before = str(thing.POLICY.initial), ""
        for act in ("create", *then):
            if act != "create":
                check(thing, act, by=by, at=at)
                before, row = thing.state, thing.POLICY[act]
                thing.state = str(row.to or before)
            lines.append(_line(subject, thing, act, before=before, by=by, at=at, note="", data=data or {}))
        subjects.append(subject)
    with transaction.atomic():
        put_many(subjects)
        for (thing, *_words), subject in zip(things, subjects, strict=True):
            thing.subject = subject
        put_many([thing for thing, *_words in things])
        for line in lines:
            line.subject = line.subject  # whose key is known by now
        put_many(lines)


def perform(
    thing: Stateful, act: str, *, by: Person | None, at: datetime, note: str = "",
    data: dict[str, Any] | None = None, also: Sequence[str] = (), held: bool = False,
) -> Entry:  # fmt: skip
    """Does ``act`` to ``thing``: locks it, asks the table, moves the state, writes the line.

    ``by`` None is the clock; ``at`` is the instant the act bears; ``also``: fields of the thing written with its state.
    ``held``: the caller's transaction has locked the thing already, and does not outlive an exception. Raises ``NoHat``
    or ``Refused`` and then changes nothing. The caller's other writes belong in the same transaction.
    """
    with transaction.atomic(savepoint=not held):
        if not held:
            lock(thing)
        check(thing, act, by=by, at=at)
        before = thing.state
        row = thing.POLICY[act]
        if row.to is not None and row.to != before:
            thing.state = str(row.to)
            update(thing, ("state", *also))
        elif also:
            update(thing, also)
        return _write(thing, act, before=before, by=by, at=at, note=note, data=data)


def lock(thing: Stateful) -> None:
    """Takes the thing's row for the rest of the transaction and reads its state as it stands now.

    SQLite ignores the lock clause: its transactions are IMMEDIATE, which does the same work.
    """
    kind = type(thing)
    if kind not in _LOCKS:
        _LOCKS[kind] = Prepared(partial(_locking, kind))
    fresh = _LOCKS[kind].first(pk=thing.pk)
    if fresh is None:
        raise kind.DoesNotExist
    thing.state = fresh


def _locking(kind: type[Stateful]) -> "QuerySet[Stateful, str]":
    rows = kind._base_manager.select_for_update().order_by()
    return rows.filter(pk=Slot("pk", kind._meta.pk)).values_list("state", flat=True)


def _write(
    thing: Stateful, act: str, *, before: str, by: Person | None, at: datetime, note: str,
    data: dict[str, Any] | None,
) -> Entry:  # fmt: skip
    subject = _SUBJECT.first(pk=thing.subject_id)
    if subject is None:
        raise Subject.DoesNotExist
    entry = _line(subject, thing, act, before=before, by=by, at=at, note=note, data=data or {})
    put(entry, _ENTRY)
    update(subject, ("length", "head"))
    for follow in _followers().get((subject.kind, act), ()):
        follow(entry)
    return entry


def _line(
    subject: Subject, thing: Stateful, act: str, *, before: str, by: Person | None, at: datetime, note: str,
    data: dict[str, Any],
) -> Entry:  # fmt: skip
    """The subject's next line, not saved; the subject's length and head move on with it."""
    n = subject.length + 1
    note_digest, data_digest = chain.digest(note), chain.digest(chain.canonical(data))
    line = chain.line_hash(
        kind=subject.kind, number=subject.number, n=n, at=at, by=str(by.key) if by else "", act=act,
        before=before, after=thing.state, note_digest=note_digest, data_digest=data_digest,
        previous=subject.head,
    )  # fmt: skip
    entry = Entry(
        subject=subject, n=n, at=at, by=by, act=act, before=before, after=thing.state, note=note,
        note_digest=note_digest, data=data, data_digest=data_digest, previous=subject.head, hash=line,
    )  # fmt: skip
    subject.length, subject.head = n, line
    return entry


def _followers() -> dict[tuple[str, str], list[Callable[[Entry], None]]]:
    """What follows which act, from the site's wiring: tasks enqueued in the same transaction."""
    return import_string(settings.ESCALE_AFTER)
