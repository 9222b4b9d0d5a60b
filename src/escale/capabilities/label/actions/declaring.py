"""What the place says for a label: its commitments, its documents. Each is said once and serves every view."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.label.models import Declaration, Paper, Referential
from escale.foundation.documents import actions as documents
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.foundation.places.models import Place
from escale.foundation.places.policy import Hat
from escale.rules.refusal import NoHat, Refused


def declare(
    place: Place, referential: Referential, said: Mapping[str, bool | int | float | None], *, by: Person, at: datetime
) -> None:
    """Keeps what the place declares on honour, by code; None takes a declaration back."""
    _people_of(place, by, at)
    with transaction.atomic():
        record.lock(place)
        for code, value in said.items():
            rows = Declaration.objects.filter(place=place, referential=referential, code=code)
            if value is None:
                rows.delete()
            elif not rows.filter(value=value).exists():
                row = {"value": value, "by": by, "at": at}
                Declaration.objects.update_or_create(place=place, referential=referential, code=code, defaults=row)


def attach(
    place: Place, referential: Referential, code: str, upload: File, *, dated_on: date | None, valid_until: date | None,
    by: Person, at: datetime,
) -> Paper:  # fmt: skip
    """Attaches a document under a code of the referential. Raises ``Refused`` for a file that cannot be kept."""
    _people_of(place, by, at)
    if dated_on and valid_until and valid_until < dated_on:
        raise Refused("impossible_dates", _("La fin de validité précède la date du document."))
    document = documents.store(upload, by=by, at=at)
    with transaction.atomic():
        record.lock(place)
        return Paper.objects.create(
            place=place, referential=referential, code=code, document=document, dated_on=dated_on,
            valid_until=valid_until, by=by, at=at,
        )  # fmt: skip


def take_back(paper: Paper, *, by: Person, at: datetime) -> None:
    """The document no longer serves; the row stays as a trace."""
    _people_of(paper.place, by, at)
    paper.removed_at = at
    paper.save(update_fields=["removed_at"])


def _people_of(place: Place, by: Person, at: datetime) -> None:
    if Hat.STEWARD not in set(place.hats_of(by, at)):
        raise NoHat
