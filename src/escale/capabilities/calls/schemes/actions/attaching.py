"""Documents to download beside a call: joined and withdrawn by its service, each with its line of journal."""

from datetime import datetime

from django.core.files.base import File
from django.db import transaction

from escale.capabilities.calls.schemes.models import Attachment, Scheme
from escale.foundation.documents import actions as documents
from escale.foundation.journal import record
from escale.foundation.people.models import Person


def attach(scheme: Scheme, upload: File, *, title: str, piece: str = "", by: Person, at: datetime) -> Attachment:
    """Joins a file. ``piece``: the code of the piece it is the template of. Raises ``Refused`` (file_…)."""
    record.check(scheme, "attach", by=by, at=at)
    document = documents.store(upload, by=by, at=at)
    with transaction.atomic():
        data = {"sha256": document.sha256, "piece": piece}
        record.perform(scheme, "attach", by=by, at=at, note=title, data=data)
        return Attachment.objects.create(scheme=scheme, document=document, title=title, piece=piece, by=by, at=at)


def detach(scheme: Scheme, attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Withdraws a file: nobody opens it any more, its trace stays."""
    with transaction.atomic():
        record.perform(scheme, "detach", by=by, at=at, note=attachment.title)
        Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(removed_at=at)
