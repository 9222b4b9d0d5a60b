"""The site being measured and its floor: bare views over the same tables, behind the same middleware."""

import gc
import json
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  # after Django's set-up
from django.http import HttpRequest, HttpResponse  # noqa: E402  # likewise
from django.template import Context, Engine  # noqa: E402  # likewise
from django.test import Client  # noqa: E402  # likewise
from django.test.utils import CaptureQueriesContext  # noqa: E402  # likewise

from benchmarks.directory import BAREST_LIST, FLOOR_DATA, FLOOR_LIST  # noqa: E402  # likewise
from escale.capabilities.directory.models import Listing  # noqa: E402  # likewise
from escale.demo import volume  # noqa: E402  # likewise
from escale.foundation.clock.reading import now  # noqa: E402  # likewise
from escale.site import urls  # noqa: E402  # likewise
from escale.site.cli import main  # noqa: E402  # likewise
from escale.ui.routes import page  # noqa: E402  # likewise

FIRST = 1_000


class FloorSite:
    """A filled site and the floors of its addresses."""

    def __init__(self, folder: Path) -> None:
        main(["migrate"])
        self.static, self.client = str(folder / "static"), Client()
        volume.places(FIRST, seed=1, at=now())

    def fill(self, count: int) -> None:
        """Up to ``count`` places."""
        volume.places(count - FIRST, seed=2, at=now())

    def settle(self) -> None:
        """What is loaded by now is left alone by the collector, as in a process that serves."""
        gc.collect()
        gc.freeze()

    def get(self, address: str) -> bytes:
        """The answer's bytes."""
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return bytes(answer.content)

    def queries(self, address: str) -> int:
        """How many queries the address asks, once warm."""
        self.get(address)
        with CaptureQueriesContext(connection) as found:
            self.get(address)
        return len(found)

    def floor(self, rows: int, size: int, kind: str) -> str:
        """The address of a bare view with as many rows and bytes; ``kind``: list, barest or data."""
        name = f"floor-{kind}-{rows}-{size}"
        template = Engine().from_string({"list": FLOOR_LIST, "barest": BAREST_LIST, "data": FLOOR_DATA}[kind])

        def view(request: HttpRequest, rest: str = "") -> HttpResponse:
            found = Listing.objects.order_by("rank")
            told: dict[str, Any] = {"rest": rest, "title": name}
            if kind == "list":
                stored = found.values_list("record__brief", flat=True)[:rows]
                told |= {"count": Listing.objects.count(), "rows": map(json.loads, stored)}
            elif kind == "barest":
                told["rows"] = found.values_list("slug", "rank")[:rows]
            else:
                told["rows"] = found.values_list("record__feature", flat=True)[:rows]
            return HttpResponse(template.render(Context(told)))

        bare: Any = len(view(HttpRequest()).content)
        rest = "x" * max(0, size - bare)
        urls.urlpatterns.append(page(f"{name}/", lambda request: view(request, rest), name, who="public"))
        django.urls.clear_url_caches()
        return f"/{name}/"
