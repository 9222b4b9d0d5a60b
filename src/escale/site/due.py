"""All that is due at an instant, done: what the calendar brings, the queue, the mails, what may be forgotten."""

from dataclasses import dataclass
from datetime import datetime

from escale.foundation.clock import beats
from escale.foundation.journal import seals
from escale.foundation.people import limits, proofs
from escale.foundation.people.models import Session
from escale.foundation.post import queue, sending
from escale.site import wiring


@dataclass(frozen=True)
class Done:
    """What one tick did, and what still waits."""

    sealed_days: int
    tasks_recovered: int
    tasks_waiting: int
    mails_sent: int
    mails_waiting: int


def tick(*, at: datetime, real: datetime) -> Done:
    """Does all that is due at ``at``; ``real`` is real time, in which queue and sessions live.

    Safe to run as often as one likes, by several machines at once.
    """
    for due in wiring.EACH_TICK:
        due(at)
    sealed = len(seals.seal_due(at=at))
    recovered = queue.recover(real=real)
    queue.run_all()
    mails = sending.drain(at=at)
    proofs.forget_before(at)
    limits.forget_before(at)
    Session.objects.filter(expire_date__lt=real).delete()
    return Done(sealed, recovered, queue.waiting(), mails["sent"], mails["waiting"])


def living_tick(*, at: datetime, real: datetime) -> Done:
    """A tick of the worker that runs beside the site: it also gives a sign of life."""
    done = tick(at=at, real=real)
    beats.beat(real=real)
    return done
