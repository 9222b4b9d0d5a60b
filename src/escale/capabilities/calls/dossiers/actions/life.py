"""What happens to a draft beside its filling: copied to another call, moved to a newer text, left to expire."""

from datetime import datetime

from django.db import transaction

from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.models import Dossier, Piece
from escale.capabilities.calls.dossiers.queries import terms
from escale.capabilities.calls.dossiers.queries.carrying import carried
from escale.capabilities.calls.dossiers.queries.form import Call, call_of
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal import record
from escale.foundation.people.models import Person
from escale.foundation.questionnaires import saving
from escale.foundation.questionnaires.filled import load
from escale.foundation.questionnaires.models import Sheet


def copy(dossier: Dossier, scheme: Scheme, *, by: Person, at: datetime, key: str = "") -> Dossier:
    """A new draft of the same organisation for ``scheme`` (the same call again, or another), with the answers and
    the pieces that it also asks. The same ``key`` gives the same copy. Raises ``NoHat``, ``Refused`` (not_open).
    """
    with transaction.atomic():
        record.lock(dossier)
        record.check(dossier, "copy", by=by, at=at)
        made = drafts.create(scheme, dossier.organisation, by=by, at=at, key=key)
        if made.origin_id is not None or made.pk == dossier.pk:
            return made
        record.perform(dossier, "copy", by=by, at=at, data={"to": made.number})
        made.origin = dossier
        made.title = dossier.title
        made.save(update_fields=["origin", "title"])
        before, after = call_of(dossier.edition), call_of(made.edition)
        saving.save(made.sheet, after.form, carried(before, after, load(dossier.sheet, before.form)), by=by, at=at)
        _carry_pieces(dossier, made, after, at)
    return made


def _carry_pieces(dossier: Dossier, made: Dossier, after: Call, at: datetime) -> None:
    wanted = {spec["code"] for spec in after.document.get("pieces", [])}
    standing = Piece.objects.filter(dossier=dossier, removed_at__isnull=True, code__in=wanted)
    Piece.objects.bulk_create(
        Piece(dossier=made, code=one.code, version=1, document_id=one.document_id, by_id=one.by_id, at=at)
        for one in standing
    )


def adopt(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Moves a draft to the text in force. Every answer stays, shown again wherever it is still asked."""
    with transaction.atomic():
        record.lock(dossier)
        newest = Scheme.objects.select_related("edition").get(pk=dossier.scheme_id).edition
        assert newest is not None
        dossier.scheme.edition = newest
        data = {"from": dossier.edition.n, "to": newest.n}
        record.perform(dossier, "adopt", by=by, at=at, data=data)
        dossier.edition = newest
        dossier.save(update_fields=["edition"])


def expire(dossier: Dossier, *, at: datetime) -> None:
    """The clock ends a draft that nobody touched. Raises ``Refused`` (too_early) when someone just did."""
    with transaction.atomic():
        record.lock(dossier)
        dossier.sheet = Sheet.objects.select_for_update().get(pk=dossier.sheet_id)
        dossier.expires_at = terms.expiry(dossier)
        record.perform(dossier, "expire", by=None, at=at, data={"last_change": _last(dossier).isoformat()})


def _last(dossier: Dossier) -> datetime:
    return dossier.sheet.changed_at or dossier.created_at
