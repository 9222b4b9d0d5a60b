"""Where the bytes lie: one file per digest under ``ESCALE_FILES_URL``; no half file ever has a final name."""

import hashlib
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Lost(Exception):
    """The storage no longer has the bytes of this digest."""


class Unavailable(Exception):
    """The storage does not answer, or is full: nothing was kept."""


def root() -> Path:
    """The folder of ``ESCALE_FILES_URL`` (``file:///folder``)."""
    parts = urlsplit(settings.ESCALE_FILES_URL)
    if parts.scheme != "file" or parts.netloc or not parts.path:
        raise ImproperlyConfigured("ESCALE_FILES_URL: expected file:///folder")
    return Path(unquote(parts.path))


def place(sha256: str) -> Path:
    """Where the file of this digest lies: two levels of folders, so that none grows too large."""
    return root() / sha256[:2] / sha256[2:4] / sha256


def put(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keeps the bytes and gives their SHA-256 and size once they are safe on the disk.

    Written beside, synchronised, then renamed: a power cut leaves the whole file or none. The same bytes
    twice are one file. Raises ``Unavailable`` and leaves nothing behind.
    """
    try:
        return _put(chunks)
    except OSError as error:
        raise Unavailable(str(error)) from error


def _put(chunks: Iterable[bytes]) -> tuple[str, int]:
    folder = root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    hashed, size = hashlib.sha256(), 0
    handle, draft = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                hashed.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        final = place(hashed.hexdigest())
        final.parent.mkdir(parents=True, exist_ok=True)
        Path(draft).replace(final)
        for changed in (final.parent, final.parent.parent, final.parent.parent.parent):
            _synchronise(changed)
    except BaseException:
        with suppress(OSError):
            Path(draft).unlink()
        raise
    return hashed.hexdigest(), size


def _synchronise(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reading(sha256: str) -> BinaryIO:
    """The file of this digest, open for reading. Raises ``Lost`` or ``Unavailable``."""
    try:
        return place(sha256).open("rb")
    except FileNotFoundError as error:
        raise Lost(sha256) from error
    except OSError as error:
        raise Unavailable(str(error)) from error


def digest_of(sha256: str) -> str:
    """The digest of what lies there now: equal to ``sha256`` when it is intact. Raises as ``reading``."""
    with reading(sha256) as file:
        try:
            return hashlib.file_digest(cast(io.BufferedReader, file), "sha256").hexdigest()
        except OSError as error:
            raise Unavailable(str(error)) from error


def forget(sha256: str) -> None:
    """Destroys the bytes of this digest; says nothing when they are gone already."""
    try:
        place(sha256).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(str(error)) from error


def kept() -> Iterator[str]:
    """The digests of all files that lie in the storage."""
    for file in sorted(root().glob("??/??/*")):
        yield file.name
