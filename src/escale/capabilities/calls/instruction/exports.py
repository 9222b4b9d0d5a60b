"""The desk's list and a call's scores, as spreadsheets: what is seen."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.instruction.queries.columns import Cell
from escale.capabilities.calls.instruction.queries.reviewing import Line, shown
from escale.foundation.documents import spreadsheets


def as_csv(heads: list[str], rows: Iterable[tuple[str, list[Cell]]]) -> Iterator[str]:
    """Lines of a CSV, amounts in euros."""
    return spreadsheets.as_csv(_rows(heads, rows))


def as_xlsx(heads: list[str], rows: Iterable[tuple[str, list[Cell]]]) -> bytes:
    """A workbook: amounts (euros) and days typed."""
    return spreadsheets.as_xlsx(spreadsheets.Sheet(str(_("Dossiers")), _rows(heads, rows)))


def _rows(heads: list[str], rows: Iterable[tuple[str, list[Cell]]]) -> Iterator[list[Any]]:
    yield list(heads)
    for number, cells in rows:
        yield [number, *(_value(cell) for cell in cells)]


def _value(cell: Cell) -> Any:
    if cell.kind == "amount":
        return None if cell.value is None else cell.value / 100
    return cell.value


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
