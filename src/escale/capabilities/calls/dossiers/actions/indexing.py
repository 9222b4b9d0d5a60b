"""What lists and searches read of a filed dossier: typed answers, words, parties. Derived, rebuilt at will."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from escale.capabilities.calls.dossiers.models import AnswerIndex, Dossier, DossierVersion, Party, Word
from escale.capabilities.calls.dossiers.queries.lists import filed_document
from escale.foundation.organisations.models import Organisation
from escale.foundation.prepared import insert
from escale.foundation.territory.models import Commune
from escale.foundation.territory.names import fold

#: The columns of an indexed answer, and their values.
ROW = ("code", "rank", "number", "day", "text")
type TypedRow = tuple[str, int, Decimal | None, date | None, str]
_WORD = re.compile(r"[a-z0-9]+")


class Indexed(NamedTuple):
    """What is indexed of one dossier, not written."""

    rows: list[TypedRow]
    parties: list[Party]
    words: list[Word]


def index(dossier: Dossier, version: DossierVersion) -> int:
    """Indexes the answers of a version in place of those before; gives how many rows."""
    made = indexed(dossier, filed_document(version)["case"], dossier.filed_at)
    with transaction.atomic():
        for table in (AnswerIndex, Party, Word):
            table._base_manager.filter(dossier=dossier).delete()
        put_index(dossier, made)
    return len(made.rows)


def indexed(dossier: Dossier, case: dict[str, Any], filed_at: datetime | None) -> Indexed:
    """The index of a case filed at ``filed_at``."""
    parties = _parties(dossier, case.get("partners") or [])
    return Indexed(_typed(case.get("answers", {})), parties, _words(dossier, parties) if filed_at else [])


def put_index(dossier: Dossier, made: Indexed) -> None:
    """Writes the index of a dossier that has none, in the caller's transaction."""
    pk = dossier.pk
    insert(AnswerIndex, ("dossier", *ROW), [(pk, *row) for row in made.rows])
    parties = [(pk, one.name, one.organisation_id, one.commune_id) for one in made.parties]
    insert(Party, ("dossier", "name", "organisation", "commune"), parties)
    insert(Word, ("dossier", "word", "service"), [(pk, one.word, one.service_id) for one in made.words])


def rows_of(dossier: Dossier, answers: dict[str, Any]) -> list[AnswerIndex]:
    """The typed rows of some answers, not written."""
    return [AnswerIndex(dossier=dossier, **dict(zip(ROW, row, strict=True))) for row in _typed(answers)]


def words_of(texts: Iterable[str]) -> list[str]:
    """The words of some texts, folded, once each, in order; what is longer than forty letters is cut."""
    return list(dict.fromkeys(word[:40] for text in texts for word in _WORD.findall(fold(text))))


def _words(dossier: Dossier, parties: list[Party]) -> list[Word]:
    service = dossier.service_id or dossier.scheme.service_id
    places = [party.commune.name for party in parties if party.commune]
    texts = [dossier.number, dossier.title, *(party.name for party in parties), *places]
    return [Word(dossier=dossier, word=word, service_id=service) for word in words_of(texts)]


def _parties(dossier: Dossier, partners: list[dict[str, Any]]) -> list[Party]:
    """The applicant and its partners; a partner is known by its SIRET, else by its name and commune together."""
    own = dossier.organisation
    found = [Party(dossier=dossier, name=own.name, organisation=own, commune=own.commune)]
    if not partners:
        return found
    communes = Commune.objects.in_bulk([str(row.get("commune") or "") for row in partners])
    names = [str(row.get("name") or "") for row in partners]
    sirets = [str(row["siret"]) for row in partners if row.get("siret")]
    known = list(Organisation.objects.filter(Q(name__in=names) | Q(siret__in=sirets)).order_by("pk"))
    for row in partners:
        commune = communes.get(str(row.get("commune") or ""))
        same = [
            one for one in known
            if (row.get("siret") and one.siret == row["siret"])
            or (one.name == row.get("name") and one.commune_id == str(row.get("commune") or ""))
        ]  # fmt: skip
        name = str(row.get("name") or "")[:200]
        found.append(Party(dossier=dossier, name=name, organisation=same[0] if same else None, commune=commune))
    return found


def _typed(answers: dict[str, Any]) -> list[TypedRow]:
    return [row for code, value in answers.items() for row in _rows(code, value)]


def _rows(code: str, value: Any) -> list[TypedRow]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_row(f"{code}.{name}", rank, one) for rank, line in enumerate(value) for name, one in line.items()]
    several = value if isinstance(value, list) else [value]
    return [_row(code, rank, one) for rank, one in enumerate(several)]


def _row(code: str, rank: int, value: Any) -> TypedRow:
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return code, rank, _number(value), _day(value), text[:300]


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or (isinstance(value, str) and len(value) > 20):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**17 else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
