"""What a backup says of itself. It is written last: a folder without it is no backup."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from escale.rules.words import _

SCHEMA = "escale.backup/1"
NAME = "manifest.json"
#: Made by ``migrate``, with numbers of its own; or worth nothing elsewhere.
LEFT_OUT = {"contenttypes", "auth"}
LEFT_OUT_TABLES = {"people.session", "clock.beat", "people.tally"}


class Unfit(Exception):
    """This folder or this installation cannot be used; the text says why and what to do."""


@dataclass
class Manifest:
    """``tables`` and ``files``: name → rows (or bytes) and SHA-256 of what lies in the folder."""

    at: str
    migrations: list[str]
    tables: dict[str, dict[str, int | str]] = field(default_factory=dict)
    files: int = 0
    files_bytes: int = 0

    def write(self, folder: Path) -> None:
        """Puts the manifest down, whole or not at all."""
        draft = folder / f".{NAME}"
        draft.write_text(json.dumps({"schema": SCHEMA, **asdict(self)}, indent=1), encoding="utf-8")
        draft.replace(folder / NAME)


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises ``Unfit``."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if told.pop("schema") != SCHEMA:
            raise KeyError("schema")
        return Manifest(**told)
    except FileNotFoundError as error:
        raise Unfit(
            _("{folder} n’est pas une sauvegarde : {name} n’y est pas.").format(folder=folder, name=NAME)
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unfit(_("{name} est abîmé : prenez une autre sauvegarde.").format(name=folder / NAME)) from error


def applied() -> list[str]:
    """The migrations that this database has had, in a fixed order."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def tables() -> list[type[models.Model]]:
    """The tables that a backup holds, in a fixed order."""
    found = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    kept = [m for m in found if m._meta.app_label not in LEFT_OUT and m._meta.label_lower not in LEFT_OUT_TABLES]
    return sorted(kept, key=lambda m: m._meta.label_lower)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
