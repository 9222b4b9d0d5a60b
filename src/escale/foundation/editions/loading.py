"""Documents of editions, made ready once a digest and kept: what is frozen can be cached for ever."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.db import connection

from escale.foundation.editions.models import Amendment, Edition
from escale.foundation.prepared import planned_once

_MOST = 600
_HELD = "_held_payloads"
_PAYLOADS = f"SELECT payload FROM {Amendment._meta.db_table} WHERE edition_id = %s ORDER BY n"


class Ready[T]:
    """A cache of what ``make`` builds from an edition and its amendments, by digest; safe between threads."""

    def __init__(self, make: Callable[[dict[str, Any], tuple[dict[str, Any], ...]], T]) -> None:
        self._make = make
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def of(self, edition: Edition) -> T:
        """The edition made ready, its amendments layered."""
        return self.named(edition)[0]

    def named(self, edition: Edition) -> tuple[T, str]:
        """The edition made ready, and the digest that names it as it stands now, amendments included.

        Its document is read only the first time.
        """
        amendments = payloads(edition)
        key = digest_of(edition.sha256, amendments)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key], key
        made = self._make(json.loads(edition.document), amendments)
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return made, key


def hold(edition: Edition) -> None:
    """Reads what amends the edition now, for all that is made from this very object: it is asked once in a request."""
    setattr(edition, _HELD, payloads(edition))


def payloads(edition: Edition) -> tuple[dict[str, Any], ...]:
    """What the edition's amendments say, the oldest first.

    Asked on each page of a call: plain SQL, a third of the time that a queryset needs; once for an edition ``held``.
    """
    if (known := getattr(edition, _HELD, None)) is not None:
        return known
    if "amendments" in getattr(edition, "_prefetched_objects_cache", {}):
        return tuple(one.payload for one in edition.amendments.all())
    with planned_once(connection), connection.cursor() as cursor:
        cursor.execute(_PAYLOADS, [edition.pk])
        return tuple(json.loads(row[0]) for row in cursor.fetchall())


def digest_of(sha256: str, amendments: tuple[dict[str, Any], ...]) -> str:
    """The edition's own digest, or one over it and its amendments."""
    if not amendments:
        return sha256
    return hashlib.sha256(f"{sha256} {json.dumps(amendments, sort_keys=True)}".encode()).hexdigest()
