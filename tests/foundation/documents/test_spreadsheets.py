"""What a person opens in a spreadsheet: typed where it counts, never run."""

import csv
import io
from datetime import UTC, date, datetime

from python_calamine import CalamineWorkbook

from escale.foundation.documents import spreadsheets
from escale.foundation.documents.spreadsheets import Sheet

HEAD = ["Numéro", "Projet", "Montant", "Jour", "Instant", "Rang"]
LINES = [
    HEAD,
    ["D-1", "=HYPERLINK(1)", 1234.5, date(2026, 3, 1), datetime(2026, 3, 1, 23, 30, tzinfo=UTC), 3],
    ["D-2", "@somme ; avec un point-virgule", None, None, None, None],
]


def test_a_csv_opens_in_a_french_spreadsheet_and_runs_nothing():
    text = "".join(spreadsheets.as_csv(LINES))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")) == [
        HEAD,
        # half past eleven in the evening, in winter UTC, is the next day in Paris
        ["D-1", "'=HYPERLINK(1)", "1234,50", "2026-03-01", "2026-03-02", "3"],
        ["D-2", "'@somme ; avec un point-virgule", "", "", "", ""],
    ]


def test_a_workbook_has_typed_cells_and_texts_as_texts():
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(spreadsheets.as_xlsx(Sheet("Un nom bien trop long pour un tableur", LINES), Sheet("Deux", [HEAD])))
    )
    assert book.sheet_names == ["Un nom bien trop long pour un t", "Deux"]
    first = book.get_sheet_by_index(0).to_python()
    assert first[1] == ["D-1", "=HYPERLINK(1)", 1234.5, date(2026, 3, 1), date(2026, 3, 2), 3.0]
    assert first[2] == ["D-2", "@somme ; avec un point-virgule", "", "", "", ""]
    assert book.get_sheet_by_index(1).to_python() == [HEAD]
