"""A corpus of files that lie, are locked, are bombs, or are simply not what one wants; all made here."""

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
LOCKED_PDF = PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 5 0 R")
XREF_LOCKED_PDF = PDF.replace(b"trailer<</Root 1 0 R>>", b"7 0 obj<</Type/XRef/Size 9/Encrypt 5 0 R>>stream")
CUT_PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>"
TALKING_PDF = PDF.replace(b"1 0 obj", b"2 0 obj(how to use /Encrypt 5 0 R in a file)endobj " + b" " * 5000 + b"1 0 obj")
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 9 + b"\xff\xda\x00\x08" + b"\x00" * 40 + b"\xff\xd9"
HEIC = struct.pack(">I", 24) + b"ftypheic\x00\x00\x00\x00mif1heic" + struct.pack(">I", 32) + b"meta" + b"\x00" * 24
MP4 = struct.pack(">I", 24) + b"ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 32
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 28
PROGRAM = b"MZ\x90\x00" + b"\x00" * 100
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"\xef\xbb\xbf \n<!DOCTYPE html><script>alert(1)</script>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
DOC = OLE + "WordDocument".encode("utf-16-le")
LOCKED_DOCX = OLE + "EncryptedPackage".encode("utf-16-le")


def png(colour=0):
    """A whole 1 × 1 picture."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes([0, colour]))) + chunk(b"IEND", b"")


def package(entries, compression=zipfile.ZIP_DEFLATED):
    """A zip of these (name, bytes)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as file:
        for name, content in entries:
            file.writestr(name, content)
    return made.getvalue()


def docx(*more):
    return package([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>"), *more])


def odt(kind=b"text"):
    return package(
        [("mimetype", b"application/vnd.oasis.opendocument." + kind), ("content.xml", b"<x/>")], zipfile.ZIP_STORED
    )


def bomb():
    """A document of some 100 kB that would unpack to 100 MB."""
    return docx(("word/media/zero.bin", b"\x00" * (100 * 1024 * 1024)))


def quoted_bomb():
    """Two directory entries that share the same bytes."""
    content = bytearray(docx(("a.bin", b"\x00" * 1000), ("b.bin", b"\x00" * 1000)))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as file:
        offsets = {entry.filename: entry.header_offset for entry in file.infolist()}
    place = content.rindex(b"b.bin") - 46 + 42
    content[place : place + 4] = struct.pack("<I", offsets["a.bin"])
    return bytes(content)
