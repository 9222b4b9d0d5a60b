"""What awaits an officer today, and until when the law says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.policy import AWAITING
from escale.capabilities.calls.instruction.models import Absence, Correction, Opinion, Visa
from escale.capabilities.calls.instruction.policy import CorrectionState, OpinionState, VisaState
from escale.foundation.people.models import Person

SOON, MOST = timedelta(days=14), 100


@dataclass(frozen=True)
class Task:
    """Something to do: on which dossier, what, until when (None: no date)."""

    dossier: Dossier
    what: str
    due: datetime | None
    url: str


def tasks(person: Person, at: datetime) -> list[Task]:
    """Answers to read, visas to give, legal dates that come within a fortnight; the most pressing first."""
    handled = Dossier.objects.handled_by(person, at)
    replaced = Absence.objects.holding(at).filter(replacement=person).values("person")
    mine = handled.filter(Q(officer=person) | Q(officer__in=replaced))
    found = [
        Task(one.dossier, _("Lire les compléments reçus"), one.dossier.due_at, one.get_absolute_url())
        for one in Correction.objects.filter(dossier__in=mine, state=CorrectionState.ANSWERED)
        .select_related("dossier").order_by("pk")[:MOST]
    ]  # fmt: skip
    given = Opinion.objects.filter(dossier__in=mine, state=OpinionState.GIVEN, given_at__gt=at - SOON)
    found += [
        Task(one.dossier, _("Lire l’avis de {name}").format(name=one.name), None, _at(one.dossier))
        for one in given.select_related("dossier").order_by("pk")[:MOST]
    ]
    asked = (
        Visa.objects.filter(dossier__in=handled, state=VisaState.ASKED).select_related("dossier__scheme").order_by("pk")
    )
    found += [
        Task(
            one.dossier,
            _("Donner ou refuser : {what}").format(what=one.get_kind_display()),
            one.dossier.due_at,
            _at(one.dossier),
        )
        for one in asked[:MOST]
        if "signer" in {str(hat) for hat in one.hats_of(person, at)}
    ]
    due = mine.filter(awaited="service", due_at__lt=at + SOON, state__in=AWAITING).order_by("due_at", "pk")
    found += [Task(one, _("Échéance légale"), one.due_at, _at(one)) for one in due[:MOST]]
    last = at + timedelta(days=10_000)
    return sorted(found, key=lambda task: (task.due or last, task.dossier.number))


def _at(dossier: Dossier) -> str:
    return reverse("instruct", args=[dossier.number])
