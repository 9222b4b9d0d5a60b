"""How often one may try: counted in the database, so that the limit holds whatever the number of workers."""

import ipaddress
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from escale.foundation.people.models import Tally
from escale.rules.refusal import Refused

#: What is counted → (tries allowed, in how many seconds). A town hall shares one network address.
LIMITS: dict[str, tuple[int, int]] = {
    "mail-to-address": (6, 3600),
    "mail-from-network": (60, 3600),
    "code-of-address": (30, 24 * 3600),
    "code-from-network": (120, 3600),
    "password-of-address": (10, 900),
    "password-from-network": (100, 3600),
    "invitation-by-person": (40, 3600),
    "takeout-of-person": (10, 3600),
    "case-from-network": (1200, 3600),
    "question-from-network": (30, 3600),
    "question-of-address": (5, 3600),
    "subscription-from-network": (60, 3600),
    "subscription-of-address": (5, 3600),
    "report-from-network": (20, 3600),
}
#: What is counted at the door; elsewhere there is no other way in to propose.
_DOORS = ("mail", "code", "password")


def spend(scope: str, key: str, *, at: datetime) -> None:
    """Counts one try of ``key`` (an address, or a network). Raises ``Refused`` (too_many) past the limit."""
    allowed, seconds = LIMITS[scope]
    window = int(at.timestamp()) // seconds
    digest = salted_hmac(f"people.limits.{scope}", key, algorithm="sha256").hexdigest()
    with transaction.atomic():
        row, _made = Tally.objects.get_or_create(scope=scope, key=digest, window=window * seconds)
        Tally.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
        row.refresh_from_db(fields=["tries"])
    if row.tries > allowed:
        minutes = ((window + 1) * seconds - int(at.timestamp()) + 59) // 60
        raise Refused(
            "too_many",
            _(
                "Trop d’essais : {allowed} sont possibles en {hours}. Recommencez dans {minutes} minutes, ou "
                "connectez-vous d’une autre façon."
            ).format(allowed=allowed, hours=_span(seconds), minutes=minutes),
            allowed=allowed,
            minutes=minutes,
        )


def forget_before(at: datetime) -> int:
    """Drops the tallies whose window is over. Gives how many."""
    longest = max(seconds for _allowed, seconds in LIMITS.values())
    return Tally.objects.filter(window__lt=int(at.timestamp()) - 2 * longest).delete()[0]


def network(request: HttpRequest) -> str:
    """The network that the request comes from: an IPv4 address, or the /64 of an IPv6 one.

    Behind proxies (``ESCALE_PROXIES``: how many), the address that the outermost of them saw.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.ESCALE_PROXIES:
        path = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        seen = path[-settings.ESCALE_PROXIES] if len(path) >= settings.ESCALE_PROXIES else seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return seen
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _span(seconds: int) -> str:
    if seconds % 3600 == 0:
        hours = seconds // 3600
        return _("une heure") if hours == 1 else _("{hours} heures").format(hours=hours)
    return _("{minutes} minutes").format(minutes=seconds // 60)
