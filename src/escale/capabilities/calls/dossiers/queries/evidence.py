"""Whether what was filed still is what it was: digests recomputed from the texts, one of each that must be there."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery

from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, Receipt
from escale.capabilities.calls.dossiers.policy import FILED
from escale.foundation.documents import storage
from escale.foundation.documents.models import Document
from escale.foundation.editions.models import Edition
from escale.foundation.journal.chain import digest
from escale.foundation.journal.models import Entry


def problems() -> Iterator[str]:
    """A code and a number for each thing that is not as it was frozen; nothing when all is sound."""
    yield from _editions()
    yield from _versions()
    yield from _receipts()
    yield from _half_filed()


def _editions() -> Iterator[str]:
    for edition in Edition.objects.select_related("series").order_by("pk").iterator():
        if digest(edition.document) != edition.sha256:
            yield f"edition_altered {edition}"


def _versions() -> Iterator[str]:
    """Text, digest, journal, edition and files agree."""
    line = Entry.objects.filter(subject=OuterRef("dossier__subject"), act="submit").order_by("-n")
    rows = DossierVersion.objects.select_related("dossier", "edition").annotate(
        told=Subquery(line.values("data__sha256")[:1])
    )
    for version in rows.order_by("pk").iterator():
        number = f"{version.dossier.number} v{version.n}"
        document = _read(version.document)
        if digest(version.document) != version.sha256 or document is None:
            yield f"version_altered {number}"
            continue
        if version.n == 1 and version.told != version.sha256:
            yield f"journal_differs {number}"
        if document["edition"]["sha256"] != version.edition.sha256:
            yield f"edition_differs {number}"
        for piece in document["pieces"]:
            if not _is_kept(piece["sha256"]):
                yield f"piece_lost {number} {piece['name']}"


def _receipts() -> Iterator[str]:
    for receipt in Receipt.objects.select_related("version__dossier").order_by("pk").iterator():
        number, document = receipt.version.dossier.number, _read(receipt.document)
        if digest(receipt.document) != receipt.sha256 or document is None:
            yield f"receipt_altered {number}"
        elif document["version_sha256"] != receipt.version.sha256:
            yield f"receipt_differs {number}"


def _half_filed() -> Iterator[str]:
    """A filed dossier has a version, the first a receipt; what has a version is filed."""
    filed = Dossier.objects.filter(state__in=FILED)
    for number in filed.filter(versions__isnull=True).values_list("number", flat=True).order_by("pk"):
        yield f"nothing_filed {number}"
    bare = DossierVersion.objects.filter(receipt__isnull=True, n=1)
    for number in bare.values_list("dossier__number", flat=True).order_by("pk"):
        yield f"receipt_missing {number}"
    early = DossierVersion.objects.exclude(dossier__state__in=FILED)
    for number in early.values_list("dossier__number", flat=True).order_by("pk"):
        yield f"filed_without_state {number}"


def _read(text: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError:
        return None
    return found


def _is_kept(sha256: str) -> bool:
    """The bytes are there, or were destroyed at the end of their time: that they are intact is the files' own check."""
    if storage.place(sha256).is_file():
        return True
    rows = Document.objects.filter(sha256=sha256)
    return rows.exists() and not rows.filter(status=Document.Status.KEPT).exists()
