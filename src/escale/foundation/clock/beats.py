"""Signs of life of the worker: written at each tick, removed when it stops by itself, old when it was killed."""

from datetime import datetime, timedelta

from escale.foundation.clock.models import Beat

WORKER = "worker"
#: A worker that has not ticked for this long (real time) is dead: it ticks each minute.
DEAD_AFTER = timedelta(minutes=10)


def beat(*, real: datetime) -> None:
    """The worker lives at ``real``."""
    Beat.objects.update_or_create(name=WORKER, defaults={"at": real})


def sign_off() -> None:
    """The worker stops because it was asked to."""
    Beat.objects.filter(name=WORKER).delete()


def last() -> datetime | None:
    """The last sign of life; None when no worker runs, or the last one stopped by itself."""
    return Beat.objects.filter(name=WORKER).values_list("at", flat=True).first()
