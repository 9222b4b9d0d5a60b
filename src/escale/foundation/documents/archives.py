"""Reading what a zip package says it holds, from its directory alone: nothing is ever unpacked."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

#: A real office file stays far below these; a bomb passes one of them.
LARGEST_ENTRIES = 20_000
LARGEST_UNPACKED = 600 * 1024 * 1024
LARGEST_RATIO = 250
SMALL = 20 * 1024 * 1024


@dataclass(frozen=True)
class Package:
    """What a package holds: ``kind`` (a code of ``kinds.KINDS``, or empty), and what speaks against it."""

    kind: str = ""
    bomb: bool = False
    locked: bool = False
    macros: bool = False


_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OPEN = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_OPEN_PREFIX = b"application/vnd.oasis.opendocument."


def read(file: BinaryIO) -> Package | None:
    """What the zip says it holds; None when its directory cannot be read."""
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            if _is_bomb(entries):
                return Package(bomb=True)
            names = {entry.filename for entry in entries}
            return Package(
                kind=_kind(package, names),
                locked=any(entry.flag_bits & 1 for entry in entries) or _open_locked(package, names),
                macros=any(name.lower().endswith("vbaproject.bin") for name in names),
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OverflowError):
        return None


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if len(entries) > LARGEST_ENTRIES or unpacked > LARGEST_UNPACKED or _overlapping(entries):
        return True
    return unpacked > SMALL and unpacked > LARGEST_RATIO * max(packed, 1)


def _overlapping(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether two entries share their bytes, which only bombs do."""
    end = -1
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + 30 + entry.compress_size
    return False


def _kind(package: zipfile.ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in _OFFICE.items() if part in names), "")
    declared = _small(package, "mimetype", names)
    if declared.startswith(_OPEN_PREFIX):
        return _OPEN.get(declared.removeprefix(_OPEN_PREFIX).decode("ascii", "replace").strip(), "")
    return ""


def _open_locked(package: zipfile.ZipFile, names: set[str]) -> bool:
    return b"encryption-data" in _small(package, "META-INF/manifest.xml", names, at_most=200_000)


def _small(package: zipfile.ZipFile, name: str, names: set[str], at_most: int = 200) -> bytes:
    """The beginning of one entry that is small by nature; never more than ``at_most`` bytes of it."""
    if name not in names or package.getinfo(name).flag_bits & 1:
        return b""
    with package.open(name) as entry:
        return entry.read(at_most)
