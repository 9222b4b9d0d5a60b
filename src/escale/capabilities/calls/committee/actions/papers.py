"""Minutes, book, annex as PDF: drawn from what was frozen once it is, and then kept, the same bytes for ever."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Paper, Sitting, Vote
from escale.capabilities.calls.committee.queries import minutes, sittings, told, voted, votes
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.instruction.queries import why
from escale.foundation.documents import actions as documents
from escale.foundation.documents.models import Document
from escale.foundation.documents.typesetting import pdf
from escale.foundation.people.models import Person

HERE = Path(__file__).resolve().parent.parent / "papers"


def minutes_paper(sitting: Sitting, person: Person, at: datetime) -> bytes | Document:
    """The minutes; without the dossiers in which the person has an interest."""
    found = json.loads(sitting.document) if sitting.document else minutes.document(sitting, at)
    seen = set(sittings.items_of(sitting, person, at).values_list("dossier__number", flat=True))
    whole = len(seen) == sitting.items.count()
    if sitting.document and whole:
        return _kept(sitting, "minutes", lambda: _minutes(found, sitting.sha256, set()), at)
    return _minutes(found, sitting.sha256 if whole else "", {one for one in _numbers(found) if one not in seen})


def book_paper(sitting: Sitting, person: Person, at: datetime) -> bytes | Document:
    """The book of the committee: a sheet a dossier, in the order of the ranking."""
    found = json.loads(sitting.document) if sitting.document else minutes.document(sitting, at)
    items = list(sittings.items_of(sitting, person, at))
    if sitting.document and len(items) == sitting.items.count():
        return _kept(sitting, "book", lambda: _book(found, [one.dossier for one in items]), at)
    return _book(found, [one.dossier for one in items])


def annex_paper(vote: Vote, person: Person, at: datetime) -> bytes | Document:
    """The annex of the deliberation."""
    lines = list(votes.lines_of(vote, person, at))
    if vote.document and len(lines) == vote.lines.count():
        return _kept(vote, "annex", lambda: _annex(json.loads(vote.document), vote.sha256), at)
    return _annex(voted.document(vote, lines), "")


def _minutes(found: dict[str, Any], sha256: str, hidden: set[str]) -> bytes:
    with translation.override("fr"):
        return pdf(HERE / "minutes.typ", told.minutes(found, sha256, hidden))


def _book(found: dict[str, Any], dossiers: list[Dossier]) -> bytes:
    order = {number: rank for rank, number in enumerate(_numbers(found))}
    sheets = [
        told.sheet(one, why.synthesis(one), _line(found, one.number))
        for one in sorted(dossiers, key=lambda one: (order.get(one.number, len(order)), one.number))
    ]
    with translation.override("fr"):
        return pdf(HERE / "book.typ", told.book(found, sheets))


def _annex(found: dict[str, Any], sha256: str) -> bytes:
    with translation.override("fr"):
        return pdf(HERE / "annex.typ", told.annex(found, sha256))


def _numbers(found: dict[str, Any]) -> list[str]:
    return [one["number"] for call in found["calls"] for one in call["dossiers"]]


def _line(found: dict[str, Any], number: str) -> dict[str, Any]:
    rows = [one for call in found["calls"] for one in call["dossiers"] if one["number"] == number]
    line: dict[str, Any] = rows[0] if rows else {}
    return line


def _kept(owner: Sitting | Vote, kind: str, make: Any, at: datetime) -> Document:
    """Made outside any lock, then kept unless someone was quicker: theirs is then the one."""
    slot = {"sitting" if isinstance(owner, Sitting) else "vote": owner}
    first = Paper.objects.filter(kind=kind, **slot).select_related("document").first()
    if first is not None:
        return first.document
    made = make()
    names = {"minutes": _("proces-verbal"), "book": _("livre-du-comite"), "annex": _("annexe")}
    with transaction.atomic():
        type(owner)._base_manager.select_for_update().get(pk=owner.pk)
        first = Paper.objects.filter(kind=kind, **slot).select_related("document").first()
        if first is not None:
            return first.document
        document = documents.store_bytes(made, name=f"{names[kind]}-{owner.number}.pdf", kind="pdf", at=at)
        Paper.objects.create(kind=kind, document=document, **slot)
    return document
