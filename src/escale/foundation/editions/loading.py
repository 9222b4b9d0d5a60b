"""Documents of editions, made ready once a digest and kept: what is frozen can be cached for ever."""

import json
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from escale.foundation.editions.models import Edition

_MOST = 600


class Ready[T]:
    """A cache of what ``make`` builds from an edition and its amendments, by digest; safe between threads."""

    def __init__(self, make: Callable[[dict[str, Any], tuple[dict[str, Any], ...]], T]) -> None:
        self._make = make
        self._kept: OrderedDict[tuple[str, str], T] = OrderedDict()
        self._lock = Lock()

    def of(self, edition: Edition) -> T:
        """The edition made ready, its amendments layered."""
        amendments = tuple(one.payload for one in edition.amendments.all())
        key = (edition.sha256, json.dumps(amendments, sort_keys=True))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._make(json.loads(edition.document), amendments)
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return made
