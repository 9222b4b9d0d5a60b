"""Whether the outbox lives: what is late, what was given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from escale.foundation.post.models import Mail

#: A mail waiting this long means that the mail server or the worker is down.
LATE_AFTER = timedelta(minutes=30)


@dataclass(frozen=True)
class Outbox:
    """How many mails are late, and how many were given up in the last thirty days."""

    late: int
    failed: int
    last_problem: str


def outbox(*, at: datetime) -> Outbox:
    """The state of the outbox at ``at``."""
    late = Mail.objects.filter(status__in=["queued", "sending"], written_at__lte=at - LATE_AFTER)
    failed = Mail.objects.filter(status="failed", written_at__gte=at - timedelta(days=30))
    newest = Mail.objects.exclude(last_problem="").order_by("-pk").values_list("last_problem", flat=True)
    return Outbox(late.count(), failed.count(), newest.first() or "")
