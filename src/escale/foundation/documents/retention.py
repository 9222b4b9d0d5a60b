"""Files whose time is over: the bytes go, the row and its digest stay as a trace."""

from datetime import datetime
from typing import Any

from django.db.models import ForeignKey, QuerySet

from escale.foundation.documents import actions
from escale.foundation.documents.models import Document, StandingDocument

BATCH = 500


def forget_removed(before: datetime, at: datetime) -> int:
    """Destroys the files of standing documents taken back before ``before``, unless a dossier uses the same row.

    Gives how many were destroyed.
    """
    rows = StandingDocument.objects.filter(removed_at__lt=before, document__status=Document.Status.KEPT)
    destroyed = 0
    for row in rows.select_related("document").order_by("pk")[:BATCH]:
        destroyed += forget(row.document, StandingDocument.objects.filter(removed_at__isnull=False), at=at)
    return destroyed


def forget(document: Document, over: "QuerySet[Any]", *, at: datetime) -> bool:
    """Destroys the file unless anything, of any service, still points to its row beside the rows of ``over``, whose
    time is over.
    """
    for relation in Document._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if not isinstance(field, ForeignKey) or field.model is Document:
            continue
        pointing = field.model._base_manager.filter(**{field.name: document.pk})
        if field.model is over.model:
            pointing = pointing.exclude(pk__in=over.values("pk"))
        if pointing.exists():
            return False
    actions.erase(document, at=at)
    return True
