"""What a filing was made from, in a few numbers that move with it: compared again once the dossier is locked."""

from typing import NamedTuple

from django.db.models import BigAutoField

from escale.capabilities.calls.dossiers.models import Dossier
from escale.foundation.prepared import Prepared, Slot


class Stamp(NamedTuple):
    """``sheet``: the revision of the answers, rows, pieces and partners' words. The lengths of journals move with each
    act on the dossier, on the organisation (its sheet, documents, delegations) and on the call (text, calendar).
    """

    edition: int
    in_force: int | None
    sheet: int
    dossier: int
    organisation: int
    scheme: int


def of(dossier: Dossier) -> Stamp:
    """The stamp of a dossier that was read whole in one query (``lists.TO_FILE``)."""
    return Stamp(
        dossier.edition_id, dossier.scheme.edition_id, dossier.sheet.rev, dossier.subject.length,
        dossier.organisation.subject.length, dossier.scheme.subject.length,
    )  # fmt: skip


def now(dossier: Dossier) -> Stamp:
    """The stamp as it stands in the database."""
    found = _NOW.first(pk=dossier.pk)
    assert found is not None
    return Stamp(*found)


_NOW: Prepared[Dossier, tuple[int, int | None, int, int, int, int]] = Prepared(
    lambda: (
        Dossier.objects.filter(pk=Slot("pk", BigAutoField()))
        .order_by()
        .values_list(
            "edition_id", "scheme__edition_id", "sheet__rev", "subject__length", "organisation__subject__length",
            "scheme__subject__length",
        )
    )
)  # fmt: skip
