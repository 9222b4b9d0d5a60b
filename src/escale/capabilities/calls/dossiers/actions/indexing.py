"""The typed index of filed answers: derived from the versions, rebuilt at will."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from escale.capabilities.calls.dossiers.models import AnswerIndex, Dossier, DossierVersion
from escale.capabilities.calls.dossiers.queries.lists import filed_document


def index(dossier: Dossier, version: DossierVersion) -> int:
    """Indexes the answers of a version in place of those before; gives how many rows."""
    answers = filed_document(version)["case"].get("answers", {})
    rows = [row for code, value in answers.items() for row in _rows(dossier, code, value)]
    with transaction.atomic():
        AnswerIndex.objects.filter(dossier=dossier).delete()
        AnswerIndex.objects.bulk_create(rows)
    return len(rows)


def _rows(dossier: Dossier, code: str, value: Any) -> list[AnswerIndex]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [
            _row(dossier, f"{code}.{name}", rank, one) for rank, line in enumerate(value) for name, one in line.items()
        ]
    several = value if isinstance(value, list) else [value]
    return [_row(dossier, code, rank, one) for rank, one in enumerate(several)]


def _row(dossier: Dossier, code: str, rank: int, value: Any) -> AnswerIndex:
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return AnswerIndex(dossier=dossier, code=code, rank=rank, number=_number(value), day=_day(value), text=text[:300])


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
