"""What the clock does by itself. Each line bears the instant at which it was due, whenever somebody looks."""

from datetime import datetime

from django.db import transaction

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import State
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions.telling import tell
from escale.capabilities.calls.instruction.models import Correction
from escale.capabilities.calls.instruction.policy import CorrectionState
from escale.capabilities.calls.instruction.queries import clocks
from escale.foundation.journal import record

LETTERS = {"deem-complete": "complete", "deem-refused": "refused", "deem-accepted": "accepted"}


def settle(dossier: Dossier, *, at: datetime) -> int:
    """Does all that was due before ``at``, in its order; gives how many lines were written. Safe to do again.

    Every act on a dossier begins here: an officer who comes after the due instant finds what silence did.
    """
    done = 0
    with transaction.atomic():
        record.lock(dossier)
        for asked in clocks.awaited(dossier):
            if asked.due_at <= at:
                asked.dossier = dossier
                record.perform(asked, "lapse", by=None, at=asked.due_at)
                Correction.objects.filter(pk=asked.pk).update(ended_at=asked.due_at)
                done += 1
        while (clock := clocks.clock_of(dossier)) and clock.act and clock.due and clock.due <= at:
            data = {"clock": clock.kind, "suspended_days": clock.suspended_days}
            record.perform(dossier, clock.act, by=None, at=clock.due, data=data)
            if clock.act == "deem-complete":
                Dossier.objects.filter(pk=dossier.pk).update(completed_at=clock.due)
                dossier.completed_at = clock.due
            tell(dossier, LETTERS[clock.act], {"due": clock.due}, at=at, key=f"{clock.act}-{dossier.number}")
            done += 1
        if done:
            remember(dossier)
    return done


def remember(dossier: Dossier) -> None:
    """Copies on the dossier who is awaited and until when: what the desk sorts."""
    dossier.awaited, dossier.due_at, dossier.due_acts = clocks.standing(dossier)
    dossier.save(update_fields=["awaited", "due_at", "due_acts"])


def settle_due(*, at: datetime) -> int:
    """All dossiers that something happens to by ``at``; gives how many lines were written."""
    late = Correction.objects.filter(state=CorrectionState.ASKED, due_at__lte=at).values_list("dossier_id", flat=True)
    due = Dossier.objects.filter(due_acts=True, due_at__lte=at, state__in=[State.SUBMITTED, *_LATER])
    keys = sorted({*late, *due.values_list("pk", flat=True)})
    return sum(settle(lists.whole().get(pk=pk), at=at) for pk in keys)


_LATER = (State.COMPLETE, State.EXAMINED, State.ADVISED)
