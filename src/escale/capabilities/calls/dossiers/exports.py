"""The financing plan as a spreadsheet."""

import csv
import io
from dataclasses import dataclass

import xlsxwriter

from escale.foundation.questionnaires import tables
from escale.foundation.questionnaires.filled import Filled
from escale.foundation.questionnaires.questions import Block, Kind

type Tables = list["PlanTable"]


@dataclass(frozen=True)
class PlanTable:
    """One side of the plan: its name, its head and lines in words, which columns are amounts."""

    name: str
    cells: list[list[str]]
    amounts: list[bool]


def plan_tables(filled: Filled, blocks: dict[str, Block]) -> Tables:
    """Both sides of the plan as it stands."""
    return [
        PlanTable(block.label, tables.written(filled, block), [q.kind is Kind.AMOUNT for q in block.questions])
        for block in blocks.values()
    ]


def plan_workbook(found: Tables) -> bytes:
    """A workbook with one sheet a side; amounts are numbers, texts are never formulas."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        for table in found:
            sheet = book.add_worksheet(table.name[:31])
            sheet.freeze_panes(1, 0)
            for line, row in enumerate(table.cells):
                for column, text in enumerate(row):
                    number = _number(text) if line and table.amounts[column] else None
                    if number is None:
                        sheet.write_string(line, column, text, bold if line == 0 else None)
                    else:
                        sheet.write_number(line, column, number, money)
            sheet.set_column(0, max(len(table.amounts) - 1, 0), 22)
    return out.getvalue()


def plan_csv(found: Tables) -> bytes:
    """One file for both sides, one under the other, each under its name; semicolons, as French spreadsheets read."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for table in found:
        writer.writerow([table.name])
        writer.writerows([[tables.inert(text) for text in row] for row in table.cells])
    return out.getvalue().encode("utf-8-sig")


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
