"""The organisation's standing documents, offered for the pieces that name their kind while they are valid."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.foundation.documents.models import StandingDocument
from escale.rules.figures import PARIS, shown_day
from escale.rules.period import months_after


@dataclass(frozen=True)
class Reusable:
    """``offers``: piece code → the document to use again; ``refusals``: piece code → why the one given is not valid."""

    offers: dict[str, StandingDocument] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)


def reusable(dossier: Dossier, specs: Iterable[dict[str, Any]], pieces: Iterable[Piece], at: datetime) -> Reusable:
    """What the organisation has given once for these pieces, judged on the day of ``at`` in Paris. One query, none
    when no piece names a kind of standing document.
    """
    named = {spec["code"]: spec for spec in specs if spec.get("standing")}
    if not named:
        return Reusable()
    day, given = at.astimezone(PARIS).date(), {piece.code: piece for piece in pieces}
    rows = StandingDocument.objects.filter(
        organisation=dossier.organisation_id, kind__in={spec["standing"] for spec in named.values()}
    )
    known = list(rows.select_related("document").order_by("-at", "-pk"))
    found = Reusable()
    for code, spec in named.items():
        mine = [row for row in known if row.kind == spec["standing"]]
        if (piece := given.get(code)) is not None:
            why = next((_why_not(spec, row, day) for row in mine if row.document_id == piece.document_id), "")
            if why:
                found.refusals[code] = why
        valid = [row for row in mine if row.removed_at is None and not _why_not(spec, row, day)]
        if valid and (code not in given or code in found.refusals):
            found.offers[code] = valid[0]
    return found


def _why_not(spec: dict[str, Any], row: StandingDocument, day: date) -> str:
    """Why the document does not serve on this day; empty when it does."""
    name = row.document.name
    if row.valid_until is not None and row.valid_until < day:
        return _("« {name} » n’est plus valable depuis le {day} : remplacez-le.").format(
            name=name, day=shown_day(row.valid_until)
        )
    if row.valid_from is not None and row.valid_from > day:
        return _("« {name} » n’est valable qu’à partir du {day}.").format(name=name, day=shown_day(row.valid_from))
    months = spec.get("valid_for")
    if months and row.valid_from is not None and months_after(row.valid_from, int(months)) < day:
        sentence = _("« {name} » date du {day} : cette pièce doit avoir {n} mois au plus, remplacez-la.")
        return sentence.format(name=name, day=shown_day(row.valid_from), n=months)
    return ""
