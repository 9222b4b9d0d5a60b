"""Reading a backup into an empty installation: everything is checked first, then all is loaded or nothing."""

import gzip
import json
from collections.abc import Callable, Iterator
from itertools import batched
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models.sql import InsertQuery

from escale.foundation.documents import storage
from escale.rules.words import _
from escale.site.archive.manifest import Manifest, Unfit, applied, digest, read, tables

#: Loaded by ``migrate`` itself: an installation that holds nothing else is empty.
SHIPPED = {"territory", "places.schoolholiday"}
CHUNK = 1 << 20


class NotEmpty(Exception):
    """The installation holds something: nothing is restored over it."""


def load(folder: Path, *, say: Callable[[str], None]) -> Manifest:
    """Fills this migrated, empty installation from ``folder``. Raises ``Unfit``, ``NotEmpty`` and ``OSError``."""
    manifest = read(folder)
    _check_empty()
    _check_same(manifest)
    _check_whole(folder, manifest)
    with transaction.atomic():
        for model in tables():
            model._base_manager.all()._raw_delete(connection.alias)
        for model in tables():
            rows = _fill(model, folder / "database" / f"{model._meta.label_lower}.jsonl.gz")
            say(f"{model._meta.label_lower} : {rows}")
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
                cursor.execute(statement)
        connection.check_constraints()
        for path in _files(folder):
            storage.put(_chunks(path))
    say(_("fichiers : {files}").format(files=manifest.files))
    return manifest


def _check_empty() -> None:
    held = [
        model._meta.label_lower
        for model in tables()
        if not {model._meta.app_label, model._meta.label_lower} & SHIPPED and model._base_manager.exists()
    ]
    if held or any(True for _file in storage.kept()):
        what = ", ".join(held[:5]) or _("des fichiers")
        raise NotEmpty(
            _("Cette installation n’est pas vide ({what}) : restaurez dans une base et un dossier neufs.").format(
                what=what
            )
        )


def _check_same(manifest: Manifest) -> None:
    """A backup is read by the version of Escale that wrote it; updating comes after."""
    here, there = set(applied()), set(manifest.migrations)
    if here != there:
        sample = ", ".join(sorted(here ^ there)[:3])
        raise Unfit(
            _(
                "Cette sauvegarde vient d’une autre version d’Escale ({sample}) : "
                "installez cette version, restaurez, puis mettez à jour."
            ).format(sample=sample)
        )


def _check_whole(folder: Path, manifest: Manifest) -> None:
    known = {model._meta.label_lower for model in tables()}
    if known != set(manifest.tables):
        raise Unfit(
            _("Les tables de la sauvegarde ne sont pas celles d’ici : {tables}").format(
                tables=sorted(known ^ set(manifest.tables))[:3]
            )
        )
    for name, told in manifest.tables.items():
        file = folder / "database" / f"{name}.jsonl.gz"
        if not file.is_file() or digest(file) != told["sha256"]:
            raise Unfit(_("{file} manque ou a changé : prenez une autre sauvegarde.").format(file=file))
    found = list(_files(folder))
    if len(found) != manifest.files:
        raise Unfit(
            _("{folder} contient {found} fichiers au lieu de {files} : prenez une autre sauvegarde.").format(
                folder=folder, found=len(found), files=manifest.files
            )
        )
    for path in found:
        if digest(path) != path.name:
            raise Unfit(_("{path} a changé : prenez une autre sauvegarde.").format(path=path))


def _fill(model: type[models.Model], file: Path) -> int:
    """Inserts the rows as they stood: no default, no date of today, no signal."""
    fields, rows = list(model._meta.concrete_fields), 0
    for lines in batched(_lines(file), 1000):
        made = [model(**{f.attname: f.to_python(line[f.attname]) for f in fields}) for line in lines]
        most = connection.ops.bulk_batch_size(fields, made)
        for part in batched(made, most):
            query = InsertQuery(model)
            query.insert_values(fields, list(part), raw=True)
            query.get_compiler(connection=connection).execute_sql()
        rows += len(made)
    return rows


def _lines(file: Path) -> Iterator[dict[str, object]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted((folder / "files").glob("??/??/*"))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
