"""The audit pack of a dossier: edition, answers, receipts, files, examinations, journals, letters, and their digests."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from escale.capabilities.calls.dossiers.models import Dossier, DossierVersion, Receipt
from escale.capabilities.calls.instruction.models import Correction, Examination, Opinion, Visa
from escale.foundation.documents import storage
from escale.foundation.documents.models import Document
from escale.foundation.journal.models import Entry, Subject
from escale.foundation.post.models import Mail

SCHEMA = "escale.pack/1"


@dataclass(frozen=True)
class Extra:
    """What a room above adds to a pack: keys of the manifest, texts by name, journals (keys of subjects), files."""

    manifest: dict[str, Any]
    texts: dict[str, str]
    subjects: list[int]
    files: list[tuple[str, Document]]


def _extras(dossier: Dossier) -> list[Extra]:
    return [told(dossier) for told in import_string(settings.ESCALE_PACK)]


def write(dossier: Dossier, path: Path, *, files: bool = True) -> list[str]:
    """Writes the pack; gives the names of what it holds. A file that is lost is named, with its digest, and left out."""
    names = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        extras = _extras(dossier)
        for name, text in _texts(dossier, extras):
            pack.writestr(name, text)
            names.append(name)
        for one in {one["sha256"]: one for one in _documents(dossier, extras)}.values():
            if files and one["status"] == "kept":
                try:
                    with storage.reading(one["sha256"]) as stream:
                        pack.writestr(f"files/{one['sha256']}", stream.read())
                    names.append(f"files/{one['sha256']}")
                except (storage.Lost, storage.Unavailable):
                    continue
    return names


def _texts(dossier: Dossier, extras: list[Extra]) -> Iterator[tuple[str, str]]:
    versions = list(DossierVersion.objects.filter(dossier=dossier).select_related("edition").order_by("n"))
    examinations = list(Examination.objects.filter(dossier=dossier).order_by("n"))
    receipts = list(Receipt.objects.filter(version__dossier=dossier).select_related("version").order_by("version__n"))
    subjects = _subjects(dossier, extras)
    editions = {one.edition.n: one.edition for one in versions} or {dossier.edition.n: dossier.edition}
    manifest = {
        "schema": SCHEMA,
        "number": dossier.number,
        "state": dossier.state,
        "scheme": dossier.scheme.key,
        "editions": [
            {"n": one.n, "sha256": one.sha256, "amendments": [a.payload for a in one.amendments.order_by("n")]}
            for one in editions.values()
        ],
        "versions": [{"n": one.n, "edition": one.edition.n, "sha256": one.sha256} for one in versions],
        "receipts": [{"version": one.version.n, "sha256": one.sha256} for one in receipts],
        "examinations": [{"n": one.n, "sha256": one.sha256} for one in examinations],
        "files": _documents(dossier, extras),
        "subjects": [{"kind": one.kind, "number": one.number, "length": one.length, "head": one.head} for one in subjects],
        "letters": [_letter(one) for one in _mails(dossier)],
    }  # fmt: skip
    for extra in extras:
        manifest |= extra.manifest
        yield from extra.texts.items()
    yield "pack.json", json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    for edition in editions.values():
        yield f"editions/{edition.n}.json", edition.document
    for version in versions:
        yield f"versions/{version.n}.json", version.document
    for receipt in receipts:
        yield f"receipts/{receipt.version.n}.json", receipt.document
    for one in examinations:
        yield f"examinations/{one.n}.json", one.document
    for subject in subjects:
        lines = [_entry(one) for one in Entry.objects.filter(subject=subject).select_related("by").order_by("n")]
        yield f"journal/{subject.number}.json", json.dumps(lines, ensure_ascii=False, indent=1)
    for mail in _mails(dossier):
        told = {"subject": mail.subject, "text": mail.text, "html": mail.html}
        yield f"letters/{mail.pk}.json", json.dumps(told, ensure_ascii=False)


def _subjects(dossier: Dossier, extras: list[Extra]) -> list[Subject]:
    """The dossier's own journal, then those of what was asked about it."""
    keys = [dossier.subject_id]
    for table in (Correction, Opinion, Visa):
        keys += table._base_manager.filter(dossier=dossier).order_by("pk").values_list("subject_id", flat=True)
    keys += [key for extra in extras for key in extra.subjects]
    known = Subject.objects.in_bulk(keys)
    return [known[key] for key in keys]


def _documents(dossier: Dossier, extras: list[Extra]) -> list[dict[str, Any]]:
    """Every version of every piece, by digest; the rest of the evidence likewise."""
    pieces = dossier.pieces.select_related("document").order_by("code", "version", "pk")
    found = [_file(f"piece {one.code} {one.version}", one.document) for one in pieces]
    for one in dossier.judgements.exclude(evidence=None).select_related("evidence").order_by("pk"):
        assert one.evidence is not None
        found.append(_file(f"evidence {one.kind} {one.code}", one.evidence))
    return found + [_file(what, document) for extra in extras for what, document in extra.files]


def _file(what: str, one: Document) -> dict[str, Any]:
    return {"what": what, "name": one.name, "sha256": one.sha256, "size": one.size, "status": str(one.status)}


def _mails(dossier: Dossier) -> list[Mail]:
    """The letters about the dossier that hold no secret."""
    return list(Mail.objects.filter(about=dossier.subject, holds_secret=False).order_by("pk"))


def _letter(mail: Mail) -> dict[str, Any]:
    sent = mail.sent_at.isoformat() if mail.sent_at else None
    return {
        "name": str(mail.pk),
        "template": mail.template,
        "sha256": mail.sha256,
        "status": mail.status,
        "sent_at": sent,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    """One line as ``escale journal show`` gives it, with its note and figures."""
    return {
        "n": entry.n, "at": entry.at.isoformat(timespec="microseconds"), "by": str(entry.by.key) if entry.by else "",
        "act": entry.act, "from": entry.before, "to": entry.after, "note": entry.note, "note_digest": entry.note_digest,
        "data": entry.data, "data_digest": entry.data_digest, "previous": entry.previous, "hash": entry.hash,
    }  # fmt: skip
