"""Reading the whole journal again: every hash recomputed from what it covers, every chain whole to its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from escale.foundation.journal import chain, seals
from escale.foundation.journal.models import Entry, Seal, Subject


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was written.

    ``code``: entry_altered, note_altered, data_altered, entry_missing, end_missing, seal_altered or
    seal_broken. ``where`` names the subject and line, or the day.
    """

    code: str
    where: str


def problems(subjects: "QuerySet[Subject] | None" = None) -> Iterator[Problem]:
    """Checks the chains of ``subjects`` (all when None), and the seals when all are checked."""
    asked = Subject.objects.all() if subjects is None else subjects
    known = {subject.pk: subject for subject in asked}
    rows = Entry.objects.filter(subject__in=asked).select_related("by").order_by("subject_id", "n")
    for pk, entries in groupby(rows.iterator(chunk_size=2000), key=lambda entry: entry.subject_id):
        yield from _chain(known.pop(pk), entries)
    for subject in known.values():
        if subject.length:
            yield Problem("end_missing", f"{subject} (0/{subject.length})")
    if subjects is None:
        yield from _seals()


def _chain(subject: Subject, entries: Iterator[Entry]) -> Iterator[Problem]:
    n, previous = 0, ""
    for entry in entries:
        n += 1
        where = f"{subject} / {entry.n}"
        if entry.n != n or entry.previous != previous:
            yield Problem("entry_missing", where)
            n = entry.n
        if rehash(subject, entry) != entry.hash:
            yield Problem("entry_altered", where)
        # A text may be erased by law; what remains must still be what was written.
        if entry.note and chain.digest(entry.note) != entry.note_digest:
            yield Problem("note_altered", where)
        if entry.data and chain.digest(chain.canonical(entry.data)) != entry.data_digest:
            yield Problem("data_altered", where)
        previous = entry.hash
    if (n, previous) != (subject.length, subject.head):
        yield Problem("end_missing", f"{subject} ({n}/{subject.length})")


def rehash(subject: Subject, entry: Entry) -> str:
    """The hash of the line as it stands now."""
    return chain.line_hash(
        kind=subject.kind, number=subject.number, n=entry.n, at=entry.at,
        by=str(entry.by.key) if entry.by else "", act=entry.act, before=entry.before, after=entry.after,
        note_digest=entry.note_digest, data_digest=entry.data_digest, previous=entry.previous,
    )  # fmt: skip


def _seals() -> Iterator[Problem]:
    previous = ""
    for seal in Seal.objects.order_by("day"):
        day = seal.day.isoformat()
        if seal.previous != previous:
            yield Problem("seal_broken", day)
        heads = seals.heads_at_end_of(seal.day, seal.last_entry)
        if chain.seal_digest(day=day, heads=heads, previous=seal.previous) != seal.digest:
            yield Problem("seal_altered", day)
        previous = seal.digest
