"""What comes due for the directory."""

from datetime import datetime

from django.db.models import Q
from django.tasks import task

from escale.capabilities.directory.actions import intake, received
from escale.capabilities.directory.models import Intake
from escale.foundation.clock.reading import now
from escale.foundation.journal.models import Entry
from escale.foundation.places.models import Place
from escale.rules.hours import PARIS
from escale.rules.period import months_after

EVERY_MONTHS = 12
AT_ONCE = 200


def ask_to_check(at: datetime) -> int:
    """Reminds who keeps a page that nobody checked for a year; each page once a year. Gives how many."""
    before = months_after(at.astimezone(PARIS).date(), -EVERY_MONTHS)
    due = Place.objects.listed().filter(
        Q(checked_on__isnull=True) | Q(checked_on__lte=before), Q(reminded_on__isnull=True) | Q(reminded_on__lte=before)
    )
    kept = due.filter(stewards__since__lte=at, stewards__until__isnull=True).distinct().order_by("pk")
    found = list(kept[:AT_ONCE])
    for place in found:
        received.remind(place, at=at)
    return len(found)


@task()
def read_file(number: str) -> None:
    """Compares, or writes, the file of this number: whichever it awaits. Safe to run twice."""
    row = Intake.objects.select_related("document", "subject").filter(number=number).first()
    if row is not None:
        intake.compare(row, at=now())
        intake.write(row, at=now())


def read_after(entry: Entry) -> None:
    """Follows the acts that ask for a reading or a writing, in their transaction."""
    read_file.enqueue(entry.subject.number)
