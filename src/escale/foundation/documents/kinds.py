"""The kinds of files that can be received: a closed list, each with its words, extensions and media type."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One kind of file. ``words`` names it with its article; ``extensions`` are lower case, without dot.

    ``shown``: a browser may show it inside a page; the others are always saved to disk.
    """

    code: str
    words: Any
    content_type: str
    extensions: tuple[str, ...]
    shown: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("pdf", _("un PDF"), "application/pdf", ("pdf",), shown=True),
        Kind("jpeg", _("une photo JPEG"), "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), shown=True),
        Kind("png", _("une image PNG"), "image/png", ("png",), shown=True),
        Kind("webp", _("une image WebP"), "image/webp", ("webp",), shown=True),
        Kind("heic", _("une photo HEIC"), "image/heic", ("heic", "heif")),
        Kind("docx", _("un document Word"), f"{_OFFICE}.wordprocessingml.document", ("docx",)),
        Kind("xlsx", _("un classeur Excel"), f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
        Kind("pptx", _("une présentation PowerPoint"), f"{_OFFICE}.presentationml.presentation", ("pptx",)),
        Kind("odt", _("un texte OpenDocument"), f"{_OPEN}.text", ("odt",)),
        Kind("ods", _("un classeur OpenDocument"), f"{_OPEN}.spreadsheet", ("ods",)),
        Kind("odp", _("une présentation OpenDocument"), f"{_OPEN}.presentation", ("odp",)),
        Kind("doc", _("un ancien document Word"), "application/msword", ("doc",)),
        Kind("xls", _("un ancien classeur Excel"), "application/vnd.ms-excel", ("xls",)),
        Kind("csv", _("un tableau CSV"), "text/csv; charset=utf-8", ("csv",)),
        Kind("txt", _("un texte"), "text/plain; charset=utf-8", ("txt",)),
        Kind("geojson", _("un tracé GeoJSON"), "application/geo+json", ("geojson", "json")),
    )
}

#: What an applicant may hand in when nothing else is said.
USUAL: tuple[str, ...] = (
    "pdf", "jpeg", "png", "webp", "heic", "docx", "xlsx", "odt", "ods", "doc", "xls", "csv",
)  # fmt: skip


def extensions(allowed: tuple[str, ...] = USUAL) -> list[str]:
    """The extensions of these kinds, with their dot: what an ``accept`` attribute and a sentence name."""
    return [f".{extension}" for code in allowed for extension in KINDS[code].extensions]
