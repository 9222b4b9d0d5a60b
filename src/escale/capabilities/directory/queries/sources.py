"""Opening a stranger's file: CSV with any separator and encoding, a spreadsheet, JSON, GeoJSON; rows of texts."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

MAX_BYTES = 200 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "cp1252")


class Unreadable(Exception):
    """The file as a whole cannot be taken; the message says what is wrong and what is expected."""


@dataclass
class Source:
    """The rows of a file, each with its line (or its rank) and its texts by heading."""

    headings: list[str]
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    short: list[int] = field(default_factory=list)


def read(path: Path) -> Source:
    """The file's rows. Raises ``Unreadable``."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unreadable(_("fichier introuvable ou illisible.")) from error
    if size > MAX_BYTES:
        raise Unreadable(_("plus de 200 Mo : découpez le fichier."))
    if path.is_dir():
        raise Unreadable(_("c’est un dossier : un fichier est attendu."))
    content = path.read_bytes()
    if not content.strip():
        raise Unreadable(_("le fichier est vide."))
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return _sheet(content)
    text = _decoded(content)
    if text.lstrip()[:1] in ("{", "["):
        return _json(text)
    return _csv(text)


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("encodage inattendu : enregistrez le fichier en UTF-8."))


def _csv(text: str) -> Source:
    csv.field_size_limit(10_000_000)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    try:
        headings = [one.strip() for one in next(reader)]
        found = Source(headings)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cells):
                continue
            if len(cells) != len(headings):
                found.short.append(line)
                continue
            found.rows.append((line, {name: cell.strip() for name, cell in zip(headings, cells, strict=True)}))
    except (csv.Error, StopIteration) as error:
        raise Unreadable(_("ce n’est pas un tableau CSV lisible : {why}").format(why=error)) from error
    return found


def _sheet(content: bytes) -> Source:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grid = book.get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(_("ce classeur ne s’ouvre pas : enregistrez sa première feuille en CSV.")) from error
    lines = [[_text(cell) for cell in row] for row in grid]
    start = next((n for n, row in enumerate(lines) if sum(map(bool, row)) > 1), None)
    if start is None:
        raise Unreadable(_("la première feuille du classeur est vide."))
    found = Source(lines[start])
    for n, row in enumerate(lines[start + 1 :], start + 2):
        if any(row):
            found.rows.append((n, dict(zip(found.headings, row, strict=False))))
    return found


def _json(text: str) -> Source:
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(_("ce n’est pas du JSON lisible : {why}").format(why=error)) from error
    rows = list(_objects(tree))
    if not rows:
        raise Unreadable(_("aucun lieu : une liste d’objets ou une FeatureCollection GeoJSON est attendue."))
    headings = list(dict.fromkeys(name for row in rows for name in row))
    found = Source(headings)
    found.rows = [(n, {name: _text(row.get(name)) for name in headings}) for n, row in enumerate(rows, 1)]
    return found


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    rows = (
        tree
        if isinstance(tree, list)
        else tree.get("features", tree.get("places", ()))
        if isinstance(tree, dict)
        else ()
    )
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            continue
        if row.get("type") != "Feature":
            yield row
            continue
        properties = row.get("properties")
        told = dict(properties) if isinstance(properties, dict) else {}
        told.setdefault("id", row.get("id"))
        geometry = row.get("geometry")
        point = geometry.get("coordinates") if isinstance(geometry, dict) and geometry.get("type") == "Point" else None
        if isinstance(point, list) and len(point) >= 2:
            told["longitude"], told["latitude"] = point[0], point[1]
        yield told


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(_text(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\0", "").strip()
