"""Background work of the committee room: letters that leave one by one, what the clock asks of them."""

from datetime import datetime

from django.db import transaction
from django.tasks import task

from escale.capabilities.calls.committee.actions import following, sending
from escale.capabilities.calls.committee.models import Letter, LetterQuerySet
from escale.capabilities.calls.committee.policy import LetterState
from escale.foundation.clock.reading import now
from escale.foundation.people.models import Person
from escale.rules.refusal import NoHat, Refused


def send_all(letters: "LetterQuerySet", *, by: Person) -> int:
    """Each leaves by itself, after this transaction: one that is refused stops no other. Gives how many."""
    keys = list(letters.filter(state=LetterState.SIGNED).order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for pk in keys:
            send_one.enqueue(pk, by.pk)
    return len(keys)


@task()
def send_one(pk: int, by: int) -> None:
    """Sends one signed letter for who asked; what may not leave stays signed, its page says why. Safe to run twice."""
    found = Letter.objects.select_related(
        "subject", "dossier__scheme", "dossier__service", "dossier__organisation", "dossier__subject", "dossier__officer",
        "organisation",
    )  # fmt: skip
    letter = found.filter(pk=pk, state=LetterState.SIGNED).first()
    who = Person.objects.filter(pk=by).first()
    if letter is None or who is None:
        return
    try:
        sending.send(letter, by=who, at=now())
    except (Refused, NoHat):
        return


def each_tick(at: datetime) -> int:
    """Letters that nobody opened in time, appeals that silence rejects; gives how many lines were written."""
    return sending.remind_due(at=at) + following.settle_due(at=at)
