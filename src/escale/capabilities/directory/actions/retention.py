"""What people sent about places, once it was answered and its time is over."""

from datetime import datetime

from django.db.models import Q

from escale.capabilities.directory.models import Claim, Report
from escale.capabilities.directory.policy import ClaimState, ReportState
from escale.foundation.documents import retention

BATCH = 500


def forget_received(before: datetime, at: datetime) -> int:
    """Blanks the proof of claims decided, and the text and address of reports settled, received before ``before``; the
    act and its date stay. Gives how many. What still waits for an answer is kept.
    """
    reports = Report.objects.filter(reported_at__lt=before).exclude(state=ReportState.NEW)
    forgotten = reports.exclude(text="", email="").update(text="", email="")
    old = Claim.objects.filter(claimed_at__lt=before).exclude(state=ClaimState.PENDING)
    told = old.filter(~Q(proof="") | Q(document__status="kept"))
    for claim in told.select_related("document").order_by("pk")[:BATCH]:
        gone = claim.document is not None and retention.forget(claim.document, old, at=at)
        blanked = Claim.objects.filter(pk=claim.pk).exclude(proof="").update(proof="")
        forgotten += bool(gone or blanked)
    return forgotten
