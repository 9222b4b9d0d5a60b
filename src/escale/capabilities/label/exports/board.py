"""The board's list as CSV and as a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from escale.capabilities.label import wording
from escale.capabilities.label.models import Label
from escale.capabilities.label.queries import board
from escale.capabilities.label.queries.people import paris

#: A spreadsheet that opens a CSV runs a cell that begins so: it gets an apostrophe (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def table(rows: list[Label]) -> Iterator[list[Any]]:
    """The heads, then a line a label: texts, days, numbers."""
    known = board.facts(rows)
    yield [
        _("Numéro"), _("Label"), _("Type"), _("Niveau"), _("Lieu"), _("Code commune"), _("Commune"), _("Département"),
        _("État"), _("Depuis le"), _("Jusqu’au"), _("Acte"), _("Charte signée le"), _("Alertes"), _("Dernière visite"),
        _("Prochaine visite"), _("Invité à renouveler le"), _("Renouvellement demandé le"), _("Vérification"),
    ]  # fmt: skip
    for one in rows:
        commune, coming = one.place.commune, known["coming"].get(one.pk)
        yield [
            one.number, one.referential.title, one.type, one.level, one.place.name, commune.code, commune.name,
            commune.departement, str(wording.CHECKED_SHORT[one.worth]), paris(one.since), paris(one.until),  # type: ignore[attr-defined]  # annotated
            one.act_reference, _day(one.signed_at), known["alerts"].get(one.pk, 0), known["last"].get(one.pk),
            _day(coming), _day(one.invited_at), _day(one.asked_at), f"/verifier/{one.code}/",
        ]  # fmt: skip


def as_csv(rows: list[Label]) -> str:
    """Semicolons, ISO days, UTF-8 with its mark, as French spreadsheets open it."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    for line in table(rows):
        writer.writerow([_safe(value) for value in line])
    return out.getvalue()


def as_xlsx(rows: list[Label]) -> bytes:
    """A workbook: days and numbers typed, texts always texts."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold, day = (
            book.add_worksheet(),
            book.add_format({"bold": True}),
            book.add_format({"num_format": "dd/mm/yyyy"}),
        )
        for n, line in enumerate(table(rows)):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(n, column, datetime.combine(value, datetime.min.time()), day)
                elif isinstance(value, int):
                    sheet.write_number(n, column, value)
                elif value is not None:
                    sheet.write_string(n, column, str(value), bold if n == 0 else None)
        sheet.freeze_panes(1, 1)
    return out.getvalue()


def _day(at: datetime | None) -> date | None:
    return paris(at) if at is not None else None


def _safe(value: Any) -> str:
    text = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
