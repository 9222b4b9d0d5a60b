"""Whether every file that must be there is there and is the same as when it was kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from escale.foundation.documents import storage
from escale.foundation.documents.models import Document


@dataclass(frozen=True)
class Problem:
    """A file that is not what its row says: ``code`` is lost, altered, or unreadable."""

    code: str
    sha256: str
    name: str
    documents: tuple[int, ...]


def problems() -> Iterator[Problem]:
    """Reads each kept file once and digests it again."""
    rows = Document.objects.filter(status=Document.Status.KEPT).order_by("sha256", "pk")
    known: dict[str, list[tuple[int, str]]] = {}
    for pk, sha256, name in rows.values_list("pk", "sha256", "name").iterator():
        known.setdefault(sha256, []).append((pk, name))
    for sha256, uses in known.items():
        if code := _state(sha256):
            yield Problem(code, sha256, uses[0][1], tuple(pk for pk, _name in uses))


def _state(sha256: str) -> str:
    try:
        return "" if storage.digest_of(sha256) == sha256 else "altered"
    except storage.Lost:
        return "lost"
    except storage.Unavailable:
        return "unreadable"
