"""Everything about someone, or about an organisation, in one zip of JSON documents and files.

Each service adds its part: the site's wiring lists who tells what (``settings.ESCALE_TAKEOUT``). Nothing of others
is in it but what the person, or the organisation, may read on its own pages.
"""

import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from escale.foundation.people.models import Person, Session

type Teller = Callable[["Takeout", Any, datetime], None]
SPOOL_BYTES = 8 * 1024 * 1024


class Takeout:
    """A zip being written. Names are paths inside it; the same name twice keeps both, numbered."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self._names: set[str] = set()

    def tell(self, name: str, data: Any) -> None:
        """A JSON document: instants with their offset, amounts as whole cents, nothing translated."""
        text = json.dumps(data, ensure_ascii=False, indent=1, default=_plain)
        self._zip.writestr(self._free(f"{name}.json"), text)

    def keep(self, path: str, chunks: Iterable[bytes]) -> None:
        """A file, piece by piece: it may be large."""
        with self._zip.open(self._free(path), "w", force_zip64=True) as inside:
            for chunk in chunks:
                inside.write(chunk)

    def _free(self, path: str) -> str:
        stem, dot, end = path.rpartition(".")
        n, free = 1, path
        while free in self._names:
            n += 1
            free = f"{stem}-{n}{dot}{end}" if dot else f"{path}-{n}"
        self._names.add(free)
        return free


def made_for(kind: str, thing: Any, at: datetime) -> IO[bytes]:
    """The zip of ``kind`` ("person", "organisation") about ``thing``, as a temporary file to be read from its start."""
    file = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115  # handed to the answer, which closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        takeout = Takeout(zipped)
        takeout.tell("lisez-moi", {"schema": "escale.takeout/1", "kind": kind, "made_at": at, "words": _words()})
        tellers: list[Teller] = import_string(settings.ESCALE_TAKEOUT)[kind]
        for teller in tellers:
            teller(takeout, thing, at)
    file.seek(0)
    return file


def of_person(takeout: Takeout, person: Person, at: datetime) -> None:
    """The account and the devices that are signed in."""
    takeout.tell(
        "compte",
        {
            "key": person.key, "email": person.email, "name": person.name, "phone": person.phone,
            "language": person.language, "created_at": person.created_at, "has_password": person.has_password,
        },
    )  # fmt: skip
    sessions = Session.objects.filter(person=person).order_by("-seen_at", "pk")
    takeout.tell("appareils", list(sessions.values("device", "how", "started_at", "seen_at", "expire_date")))


def _words() -> str:
    return _(
        "Vos données, telles que le site les garde. Les fichiers .json s’ouvrent avec un éditeur de texte ; les "
        "pièces sont dans leurs dossiers, sous leur nom."
    )


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no place in a takeout")
