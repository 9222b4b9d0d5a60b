"""Reading and moving the clock. Only views, tasks and commands call ``now``; all else takes ``at=``."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from escale.foundation.clock.models import DemoClock


def now() -> datetime:
    """The present instant, UTC; moved by the demonstration's offset when ``ESCALE_DEMO=1`` and only then."""
    real = datetime.now(UTC)
    if not settings.ESCALE_DEMO:
        return real
    row = DemoClock.objects.filter(pk=1).values_list("offset_seconds", flat=True).first()
    return real + timedelta(seconds=row or 0)


def move_to(instant: datetime) -> None:
    """From now on the demonstration lives at ``instant`` and goes on from there."""
    _keep(int((instant - datetime.now(UTC)).total_seconds()))


def move_by(step: timedelta) -> None:
    """Moves the demonstration's time by ``step`` from where it stands."""
    _keep(int((now() + step - datetime.now(UTC)).total_seconds()))


def make_real() -> None:
    """Back to real time."""
    _keep(0)


def _keep(offset_seconds: int) -> None:
    DemoClock.objects.update_or_create(pk=1, defaults={"offset_seconds": offset_seconds})
