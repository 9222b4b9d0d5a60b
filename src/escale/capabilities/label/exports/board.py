"""The board's list as CSV and as a spreadsheet."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.label import wording
from escale.capabilities.label.models import Label
from escale.capabilities.label.queries import board
from escale.capabilities.label.queries.people import paris
from escale.foundation.documents import spreadsheets


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
    """The table as French spreadsheets open it."""
    return "".join(spreadsheets.as_csv(table(rows)))


def as_xlsx(rows: list[Label]) -> bytes:
    """A workbook: days and numbers typed."""
    return spreadsheets.as_xlsx(spreadsheets.Sheet(str(_("Labels")), table(rows)))


def _day(at: datetime | None) -> date | None:
    return paris(at) if at is not None else None
