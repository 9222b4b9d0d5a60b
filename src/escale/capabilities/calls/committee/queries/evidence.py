"""What was frozen of sittings and votes, as ``escale doctor`` looks at it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Sitting, Vote
from escale.capabilities.calls.committee.policy import SittingState, VoteState
from escale.foundation.journal.chain import digest
from escale.foundation.journal.models import Entry


def problems() -> Iterator[str]:
    """Minutes and annexes that no longer read as the journal says they were frozen."""
    closed = Sitting.objects.filter(state=SittingState.CLOSED).order_by("pk")
    yield from _changed(closed.values_list("number", "subject_id", "document", "sha256"), "close")
    recorded = Vote.objects.filter(state=VoteState.RECORDED).order_by("pk")
    yield from _changed(recorded.values_list("number", "subject_id", "document", "sha256"), "record")


def _changed(rows: Iterable[tuple[str, int, str, str]], act: str) -> Iterator[str]:
    """``rows``: number, subject, what was frozen, its digest."""
    known = list(rows)
    lines = Entry.objects.filter(subject__in=[subject for _number, subject, *_rest in known], act=act).order_by("n")
    told = dict(lines.values_list("subject_id", "data"))
    for number, subject, text, sha256 in known:
        if digest(text) != sha256 or told.get(subject, {}).get("sha256") != sha256:
            yield _("{number} : ce qui a été figé n’est plus ce que dit le journal.").format(number=number)
