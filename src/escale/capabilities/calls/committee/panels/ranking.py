"""What the page of the ranking says, and what other services show beside it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from escale.capabilities.calls.committee.models import Sitting
from escale.capabilities.calls.committee.policy import SITTING
from escale.capabilities.calls.committee.queries import envelopes
from escale.capabilities.calls.committee.queries.strips import Strip, strips
from escale.foundation.people.request import SignedIn

type Panel = Callable[[SignedIn, dict[str, Any]], SafeString]


def ranking(sitting: Sitting, request: SignedIn) -> dict[str, Any]:
    """The ranking's page."""
    acts = {row.name for row in SITTING.open_to(hats=sitting.hats_of(request.user, request.at), state=sitting.state)}
    found = strips(sitting, request.user, request.at)
    return {
        "sitting": sitting, "acts": acts, "moved": envelopes.moved(sitting), "strips": found,
        "beside": {one.scheme.key: beside(sitting, one, request) for one in found} if "hold" in acts else {},
    }  # fmt: skip


def beside(sitting: Sitting, strip: Strip, request: SignedIn) -> list[SafeString]:
    """What other services say of the same dossiers, aid, points and envelope (``COMMITTEE_PANELS`` of the wiring)."""
    told = strip.told
    if told is None or not told.sharings:
        return []
    given = {
        "about": f"{sitting.number}/{strip.scheme.key}", "call": strip.scheme.key, "call_title": strip.scheme.title,
        "budget_cents": sum(max(0, one.given_cents - one.reserve_cents) for one in told.sharings),
        "dossiers": [
            {
                "number": row.place.item.dossier.number, "title": row.place.item.dossier.title,
                "lon": row.place.item.dossier.organisation.commune.lon,
                "lat": row.place.item.dossier.organisation.commune.lat,
                "aid_cents": row.place.amount_cents, "score": (row.place.hundredths or 0) / 100,
                "retained": bool(row.line and row.line.amount_cents),
            }
            for row in strip.rows
            if not row.place.out and row.place.retained and row.place.amount_cents
        ],
    }  # fmt: skip
    panels: list[Panel] = import_string(settings.ESCALE_COMMITTEE_PANELS)
    return [shown for panel in panels if (shown := panel(request, given))] if given["dossiers"] else []
