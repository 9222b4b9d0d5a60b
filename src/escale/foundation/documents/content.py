"""What a file really is, decided from its bytes; its name only has to agree. Nothing is ever unpacked.

Signatures: PDF 32000-1 §7.5.2; JPEG ITU-T T.81; PNG (ISO/IEC 15948); RIFF/WebP; ISO/IEC 14496-12 ``ftyp``
brands of ISO/IEC 23008-12 (HEIF); ECMA-376 and OpenDocument 1.3 part 2 (packages); MS-CFB (older Office).
"""

import re
from dataclasses import dataclass
from typing import BinaryIO
from zlib import error as ZlibError

from escale.foundation.documents import archives, intact

HEAD = 64 * 1024
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_LOCKED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|script|svg|\?xml|!--)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: First bytes → a kind that we receive.
_PICTURES = [(b"\xff\xd8\xff", "jpeg"), (b"\x89PNG\r\n\x1a\n", "png")]
#: First bytes of what people send by mistake, or worse → its code in ``refusals.FOREIGN``.
_FOREIGN = [
    (b"MZ", "program"), (b"\x7fELF", "program"), (b"#!", "program"), (b"GIF8", "gif"), (b"BM", "bmp"),
    (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"), (b"{\\rtf", "rtf"), (b"\x00\x00\x01\x00", "icon"),
]  # fmt: skip
#: Names of streams in an older Office file (UTF-16) → what it is.
_OLE_STREAMS = [("EncryptedPackage", "locked"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls")]


@dataclass(frozen=True)
class Found:
    """What the bytes say. ``kind``: a code of ``kinds.KINDS``, empty when it is none of them.

    ``foreign`` then says what it looks like. ``flaw``: "locked", "bomb", "macros" or "damaged".
    """

    kind: str = ""
    foreign: str = ""
    flaw: str = ""


def recognise(file: BinaryIO) -> Found:
    """Reads as little of ``file`` as needed (seekable) and says what it is."""
    file.seek(0)
    head = file.read(HEAD)
    for mark, kind in _PICTURES:
        if head.startswith(mark):
            return _picture(file, kind)
    if b"%PDF-" in head[:1024]:
        return _pdf(file)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _picture(file, "webp")
    if head[4:8] == b"ftyp":
        brands = {head[8:12], *(head[i : i + 4] for i in range(16, min(len(head), 64), 4))}
        return _picture(file, "heic") if brands & _HEIF_BRANDS else Found(foreign="video")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(file)
    if head.startswith(_OLE):
        return _older_office(file)
    for mark, foreign in _FOREIGN:
        if head.startswith(mark):
            return Found(foreign=foreign)
    return _text(file, head)


def _picture(file: BinaryIO, kind: str) -> Found:
    file.seek(0)
    return Found(kind, flaw="" if intact.is_whole(kind, file.read()) else "damaged")


def _pdf(file: BinaryIO) -> Found:
    file.seek(0)
    content = file.read()
    if b"%%EOF" not in content[-2048:] and b"startxref" not in content:
        return Found("pdf", flaw="damaged")
    # Where a PDF says that it is locked: its trailer, or the dictionary of its cross-reference stream.
    for mark in re.finditer(rb"trailer|/XRef\b", content):
        if _LOCKED_PDF.search(content, max(0, mark.start() - 2048), mark.end() + 4096):
            return Found("pdf", flaw="locked")
    return Found("pdf")


def _package(file: BinaryIO) -> Found:
    try:
        package = archives.read(file)
    except ZlibError:
        package = None
    if package is None:
        return Found(foreign="archive", flaw="damaged")
    flaw = "bomb" if package.bomb else "locked" if package.locked else "macros" if package.macros else ""
    return Found(package.kind, foreign="" if package.kind else "archive", flaw=flaw)


def _older_office(file: BinaryIO) -> Found:
    file.seek(0)
    content = file.read()
    for stream, meaning in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return Found("docx", flaw="locked") if meaning == "locked" else Found(meaning)
    return Found(foreign="unknown")


def _text(file: BinaryIO, head: bytes) -> Found:
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return Found(foreign="markup")
    file.seek(0)
    content = file.read()
    if not content.strip():
        return Found(foreign="empty")
    if re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", content):
        return Found(foreign="unknown")
    return Found("txt")
