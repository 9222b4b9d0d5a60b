"""The annex and the ranking as workbooks: amounts are numbers, texts are never formulas; letters in a takeout."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Letter, VoteLine
from escale.capabilities.calls.committee.policy import LEFT
from escale.capabilities.calls.committee.queries.strips import Strip
from escale.capabilities.calls.committee.wording import OPINIONS, OUTCOMES
from escale.foundation.documents.exports import keep
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.takeout import Takeout


def of_organisation(takeout: Takeout, organisation: Organisation, at: datetime) -> None:
    """The letters that it received, as they were sent, with their papers; its appeals and what came of them."""
    rows = (
        Letter.objects.filter(organisation=organisation, state__in=LEFT)
        .select_related("paper", "dossier")
        .order_by("pk")
    )
    for letter in rows.prefetch_related("appeals"):
        told = {
            "number": letter.number, "dossier": letter.dossier.number, "kind": letter.kind, "state": letter.state,
            "sent_at": letter.sent_at, "opened_at": letter.opened_at, "sha256": letter.sha256, "content": letter.content,
            "appeals": [
                {"filed_at": one.filed_at, "text": one.text, "state": one.state, "answer": one.answer}
                for one in letter.appeals.all()
            ],
        }  # fmt: skip
        takeout.tell(f"lettres/{letter.number}", told)
        if letter.paper is not None:
            keep(takeout, f"lettres/{letter.paper.name}", letter.paper)


def annex(lines: Iterable[VoteLine]) -> bytes:
    """The annex, a line a funder: the same columns are read back by the import."""
    heads = ("Dossier", "Décision", "Montant", "Financeur", "Ligne budgétaire", "Enveloppe", "Motifs", "Conditions",
             "Déposant", "Projet", "Demandé", "Proposé", "Conseillé", "Voté")  # fmt: skip
    return _book(_("Annexe"), heads, (row for line in lines for row in _annexed(line)))


def _annexed(line: VoteLine) -> Iterator[list[Any]]:
    dossier, shares = line.dossier, list(line.shares.all())
    for n, share in enumerate(shares or [None]):
        first = n == 0
        amounts = (
            (line.asked_cents, line.proposed_cents, line.advised_cents, line.amount_cents) if first else (None,) * 4
        )
        yield [
            dossier.number, str(OUTCOMES[line.outcome]), _money(share.cents if share else None),
            share.funder if share else "", share.budget_line if share else "", share.envelope if share else "",
            line.reason if first else "", line.conditions if first else "", dossier.applicant, dossier.title,
            *(_money(cents) for cents in amounts),
        ]  # fmt: skip


def ranking(strips: Iterable[Strip]) -> bytes:
    """The ranking of a sitting with its four amounts and the hypothesis of the session."""
    heads = ("Appel", "Rang", "Dossier", "Déposant", "Projet", "Note", "Demandé", "Proposé", "Avis", "Conseillé", "Voté",
             "Hypothèse", "Montant de l’hypothèse")  # fmt: skip
    return _book(_("Classement"), heads, (row for strip in strips for row in _ranked(strip)))


def _ranked(strip: Strip) -> Iterator[list[Any]]:
    for row in strip.rows:
        place, dossier = row.place, row.place.item.dossier
        yield [
            strip.scheme.title, str(place.position), dossier.number, dossier.applicant, dossier.title, place.shown_score,
            _money(dossier.aid_cents), _money(dossier.proposed_cents),
            str(OPINIONS[place.advice.opinion]) if place.advice else "",
            _money(place.advice.amount_cents if place.advice else None), _money(dossier.voted_cents), row.words,
            _money(row.line.amount_cents if row.line else None),
        ]  # fmt: skip


def _money(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _book(name: str, heads: Iterable[str], rows: Iterable[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet(name[:31])
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for line, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, float):
                    sheet.write_number(line, column, value, money)
                elif value is not None:
                    sheet.write_string(line, column, str(value))
        sheet.freeze_panes(1, 1)
    return out.getvalue()
