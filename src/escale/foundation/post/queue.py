"""The queue of background work: all that waits, done now; what a killed worker left, given to another."""

from datetime import datetime, timedelta

from django.core.management import call_command
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

#: No task of ours runs this long: its worker was killed.
LOST_AFTER = timedelta(minutes=15)


def recover(*, real: datetime, lost_after: timedelta = LOST_AFTER) -> int:
    """Queues again the tasks that have been running for too long at ``real`` (real time, not the demo's).

    Gives how many. Tasks are safe to run twice, so one that was only slow does no harm.
    """
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lte=real - lost_after)
    return lost.update(status=TaskResultStatus.READY)


def run_all() -> None:
    """Runs every task that is ready, those they enqueue included, then comes back."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, queue_name="*", verbosity=0)


def waiting() -> int:
    """How many tasks are ready and not yet taken."""
    return DBTaskResult.objects.ready().count()


def failed(since: timedelta = timedelta(days=1)) -> int:
    """How many tasks failed lately, by the database's own clock."""
    return DBTaskResult.objects.failed().filter(finished_at__gte=Now() - since).count()
