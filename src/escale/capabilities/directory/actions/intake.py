"""A file of places: received, compared, matched again, written, set aside."""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.directory.actions import importing
from escale.capabilities.directory.models import Intake
from escale.capabilities.directory.queries import intake as queries
from escale.capabilities.directory.queries import preview, sources
from escale.capabilities.directory.queries.kinds import Kinds
from escale.foundation.documents import actions as documents
from escale.foundation.documents import storage
from escale.foundation.journal import numbers, record
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused

ALLOWED = ("csv", "geojson", "xlsx", "ods", "xls", "txt")
#: Up to this size a file is read within the request; beyond, the worker does it.
AT_ONCE_BYTES = 400_000


def receive(upload: File, *, source: str, by: Person, at: datetime) -> Intake:
    """Keeps a file to be compared. Raises ``Refused`` (file_…, unreadable) in words; nothing is then kept."""
    document = documents.store(upload, by=by, at=at, allowed=ALLOWED)
    try:
        sources.read(storage.place(document.sha256))
    except sources.Unreadable as wrong:
        raise Refused("unreadable", _("« {name} » : {why}").format(name=document.name, why=wrong)) from wrong
    with transaction.atomic():
        number = f"I{numbers.following('intake'):06d}"
        row = Intake(number=number, document=document, source=source, sent_by=by, sent_at=at)
        record.begin(row, number=number, title=document.name, address=f"/lieux/imports/{number}/", by=by, at=at)
    return row


def match(
    row: Intake, *, columns: Mapping[str, str], kinds: Mapping[str, str], kind: str, by: Person, at: datetime
) -> None:
    """Says which column is which field, which word is which kind; the file is then read again."""
    with transaction.atomic():
        record.perform(row, "match", by=by, at=at)
        row.columns, row.kinds, row.kind = dict(columns), dict(kinds), kind
        row.save(update_fields=["columns", "kinds", "kind"])


def compare(row: Intake, *, at: datetime) -> None:
    """Reads the file and keeps what it would change; nothing when that is done already."""
    if row.state != "received":
        return
    found = _found(row)
    with transaction.atomic():
        record.perform(row, "compare", by=None, at=at)
        row.told = found if isinstance(found, dict) else queries.summary(*found)
        row.save(update_fields=["told"])


def agree(row: Intake, *, by: Person, at: datetime) -> None:
    """A person agrees to what was shown: the file is to be written. Refused while it cannot be read as a whole."""
    if problem := row.told.get("problem"):
        raise Refused("unreadable", _("Ce fichier ne peut pas être repris : {why}").format(why=problem))
    record.perform(row, "apply", by=by, at=at)


def write(row: Intake, *, at: datetime) -> None:
    """Writes the file, compared anew; nothing when that is done already."""
    if row.state != "writing":
        return
    found = _found(row)
    if not isinstance(found, dict):
        importing.apply(found[0], by=None, at=at)
    with transaction.atomic():
        record.perform(row, "finish", by=None, at=at)
        row.told = found if isinstance(found, dict) else queries.summary(*found)
        row.save(update_fields=["told"])


def drop(row: Intake, *, by: Person, at: datetime) -> None:
    """Sets the file aside: nothing of it is written."""
    record.perform(row, "drop", by=by, at=at)


def small(row: Intake) -> bool:
    """Whether the file is read within the request."""
    return row.document.size <= AT_ONCE_BYTES


def _found(row: Intake) -> tuple[preview.Preview, Kinds] | dict[str, object]:
    """The comparison, or what keeps the file from being taken as a whole."""
    kinds, path = Kinds(row.kinds, row.kind), storage.place(row.document.sha256)
    try:
        return preview.preview(path, source=row.source, chosen=row.columns, kinds=kinds), kinds
    except sources.Unreadable as wrong:
        return {"problem": str(wrong), "headings": sources.read(path).headings, "columns": row.columns}
