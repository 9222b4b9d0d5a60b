"""What is enqueued: measuring the territory, computing a scenario. Safe to run twice."""

from datetime import datetime, timedelta

from django.tasks import task
from django.utils.module_loading import import_string

from escale.capabilities.planner.models import Survey
from escale.foundation.journal.models import Entry
from escale.foundation.places.models import Place

# The numeric core weighs 100 MB: it is loaded by the worker when a task runs, never by the site.
_HERE = "escale.capabilities.planner.tasks"


@task()
def measure() -> None:
    """Measures how far every commune is from each network."""
    import_string(f"{_HERE}.measuring.measure_all")()


@task()
def compute(number: str) -> None:
    """Computes the run of scenario ``number`` that waits; nothing when none does."""
    import_string(f"{_HERE}.solving.compute")(number)


def compute_after(entry: Entry) -> None:
    """Follows the acts that ask for a computation, in their transaction."""
    compute.enqueue(entry.subject.number)


def measure_each_day(at: datetime) -> None:
    """Asks for a measure when the last one is a day old, once there is a network to measure."""
    fresh = Survey.objects.filter(network="open", made_at__gt=at - timedelta(days=1), made_at__lte=at).exists()
    if not fresh and Place.objects.listed().exists():
        measure.enqueue()


def measure_after(entry: Entry) -> None:
    """Follows the acts that change the network, in their transaction."""
    measure.enqueue()
