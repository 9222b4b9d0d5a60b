"""Drafts left unfinished: once expired for long enough, what was typed and joined goes, the line stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from escale.capabilities.calls.dossiers.models import Dossier, Partnership, Piece
from escale.foundation.documents import retention
from escale.foundation.journal import record
from escale.foundation.journal.models import Entry
from escale.foundation.people.models import Person

BATCH = 200


def let_go(person: Person, by_clock: bool, at: datetime) -> None:
    """Their account closes: their address leaves the partnerships that were offered to it. What they answered stays."""
    mine = Q(email=person.email) | Q(answered_by=person)
    Partnership.objects.filter(mine).exclude(email="").update(email="")


def purge_expired(before: datetime, at: datetime) -> int:
    """Empties the drafts that expired before ``before``: answers, rows, title, files nobody else needs. Gives how many."""
    over = Entry.objects.filter(act="expire", at__lt=before, subject__kind=Dossier.POLICY.thing).values("subject")
    rows = Dossier.objects.filter(state="expired", subject__in=over, sheet__answers__isnull=False)
    emptied = list(rows.select_related("sheet", "subject").distinct().order_by("pk")[:BATCH])
    for dossier in emptied:
        with transaction.atomic():
            record.perform(dossier, "purge", by=None, at=at)
            pieces = Piece.objects.filter(dossier=dossier)
            for piece in pieces.select_related("document"):
                retention.forget(piece.document, pieces, at=at)
            dossier.sheet.answers.all().delete()
            dossier.sheet.rows.all().delete()
            Dossier.objects.filter(pk=dossier.pk).update(title="")
    return len(emptied)
