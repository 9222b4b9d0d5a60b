"""Tables that people open in a spreadsheet: CSV as French ones read it, and workbooks; never a text run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from escale.rules.figures import PARIS

#: A spreadsheet that opens a CSV runs a cell that begins so: it gets an apostrophe (OWASP, CSV injection).
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """The text, harmless in a spreadsheet."""
    return f"'{text}" if text.startswith(RUNS) else text


def as_csv(lines: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The text in parts: semicolons, decimal comma, days in ISO 8601 (Paris), UTF-8 with its mark.

    A cell is a text, a whole number, a number of units with two decimals (``float``), a day, an instant, or None.
    """
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";")
    yield "\ufeff"
    for cells in lines:
        writer.writerow([_plain(value) for value in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name (cut at 31 characters), its lines, the first being the head."""

    name: str
    lines: Iterable[Iterable[Any]]


def as_xlsx(*sheets: Sheet) -> bytes:
    """A workbook: numbers and days typed, texts always texts, head and first column kept in sight."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, money, day = (
            book.add_format(one) for one in ({"bold": True}, {"num_format": "#,##0.00"}, {"num_format": "dd/mm/yyyy"})
        )
        for one in sheets:
            sheet = book.add_worksheet(one.name[:31])
            for n, cells in enumerate(one.lines):
                for column, value in enumerate(cells):
                    match value:
                        case None:
                            pass
                        case date():
                            sheet.write_datetime(n, column, _midnight(value), day)
                        case float():
                            sheet.write_number(n, column, value, money)
                        case int():
                            sheet.write_number(n, column, value)
                        case _:
                            sheet.write_string(n, column, str(value), bold if n == 0 else None)
            sheet.freeze_panes(1, 1)
    return out.getvalue()


def _day(value: date) -> date:
    return value.astimezone(PARIS).date() if isinstance(value, datetime) else value


def _midnight(value: date) -> datetime:
    return datetime.combine(_day(value), datetime.min.time())


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case date():
            return _day(value).isoformat()
        case float():
            return f"{value:.2f}".replace(".", ",")
        case int():
            return str(value)
    return harmless(str(value))
