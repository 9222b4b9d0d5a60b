"""What the applicant typed in a dossier of volume, place by place: a sheet like one filled by hand."""

from datetime import datetime
from typing import Any

from escale.capabilities.calls.dossiers.queries.form import Call
from escale.foundation.questionnaires.models import Answer, Row, Sheet
from escale.foundation.questionnaires.questions import Place

#: Tables of the plan → the key of their rows.
TABLES = {"expenses": "e", "funding": "f"}


def typed_of(call: Call, title: str, case: dict[str, Any]) -> dict[Place, str]:
    """The texts that make this case, by place, in the form's order."""
    found = {Place(call.names["project_title"]): title}
    found |= {Place(code): _text(value) for code, value in case["answers"].items()}
    for table, letter in TABLES.items():
        for rank, line in enumerate(case[table], 1):
            for name, value in line.items():
                found[Place(f"{call.names[table]}.{name}", f"{letter}{rank}")] = _text(value)
    return found


def keys_of(call: Call, case: dict[str, Any]) -> dict[str, list[str]]:
    """The rows of each table, by block, as a version freezes them."""
    return {
        call.names[table]: [f"{letter}{rank}" for rank in range(1, len(case[table]) + 1)]
        for table, letter in TABLES.items()
    }


def rows_of(sheet: Sheet, typed: dict[Place, str], keys: dict[str, list[str]], by: int, at: datetime) -> list[Any]:
    """The answers and rows of a sheet, not written."""
    answers = [
        Answer(sheet=sheet, code=place.code, row=place.row, typed=text, rev=1, by_id=by, at=at)
        for place, text in typed.items()
    ]
    rows = [
        Row(sheet=sheet, block=block, key=key, position=n)
        for block, held in keys.items()
        for n, key in enumerate(held, 1)
    ]
    return [*answers, *rows]


def _text(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
