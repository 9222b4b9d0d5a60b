"""After each act on a place, its labels are looked at again; whoever must know is written to once an alert."""

from django.conf import settings
from django.tasks import task

from escale.capabilities.label.actions import life as actions
from escale.capabilities.label.models import Label
from escale.capabilities.label.queries import people
from escale.foundation.clock.reading import now
from escale.foundation.journal.models import Entry
from escale.foundation.post.actions import write


@task()
def look_again(number: str) -> None:
    """Watches the labels of the place of this journal number. Safe to run twice."""
    at = now()
    for label in Label.objects.filter(place__subject__number=number, state__in=("held", "suspended")):
        for alert in actions.watch(label, at=at):
            _tell(label, alert.code, alert.message)


def follow(entry: Entry) -> None:
    """Enqueues the watch with the line of a place's journal."""
    look_again.enqueue(entry.subject.number)


def _tell(label: Label, code: str, message: str) -> None:
    """One mail to each steward and each head of service, by its key once for ever for this alert."""
    at = now()
    context = {
        "place": label.place.name, "title": label.referential.title, "message": message,
        "base_url": settings.ESCALE_BASE_URL, "path": label.get_absolute_url(),
    }  # fmt: skip
    for person in {one.pk: one for one in (*people.keepers(label.place, at), *people.leads(at))}.values():
        key = f"label-alert-{label.number}-{code}-{at:%Y%m%d}-{person.pk}"
        write(person, "label/alert", context, about=label.subject, at=at, key=key)
