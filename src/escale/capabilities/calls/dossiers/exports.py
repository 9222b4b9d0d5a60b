"""The financing plan as a spreadsheet; dossiers in the takeout of their organisation, messages in that of a person."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from escale.capabilities.calls.dossiers.models import Comment, Dossier, Message, Partnership
from escale.foundation.documents import spreadsheets
from escale.foundation.documents.exports import keep
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.foundation.people.takeout import Takeout
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
        writer.writerows([[spreadsheets.harmless(text) for text in row] for row in table.cells])
    return out.getvalue().encode("utf-8-sig")


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def of_organisation(takeout: Takeout, organisation: Organisation, at: datetime) -> None:
    """Each dossier: where it is, what was filed as it was frozen, the draft as typed, messages, pieces with their files."""
    rows = organisation.dossiers.select_related("scheme", "sheet").order_by("pk")
    for dossier in rows.prefetch_related("versions__receipt", "pieces__document", "messages__by"):
        folder = f"dossiers/{dossier.number}"
        takeout.tell(f"{folder}/dossier", _told(dossier))
        for piece in dossier.pieces.all():
            if piece.removed_at is None:
                keep(takeout, f"{folder}/pieces/{piece.document.name}", piece.document)


def _told(dossier: Dossier) -> dict[str, object]:
    filed = [
        {"n": one.n, "at": one.at, "sha256": one.sha256, "document": json.loads(one.document),
         "receipt": json.loads(one.receipt.document)}
        for one in dossier.versions.all()
    ]  # fmt: skip
    return {
        "number": dossier.number, "call": dossier.scheme.title, "state": dossier.state, "title": dossier.title,
        "created_at": dossier.created_at, "filed": filed,
        "typed": list(dossier.sheet.answers.values("code", "row", "typed", "at")),
        "messages": [
            {"at": one.at, "side": one.side, "by": str(one.by), "text": one.text} for one in dossier.messages.all()
        ],
    }  # fmt: skip


def of_person(takeout: Takeout, person: Person, at: datetime) -> None:
    """The messages and remarks that the person wrote, the dossiers that they began, what was offered to their address."""
    written = Message.objects.filter(by=person).order_by("pk")
    takeout.tell("messages", list(written.values("dossier__number", "at", "text")))
    remarks = Comment.objects.filter(by=person).order_by("pk")
    takeout.tell("remarques", list(remarks.values("dossier__number", "section", "at", "text")))
    offered = Partnership.objects.filter(email=person.email).order_by("pk")
    takeout.tell(
        "partenariats", list(offered.values("number", "terms", "state", "invited_at", "answered_at", "reason"))
    )
    begun = Dossier.objects.filter(created_by=person).order_by("pk")
    takeout.tell("dossiers-commences", list(begun.values("number", "scheme__title", "state", "created_at")))
