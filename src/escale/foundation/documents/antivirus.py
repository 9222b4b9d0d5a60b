"""Asking an antivirus that speaks clamd's INSTREAM (ClamAV manual, "clamd"); off unless ``ESCALE_CLAMD``."""

import socket
import struct
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SECONDS = 30


class Silent(Exception):
    """The antivirus does not answer: nothing can be said of the file."""


def virus_in(chunks: Iterable[bytes]) -> str:
    """The name of the virus found, empty when there is none or when no antivirus is configured.

    Raises ``Silent`` when it is configured and does not answer.
    """
    if not settings.ESCALE_CLAMD:
        return ""
    try:
        with _connection(settings.ESCALE_CLAMD) as clamd:
            clamd.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                clamd.sendall(struct.pack("!I", len(chunk)) + chunk)
            clamd.sendall(struct.pack("!I", 0))
            answer = _answer(clamd)
    except OSError as error:
        raise Silent(str(error)) from error
    if answer.endswith(" OK"):
        return ""
    if answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise Silent(answer or "no answer")


def _answer(clamd: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (part := clamd.recv(4096)):
        said += part
    return said.rstrip(b"\0\n").decode(errors="replace")


def _connection(url: str) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "tcp" and parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)
    if parts.scheme == "unix" and parts.path:
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            clamd.settimeout(SECONDS)
            clamd.connect(unquote(parts.path))
        except OSError:
            clamd.close()
            raise
        return clamd
    raise ImproperlyConfigured("ESCALE_CLAMD: expected tcp://host:3310 or unix:///path/of/socket")
