"""Making PDFs: accessible (PDF/UA-1), in the pages' own fonts, the same bytes for the same words.

A template is a ``.typ`` file in ``papers/`` of an app; it begins with ``#import "/base.typ": *``. What it
prints comes as data, so that nothing a person typed is ever read as code.
"""

import json
import unicodedata
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from escale.rules.typography import french

HERE = Path(__file__).resolve().parent
#: The paper says its own dates; the file bears a fixed one, so that the same words make the same bytes.
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)


#: Stands where a character cannot be shown.
UNSHOWN = "□"


class PaperFault(Exception):
    """The template is wrong, or the document would not be readable by everyone (PDF/UA-1)."""


def pdf(template: Path | str, data: dict[str, Any], language: str = "fr") -> bytes:
    """The PDF of ``template`` (path of a ``.typ`` file) filled with ``data`` (what JSON can hold).

    The template reads ``data`` (a dictionary) and ``language``, and always knows ``data.site_name``. Texts
    get French typography when ``language`` is "fr". Raises ``PaperFault``: ours, never the data's.
    """
    known = {"site_name": settings.ESCALE_SITE_NAME, **data}
    known = _typeset(known, language)
    inputs = {"data": json.dumps(known, ensure_ascii=False, default=str), "language": language}
    source = (HERE / "papers" / "base.typ").read_text(encoding="utf-8")
    body = Path(template).read_text(encoding="utf-8")
    try:
        made: bytes = typst.compile(  # type: ignore[call-overload]  # its stub forgets the names of standards
            f"{source}\n{body}".encode(),
            root=str(HERE / "papers"),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards="ua-1",
            timestamp=_FIXED,
        )
        return made
    except BaseException as error:  # the typesetter's own panics are not Exceptions
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise PaperFault(f"{template}: {error}") from error


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])


@cache
def _covered() -> frozenset[str]:
    ranges = (HERE / "fonts" / "covered.txt").read_text(encoding="ascii").split()
    bounds = [[int(bound, 16) for bound in line.split("-")] for line in ranges]
    return frozenset(chr(c) for first, last in bounds for c in range(first, last + 1)) | {"\n"}


def _typeset(value: Any, language: str) -> Any:
    match value:
        case str():
            return _shown(french(value) if language == "fr" else value)
        case dict():
            return {key: _typeset(inside, language) for key, inside in value.items()}
        case list() | tuple():
            return [_typeset(inside, language) for inside in value]
    return value


def _shown(text: str) -> str:
    """The text in composed form; a character that no font of ours has becomes « □ » rather than a failure."""
    text = unicodedata.normalize("NFC", text.replace("\t", " "))
    covered = _covered()
    if covered.issuperset(text):
        return text
    return "".join(c if c in covered else UNSHOWN for c in text if c.isprintable() or c in covered)
