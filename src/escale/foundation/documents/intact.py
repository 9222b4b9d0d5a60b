"""Whether a picture is whole, from its structure alone: nothing is decoded, so that no bomb is ever unpacked.

JPEG (ITU-T T.81 annex B): segments up to the scan, then an end mark. PNG (ISO/IEC 15948 §5): chunks up to IEND, each
with its checksum. WebP (RIFF): the announced size. HEIF (ISO/IEC 14496-12 §4.2): boxes that fit, a ``meta`` among them.
"""

import struct
from zlib import crc32

_ALONE = {0x01, *range(0xD0, 0xD8)}


def is_whole(kind: str, content: bytes) -> bool:
    """Whether nothing is cut off or out of place in a picture of this kind (jpeg, png, webp, heic)."""
    try:
        return _READERS[kind](content)
    except (struct.error, IndexError):
        return False


def _jpeg(content: bytes) -> bool:
    at = 2
    while content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xDA:
            return b"\xff\xd9" in content[at:]
        if mark == 0xFF:  # a filling byte
            at += 1
        elif mark in _ALONE:
            at += 2
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    return False


def _png(content: bytes) -> bool:
    at = 8
    while True:
        size, name = struct.unpack_from(">I4s", content, at)
        end = at + 8 + size
        if crc32(content[at + 4 : end]) != struct.unpack_from(">I", content, end)[0]:
            return False
        if name == b"IEND":
            return True
        at = end + 4


def _webp(content: bytes) -> bool:
    size: int = struct.unpack_from("<I", content, 4)[0]
    return content[12:16] in (b"VP8 ", b"VP8L", b"VP8X") and 12 < size + 8 <= len(content) + 1


def _heic(content: bytes) -> bool:
    at, names = 0, set()
    while at < len(content):
        size, name = struct.unpack_from(">I4s", content, at)
        if size == 1:
            size = struct.unpack_from(">Q", content, at + 8)[0]
        elif size == 0:  # to the end of the file
            size = len(content) - at
        if size < 8 or at + size > len(content):
            return False
        names.add(name)
        at += size
    return {b"ftyp", b"meta"} <= names


_READERS = {"jpeg": _jpeg, "png": _png, "webp": _webp, "heic": _heic}
