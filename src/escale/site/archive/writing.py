"""Writing a backup: one reading transaction for the database, then the files, which are only ever added."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from escale.foundation.documents import storage
from escale.rules.words import _
from escale.site.archive.manifest import Manifest, Unfit, applied, digest, tables

CHUNK = 1 << 20


def write(folder: Path, *, at: datetime, say: Callable[[str], None]) -> Manifest:
    """Makes the backup in ``folder``, which must be new or empty. Raises ``Unfit`` and ``OSError``.

    A file that is lost or altered stops the backup: what is kept must be sound.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Unfit(_("{folder} n’est pas vide : donnez un dossier neuf.").format(folder=folder))
    (folder / "database").mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    manifest = Manifest(at=at.isoformat(), migrations=applied())
    with _one_moment():
        for model in tables():
            name = model._meta.label_lower
            file = folder / "database" / f"{name}.jsonl.gz"
            rows = _rows(model, file)
            manifest.tables[name] = {"rows": rows, "sha256": digest(file)}
            say(f"{name} : {rows}")
    _files(folder / "files", manifest)
    say(_("fichiers : {files}").format(files=manifest.files))
    manifest.write(folder)
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reads inside see the database as it stood at the first one, and no writer waits for them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _rows(model: type[models.Model], file: Path) -> int:
    """One JSON object a row: column of the model → value."""
    names = [one.attname for one in model._meta.concrete_fields]
    rows = 0
    with gzip.GzipFile(file, "wb", compresslevel=3, mtime=0) as out:
        found = model._base_manager.order_by("pk").values_list(*names)
        for values in found.iterator(chunk_size=2000):
            line = json.dumps(dict(zip(names, values, strict=True)), cls=Exact, ensure_ascii=False)
            out.write(line.encode() + b"\n")
            rows += 1
    return rows


class Exact(DjangoJSONEncoder):
    """Instants to the microsecond: Django's own encoder cuts them to the millisecond."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _files(folder: Path, manifest: Manifest) -> None:
    for sha256 in storage.kept():
        target = folder / sha256[:2] / sha256[2:4] / sha256
        target.parent.mkdir(parents=True, exist_ok=True)
        with storage.reading(sha256) as source, target.open("wb") as out:
            while chunk := source.read(CHUNK):
                out.write(chunk)
                manifest.files_bytes += len(chunk)
        if digest(target) != sha256:
            raise Unfit(
                _("Le fichier {sha256} est altéré : lancez escale doctor avant de sauvegarder.").format(sha256=sha256)
            )
        manifest.files += 1
