"""Reviews of a whole call: several asked at once, all who are late reminded, what a reviewer knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.actions import reviewing
from escale.capabilities.calls.instruction.models import Expertise, Review
from escale.capabilities.calls.instruction.policy import ReviewState
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.journal import record
from escale.foundation.organisations.models import Mandate
from escale.foundation.people.models import Person
from escale.rules.refusal import NoHat, Refused


@dataclass(frozen=True)
class Done:
    """One line of the result: the dossier, what was done in words, or why not."""

    number: str
    title: str
    sentence: str
    ok: bool


def ask_many(
    call: Scheme, pairs: Sequence[tuple[str, int]], *, due_at: datetime, by: Person, at: datetime
) -> list[Done]:
    """Asks each (dossier number, reviewer), each in its own transaction: one that is refused stops no other."""
    rows = lists.whole().handled_by(by, at).filter(scheme=call, number__in=[number for number, _key in pairs])
    known = {one.number: one for one in rows}
    people = Person.objects.in_bulk([key for _number, key in pairs])
    done = []
    for number, key in pairs:
        dossier, reviewer = known.get(number), people.get(key)
        if dossier is None or reviewer is None:
            continue
        try:
            with transaction.atomic():
                reviewing.ask(dossier, reviewer, due_at=due_at, by=by, at=at)
            sentence = _("Demandé à {name}.").format(name=reviewer.name)
            done.append(Done(number, dossier.title, sentence, True))
        except Refused as refused:
            done.append(Done(number, dossier.title, refused.refusal.message, False))
        except NoHat:
            done.append(Done(number, dossier.title, _("Votre rôle ne le permet pas."), False))
    return done


def remind_all(call: Scheme, *, by: Person, at: datetime) -> int:
    """Writes again to each reviewer of the call who has not finished; gives how many mails."""
    free = lists.whole().handled_by(by, at).filter(scheme=call)
    rows = Review.objects.filter(state=ReviewState.ASKED, dossier__in=free.values("pk"))
    sent = 0
    for review in rows.select_related("dossier__edition", "dossier__scheme", "reviewer", "subject").order_by("pk"):
        if Review.objects.mine(review.reviewer, at).filter(pk=review.pk).exists() and record.verdict(
            review, "remind", by=by, at=at
        ):
            reviewing.remind(review, by=by, at=at)
            sent += 1
    return sent


def set_expertise(person: Person, *, themes: Sequence[str], departements: Sequence[str], at: datetime) -> None:
    """Says what a reviewer knows best, in place of what was said before."""
    if not Mandate.objects.holding(at).filter(person=person, kind="reviewer").exists():
        raise NoHat
    rows = [("theme", code) for code in dict.fromkeys(themes)]
    rows += [("departement", code) for code in dict.fromkeys(departements)]
    with transaction.atomic():
        Expertise.objects.filter(person=person).delete()
        Expertise.objects.bulk_create([Expertise(person=person, kind=kind, code=code[:60]) for kind, code in rows])
