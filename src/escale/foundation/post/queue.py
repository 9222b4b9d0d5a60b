"""The queue of background work: all that waits, done now; what a killed worker left, given to another."""

from datetime import datetime, timedelta

from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
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
    """Runs every task that is ready, those they enqueue included, then comes back.

    Asks first whether there is any: taking a task locks the database's writers, asking does not.
    """
    if waiting():
        hand().run()


def hand() -> Worker:
    """Who works off what is ready and then stops; ``running = False`` stops it after its present task."""
    return Worker(
        queue_names=["*"], excluded_queue_names=[], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id=get_random_string(32),
    )  # fmt: skip


def oldest(*, real: datetime) -> timedelta:
    """For how long the oldest task that could be worked off has waited at ``real`` (real time)."""
    found = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", "run_after").first()
    if found is None:
        return timedelta()
    enqueued_at, run_after = found
    since = max(enqueued_at, run_after) if run_after <= real else enqueued_at
    return max(timedelta(), real - since)


def waiting() -> int:
    """How many tasks are ready and not yet taken."""
    return DBTaskResult.objects.ready().count()


def failed(since: timedelta = timedelta(days=1)) -> int:
    """How many tasks failed lately, by the database's own clock."""
    return DBTaskResult.objects.failed().filter(finished_at__gte=Now() - since).count()
