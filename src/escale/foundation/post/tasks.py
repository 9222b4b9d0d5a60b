"""Background work of the post."""

from django.tasks import task
from django.utils import timezone

from escale.foundation.clock.reading import now
from escale.foundation.post import sending


@task()
def deliver(pk: int) -> None:
    """Sends one mail; when the mail server does not answer, comes back later. Safe to run twice."""
    wait = sending.deliver(pk, at=now())
    if wait is not None:
        # The queue lives in real time, also when a demonstration's clock was moved.
        deliver.using(run_after=timezone.now() + wait).enqueue(pk)
