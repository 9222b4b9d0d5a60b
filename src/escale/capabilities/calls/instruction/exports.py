"""The desk's list as CSV and as a spreadsheet: what is seen, never read as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from escale.capabilities.calls.instruction.queries.columns import Cell
from escale.capabilities.calls.instruction.queries.reviewing import Line, shown
from escale.rules.figures import PARIS

#: A spreadsheet that opens a CSV runs a cell that begins so: it gets an apostrophe (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(text: str) -> str:
    """The text, harmless in a spreadsheet."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(heads: list[str], rows: Iterable[tuple[str, list[Cell]]]) -> Iterator[str]:
    """Lines of a CSV: semicolons, decimal comma, UTF-8 with its mark, as French spreadsheets open it."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    yield "\ufeff"
    for values in _rows(heads, rows):
        writer.writerow([_plain(value) for value in values])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def as_xlsx(heads: list[str], rows: Iterable[tuple[str, list[Cell]]]) -> bytes:
    """A workbook: amounts and days typed, texts always texts."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold, money, day = (
        book.add_format(one) for one in ({"bold": True}, {"num_format": "# ##0.00"}, {"num_format": "dd/mm/yyyy"})
    )
    for n, values in enumerate(_rows(heads, rows)):
        for column, value in enumerate(values):
            match value:
                case datetime():
                    sheet.write_datetime(n, column, value.astimezone(PARIS).replace(tzinfo=None), day)
                case float():
                    sheet.write_number(n, column, value, money)
                case None:
                    pass
                case _:
                    sheet.write_string(n, column, str(value), bold if n == 0 else None)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()


def _rows(heads: list[str], rows: Iterable[tuple[str, list[Cell]]]) -> Iterator[list[Any]]:
    yield list(heads)
    for number, cells in rows:
        yield [number, *(_value(cell) for cell in cells)]


def _value(cell: Cell) -> Any:
    if cell.kind == "amount":
        return None if cell.value is None else cell.value / 100
    return cell.value


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone(PARIS).strftime("%d/%m/%Y")
        case float():
            return f"{value:.2f}".replace(".", ",")
    return safe(str(value))


def scores_csv(lines: Iterable[Line]) -> Iterator[str]:
    """The table of a call's scores: one line a dossier, scores and spread in points, reviewers beside."""
    heads = [
        _("Numéro"), _("Rang"), _("Projet"), _("Déposant"), _("Note"), _("Écart"), _("Évaluations"), _("Manquent"),
        _("Par évaluateur"),
    ]  # fmt: skip
    yield from as_csv(heads, (_score(line) for line in lines))


def _score(line: Line) -> tuple[str, list[Cell]]:
    ranked, score = line.ranked, line.ranked.score
    by = [f"{one.review.reviewer.name} : {shown(one.hundredths)} ({one.sentence})" for one in line.reviews]
    values = [
        ("text", str(ranked.position or "")), ("text", ranked.dossier.title), ("text", ranked.dossier.applicant),
        ("amount", score.hundredths), ("amount", score.spread if score.reviews > 1 else None),
        ("text", str(score.reviews)), ("text", str(line.missing)), ("text", " ; ".join(by)),
    ]  # fmt: skip
    return ranked.dossier.number, [Cell("", kind, value) for kind, value in values]
