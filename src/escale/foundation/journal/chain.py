"""How a journal line and a daily seal are hashed. The recipe is public: docs/reference/journal.md."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 text, in lower-case hexadecimal; empty for an empty text."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def canonical(value: object) -> str:
    """JSON with sorted keys, no spaces, real characters."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant(at: datetime) -> str:
    """UTC to the microsecond: ``2026-03-03T22:59:59.000000Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def line_hash(
    *, kind: str, number: str, n: int, at: datetime, by: str, act: str, before: str, after: str,
    note_digest: str, data_digest: str, previous: str,
) -> str:  # fmt: skip
    """The hash of one journal line: SHA-256 of the canonical JSON list of its eleven parts."""
    parts = [kind, number, n, instant(at), by, act, before, after, note_digest, data_digest, previous]
    return digest(canonical(parts))


def seal_digest(*, day: str, heads: Iterable[tuple[str, str, int, str]], previous: str) -> str:
    """The seal of a day: ``heads`` are (kind, number, length, head) sorted by kind and number."""
    return digest(canonical([day, [list(head) for head in heads], previous]))
