"""A repeated block as a table of a spreadsheet: read from a file or a paste with what is wrong by cell, and written.

Columns are found by the labels or the codes of the block's questions; without a head they stand in the questions' order.
Nothing is guessed: a cell that cannot be read is told in words with its line and column, and nothing is then saved.
"""

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.utils.translation import gettext as _
from python_calamine import load_workbook

from escale.foundation.documents import spreadsheets
from escale.foundation.documents.content import recognise
from escale.foundation.questionnaires.filled import Filled
from escale.foundation.questionnaires.questions import Block, Kind, Place, Question
from escale.foundation.questionnaires.reading import is_blank, read
from escale.foundation.questionnaires.showing import words
from escale.rules.refusal import Refused
from escale.rules.shape.problem import quoted

type Cells = list[list[str]]

MOST_BYTES = 2 * 1024 * 1024
MOST_COLUMNS = 50
MOST_ROWS = 3000
WORKBOOKS = ("xlsx", "ods")


@dataclass(frozen=True)
class Wrong:
    """One cell that cannot be read: its line (from 1) and column as in the file, its text, the sentence."""

    line: int
    column: str
    text: str
    sentence: str


@dataclass
class Table:
    """Lines as answers by code, and what is wrong. With anything wrong the lines are for showing alone."""

    lines: list[dict[str, str]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def of_text(text: str) -> Cells:
    """The cells of a paste (tabulations) or of a CSV text (semicolons or commas)."""
    mark = next((one for one in "\t;" if one in text), ",")
    try:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        rows = list(islice(csv.reader(io.StringIO(lines), delimiter=mark), MOST_ROWS + 1))
    except csv.Error as error:
        raise Refused(
            "unreadable", _("Ce tableau ne se lit pas : une cellule est trop longue ou mal fermée.")
        ) from error
    if len(rows) > MOST_ROWS:
        raise Refused(
            "too_big", _("Ce tableau compte plus de {n} lignes : n’envoyez que celles du plan.").format(n=MOST_ROWS)
        )
    return [[_plain(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def of_file(data: bytes) -> list[tuple[str, Cells]]:
    """The sheets of a workbook (XLSX, ODS), or the one table of a CSV. Raises ``Refused`` (unreadable, too_big)."""
    if len(data) > MOST_BYTES:
        raise Refused("too_big", _("Ce tableau pèse plus de 2 Mo : n’envoyez que les lignes du plan."))
    found = recognise(io.BytesIO(data))
    if found.kind in WORKBOOKS and not found.flaw:
        return _workbook(data)
    if found.kind not in ("txt", "csv"):
        raise Refused("unreadable", _("Ce fichier n’est pas un tableau lisible : enregistrez-le en XLSX, ODS ou CSV."))
    try:
        return [("", of_text(data.decode("utf-8-sig")))]
    except UnicodeDecodeError:
        return [("", of_text(data.decode("cp1252", "replace")))]


def _workbook(data: bytes) -> list[tuple[str, Cells]]:
    unreadable = Refused("unreadable", _("Ce classeur est abîmé ou protégé : enregistrez-le de nouveau en XLSX."))
    try:
        book = load_workbook(io.BytesIO(data))
        sheets = []
        for name in book.sheet_names[:20]:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)
            sheets.append((name, [[_cell(cell) for cell in row[:MOST_COLUMNS]] for row in rows]))
    except BaseException as error:  # the reader's own panics are not Exceptions
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise unreadable from error
    return sheets


def _cell(value: object) -> str:
    """A typed cell as a person writes it: 1234.5 is « 1234,5 », a day « 31/01/2026 »."""
    if isinstance(value, bool):
        return _("Oui") if value else _("Non")
    if isinstance(value, float):
        near = round(value, 2)
        exact = near if abs(near - value) < 1e-6 else value
        return str(int(exact)) if exact == int(exact) else str(exact).replace(".", ",")
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return _plain(str(value))


def _plain(text: str) -> str:
    cleaned = text.strip().replace("\0", "")
    return cleaned[1:] if cleaned.startswith("'") and cleaned[1:].startswith(spreadsheets.RUNS) else cleaned


def read_table(block: Block, cells: Cells) -> Table:
    """The lines of a block. Empty lines are left out."""
    table, start = Table(), _head_at(block, cells)
    head = cells[start - 1] if start else [question.label for question in block.questions]
    columns = [_named(block, name) for name in head]
    for rank, name in enumerate(head):
        if columns[rank] is None and name and any(len(row) > rank and row[rank] for row in cells[start:]):
            known = ", ".join(question.label for question in block.questions)
            sentence = _("Colonne inconnue. Colonnes attendues : {known}.").format(known=known)
            table.wrong.append(Wrong(start, name, name, sentence))
    for number, row in enumerate(cells[start:], start + 1):
        if any(row):
            table.lines.append(_line(number, row, columns, table.wrong))
    if len(table.lines) > block.most:
        sentence = _("« {label} » : {n} lignes, {most} au plus.")
        told = sentence.format(label=block.label, n=len(table.lines), most=block.most)
        table.wrong.append(Wrong(start + block.most + 1, "", "", told))
    return table


def _line(number: int, row: Sequence[str], columns: list[Question | None], wrong: list[Wrong]) -> dict[str, str]:
    line = {}
    for rank, text in enumerate(row):
        question = columns[rank] if rank < len(columns) else None
        if is_blank(text):
            continue
        if question is None:
            if rank >= len(columns):
                wrong.append(Wrong(number, str(rank + 1), text, _("Cette cellule est au-delà de la dernière colonne.")))
            continue
        typed = _option(question, text)
        result = read(question, typed)
        if result.problem:
            options = ", ".join(option.label for option in question.options)
            hint = _(" Réponses possibles : {options}.").format(options=options) if options else ""
            sentence = _("{text} : {problem}").format(text=quoted(text), problem=result.problem)
            wrong.append(Wrong(number, question.label, text, sentence + hint))
        line[question.code] = typed
    return line


def _head_at(block: Block, cells: Cells) -> int:
    """The number of the first line after the head; 0 when there is none."""
    for number, row in enumerate(cells[:10], 1):
        if sum(_named(block, cell) is not None for cell in row) >= min(2, len(block.questions)):
            return number
    return 0


def _named(block: Block, name: str) -> Question | None:
    wanted = _key(name)
    return next((q for q in block.questions if wanted and wanted in (_key(q.label), _key(q.code))), None)


def _option(question: Question, text: str) -> str:
    if question.kind is Kind.CHOICE:
        wanted = _key(text)
        return next((one.code for one in question.options if wanted in (_key(one.label), _key(one.code))), text)
    return text


def alike(text: str, other: str) -> bool:
    """Whether two names read the same: case, accents and marks left aside."""
    return _key(text) == _key(other)


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold()).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain if letter.isalnum())


def written(filled: Filled, block: Block) -> Cells:
    """The head and the lines of a block, in words, as a spreadsheet shows them."""
    lines = [[question.label for question in block.questions]]
    for key in filled.rows.get(block.code, ()):
        if not filled.is_blank(block, key):
            lines.append([_shown(filled, block, question, key) for question in block.questions])
    return lines


def _shown(filled: Filled, block: Block, question: Question, key: str) -> str:
    place = Place(f"{block.code}.{question.code}", key)
    typed = filled.typed(place)
    if question.kind is Kind.AMOUNT:
        value = filled.read(place).value
        return str(value).replace(".", ",") if value is not None else str(typed)
    return words(question, typed)
