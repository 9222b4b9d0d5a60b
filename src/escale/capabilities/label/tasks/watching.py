"""After each act on a place, its labels are looked at again; whoever must know is written to once an alert."""

from django.conf import settings
from django.tasks import task

from escale.capabilities.label import actions
from escale.capabilities.label.models import Label
from escale.foundation.clock.reading import now
from escale.foundation.journal.models import Entry
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Mandate
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
    people = [one.person for one in label.place.stewards.holding(at).select_related("person")]
    if label.place.carrier is not None:
        members = organisations.members_of(label.place.carrier, at).exclude(role="reader")
        people += [one.person for one in members]
    leads = Mandate.objects.holding(at).filter(kind="lead_officer").select_related("person")
    people += [one.person for one in leads]
    context = {
        "place": label.place.name, "title": label.referential.title, "message": message,
        "base_url": settings.ESCALE_BASE_URL, "path": label.get_absolute_url(),
    }  # fmt: skip
    for person in {one.pk: one for one in people}.values():
        key = f"label-alert-{label.number}-{code}-{at:%Y%m%d}-{person.pk}"
        write(person, "label/alert", context, about=label.subject, at=at, key=key)
