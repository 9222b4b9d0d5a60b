"""Receiving and keeping files: checked, digested, safe on the disk, and only then a row."""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _

from escale.foundation.documents import antivirus, checks, names, storage
from escale.foundation.documents.kinds import KINDS, USUAL
from escale.foundation.documents.models import Document
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused

CHUNK = 256 * 1024


def store(
    upload: File, *, by: Person | None, at: datetime, allowed: tuple[str, ...] = USUAL,
    max_bytes: int | None = None,
) -> Document:  # fmt: skip
    """Keeps a file that someone hands in (an uploaded file of the request) and gives its row.

    ``allowed``: codes of ``kinds.KINDS``; ``max_bytes``: the site's limit when None. Raises ``Refused``
    with a sentence for the person (codes file_…, storage_unavailable, antivirus_silent); nothing is then
    kept. The bytes are on the disk before the row exists: a row never points to nothing.
    """
    name = names.clean(upload.name or "")
    limit = settings.ESCALE_UPLOAD_MAX_BYTES if max_bytes is None else max_bytes
    checks.check_size(name, upload.size, limit)
    file = _seekable(upload)
    kind = checks.check_content(name, file, allowed)
    _check_virus(name, file)
    sha256, size = _put(file)
    return Document.objects.create(
        sha256=sha256, size=size, name=name, kind=kind.code, content_type=kind.content_type, by=by, at=at
    )


def store_bytes(content: bytes, *, name: str, kind: str, at: datetime, by: Person | None = None) -> Document:
    """Keeps a file that the site made (``kind``: a code of ``kinds.KINDS``). Raises ``Refused``
    (storage_unavailable) when it could not be kept.
    """
    sha256, size = _put(io.BytesIO(content))
    made = KINDS[kind]
    return Document.objects.create(
        sha256=sha256, size=size, name=names.clean(name), kind=kind, content_type=made.content_type,
        by=by, at=at,
    )  # fmt: skip


def erase(document: Document, *, at: datetime) -> None:
    """Destroys the bytes at the end of their retention, unless another row still needs them.

    The row keeps name, size and digest as a trace. Safe to do twice.
    """
    Document.objects.filter(pk=document.pk, status=Document.Status.KEPT).update(
        status=Document.Status.ERASED, erased_at=at
    )
    document.refresh_from_db()
    if document.preview is not None:
        erase(document.preview, at=at)
    if not Document.objects.filter(sha256=document.sha256, status=Document.Status.KEPT).exists():
        storage.forget(document.sha256)


def _put(file: BinaryIO) -> tuple[str, int]:
    try:
        return storage.put(_chunks(file))
    except storage.Unavailable as error:
        raise Refused(
            "storage_unavailable",
            _(
                "Le fichier n’a pas pu être gardé : notre stockage ne répond pas ou il est plein. Rien n’a "
                "été enregistré. Gardez votre fichier et recommencez dans quelques minutes."
            ),
        ) from error


def _check_virus(name: str, file: BinaryIO) -> None:
    try:
        virus = antivirus.virus_in(_chunks(file))
    except antivirus.Silent as error:
        raise Refused(
            "antivirus_silent",
            _("L’antivirus ne répond pas : « {name} » n’a pas été gardé. Recommencez dans quelques minutes.")
            .format(name=name),
        ) from error  # fmt: skip
    if virus:
        raise Refused(
            "file_virus",
            _(
                "L’antivirus a trouvé « {virus} » dans « {name} » : le fichier n’a pas été gardé. Faites "
                "vérifier votre ordinateur, puis déposez un fichier sain."
            ).format(virus=virus, name=name),
        )


def _seekable(upload: File) -> BinaryIO:
    upload.open()
    file = upload.file
    return cast(BinaryIO, file) if hasattr(file, "seek") else io.BytesIO(upload.read())


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk
