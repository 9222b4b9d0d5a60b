"""Mails whose time is over: their words go, the line stays."""

from datetime import datetime

from escale.foundation.post.models import Mail

BATCH = 5000
OVER = ("sent", "failed", "expired")


def forget(before: datetime, at: datetime) -> int:
    """Blanks address and words of the mails written before ``before`` and no longer on their way. Gives how many.

    Kept: what it was about, its digest, when it left.
    """
    old = Mail.objects.filter(status__in=OVER, written_at__lt=before).exclude(to="")
    chosen = list(old.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return Mail.objects.filter(pk__in=chosen).update(to="", subject="", text="", html="", last_problem="")
