"""The browser files that others wrote: which version, under which licence, with which digest."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "static" / "ui" / "vendor"


@dataclass(frozen=True)
class Package:
    """One package as committed: ``files`` gives the sha256 of each, by its path in the folder."""

    name: str
    version: str
    licence: str
    origin: str
    change: str
    files: dict[str, str]


def packages(folder: Path = FOLDER) -> list[Package]:
    """What ``vendor.toml`` in ``folder`` declares."""
    declared = tomllib.loads((folder / "vendor.toml").read_text(encoding="utf-8"))
    return [Package(name=name, **fields) for name, fields in declared.items()]


def digest(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
