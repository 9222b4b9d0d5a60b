"""The files of an organisation in its takeout: standing documents, delegations."""

from collections.abc import Iterator
from datetime import datetime

from escale.foundation.documents import storage
from escale.foundation.documents.models import Document
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.takeout import Takeout

CHUNK = 256 * 1024


def of_organisation(takeout: Takeout, organisation: Organisation, at: datetime) -> None:
    """What it gave once, with its dates and its files."""
    rows = list(organisation.standing_documents.select_related("document"))
    listed = [
        {"kind": row.kind, "name": row.document.name, "sha256": row.document.sha256, "valid_from": row.valid_from,
         "valid_until": row.valid_until, "given_at": row.at, "removed_at": row.removed_at}
        for row in rows
    ]  # fmt: skip
    takeout.tell("documents", listed)
    given = list(organisation.delegations.select_related("document", "person"))
    takeout.tell(
        "delegations",
        [
            {"person": str(row.person), "since": row.since, "until": row.until, "ended_at": row.ended_at}
            for row in given
        ],
    )
    for folder, found in (("documents", rows), ("delegations", given)):
        for row in found:
            keep(takeout, f"{folder}/{row.document.name}", row.document)


def keep(takeout: Takeout, path: str, document: Document) -> None:
    """The bytes of a file; one that was destroyed or cannot be read is left out, its row says it was there."""
    if document.status == Document.Status.KEPT:
        try:
            file = storage.reading(document.sha256)
        except (storage.Lost, storage.Unavailable):
            return
        with file:
            takeout.keep(path, _chunks(file))


def _chunks(file: storage.BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
