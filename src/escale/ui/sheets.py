"""One style sheet and one script, made of the small files: no build, two requests.

``css/`` and ``js/`` hold one file per component. What the browser receives is their concatenation in the
order written here, without comments; ``SheetFinder`` offers it to Django's static files like any other file.
"""

import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

STATIC = Path(__file__).resolve().parent / "static" / "ui"
CSS = (
    "layers", "fonts", "tokens", "base", "layout", "desk", "button", "field", "choices", "alert", "tag",
    "heading", "verdict", "sheet", "receipt", "letter", "rows", "table", "plan", "lists", "wayfinding", "editing", "drafting",
    "conflict", "thread", "strip", "dots", "map", "curve", "home", "desk_list", "beside", "gallery", "print",
)  # fmt: skip
JS = ("drop", "repeat", "show", "unsaved", "commune", "forget")
_LOCK = Lock()
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_INDENT = re.compile(r"\n\s+")


def style() -> str:
    """The whole style sheet, with addresses relative to ``static/ui/``."""
    parts = [(STATIC / "css" / f"{name}.css").read_text(encoding="utf-8") for name in CSS]
    return _INDENT.sub("\n", _COMMENT.sub("", "".join(parts))).replace('url("../', 'url("')


def script() -> str:
    """The whole script: each file stands alone, in a block of its own."""
    parts = [(STATIC / "js" / f"{name}.js").read_text(encoding="utf-8") for name in JS]
    return "".join(f"{{\n{_COMMENT.sub('', part)}}}\n" for part in parts)


class SheetFinder(BaseFinder):
    """Offers ``ui/escale.css`` and ``ui/escale.js``, composed once per process into a private folder."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        storage = _composed()
        found = [storage.path(path)] if storage.exists(path) else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Any:
        storage = _composed()
        for name in ("ui/escale.css", "ui/escale.js"):
            yield name, storage


def _composed() -> FileSystemStorage:
    # One thread composes, the others wait: several first requests may come at once.
    with _LOCK:
        return _storage()


@cache
def _storage() -> FileSystemStorage:
    folder = _kept()
    place = Path(folder.name) / "ui"
    place.mkdir()
    (place / "escale.css").write_text(style(), encoding="utf-8")
    (place / "escale.js").write_text(script(), encoding="utf-8")
    return FileSystemStorage(location=folder.name)


@cache
def _kept() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="escale-ui-")
