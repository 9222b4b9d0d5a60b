"""Who handles a dossier and its first steps: assigned, complete, closed, reopened, notes, interests declared."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Conflict, Dossier
from escale.capabilities.calls.instruction.actions import reviewing
from escale.capabilities.calls.instruction.actions.clock import remember, settle
from escale.capabilities.calls.instruction.actions.telling import tell
from escale.capabilities.calls.instruction.models import Note
from escale.capabilities.calls.instruction.queries import clocks
from escale.foundation.journal import record
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.rules.refusal import NoHat, Refused


def may_take(dossier: Dossier, officer: Person, at: datetime) -> None:
    """Refused when this person cannot be given the dossier."""
    if dossier.service_id not in organisations.services_of(officer, at):
        sentence = _("{name} n’est pas du service qui instruit ce dossier.")
        raise Refused("not_of_the_service", sentence.format(name=officer.name))
    if not Dossier.objects.filter(pk=dossier.pk).free_of(officer, at).exists():
        # Why is nobody else's business: the sentence says only that it cannot be.
        sentence = _("Ce dossier ne peut pas être confié à {name} : choisissez une autre personne.")
        raise Refused("cannot_take", sentence.format(name=officer.name))


def assign(dossier: Dossier, officer: Person | None, *, by: Person, at: datetime) -> None:
    """Gives the dossier to an officer of the service, or to nobody."""
    with transaction.atomic():
        settle(dossier, at=at)
        if officer is not None:
            may_take(dossier, officer, at)
        record.perform(dossier, "assign", by=by, at=at, data={"to": str(officer.key) if officer else ""})
        Dossier.objects.filter(pk=dossier.pk).update(officer=officer)
        dossier.officer = officer


def complete(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Says that the dossier is whole: the clock of the decision begins. Refused while something is awaited."""
    with transaction.atomic():
        settle(dossier, at=at)
        dossier.asked = len(clocks.awaited(dossier))  # type: ignore[attr-defined]  # read by the policy's check
        record.perform(dossier, "complete", by=by, at=at)
        Dossier.objects.filter(pk=dossier.pk).update(completed_at=at)
        dossier.completed_at = at
        remember(dossier)
        tell(dossier, "complete", {"due": at}, at=at, key=f"complete-{dossier.number}")


def close(dossier: Dossier, *, reason: str, by: Person, at: datetime) -> None:
    """Ends the request without award, with its reason; the applicant is told."""
    with transaction.atomic():
        settle(dossier, at=at)
        record.perform(dossier, "close", by=by, at=at, note=reason)
        remember(dossier)
        tell(dossier, "closed", {"reason": reason}, at=at, key=f"closed-{dossier.number}-{at.isoformat()}")


def reopen(dossier: Dossier, *, reason: str, by: Person, at: datetime) -> None:
    """Takes up again a closed request: an express decision may replace what silence did. Its clock begins anew."""
    with transaction.atomic():
        record.perform(dossier, "reopen", by=by, at=at, note=reason)
        Dossier.objects.filter(pk=dossier.pk).update(completed_at=at)
        dossier.completed_at = at
        remember(dossier)


def note(dossier: Dossier, text: str, *, by: Person, at: datetime) -> Note:
    """A note of the service for itself. Its text is not in the journal, which the applicant reads too."""
    with transaction.atomic():
        record.perform(dossier, "note", by=by, at=at)
        return Note.objects.create(dossier=dossier, by=by, at=at, text=text)


def recuse(dossier: Dossier, *, reason: str, by: Person, at: datetime, person: Person | None = None) -> Conflict:
    """Declares an interest of ``by``, or reports that of a colleague: from this instant they know nothing of it.

    Whoever followed the dossier no longer does, and what they scored is set aside.
    """
    someone = person or by
    with transaction.atomic():
        record.perform(dossier, "recuse", by=by, at=at)
        if Conflict.objects.filter(dossier=dossier, person=someone, until__isnull=True).exists():
            raise Refused("known", _("Ce lien d’intérêt est déjà déclaré."))
        if dossier.officer_id == someone.pk:
            Dossier.objects.filter(pk=dossier.pk).update(officer=None)
            dossier.officer = None
        source = "declared" if someone.pk == by.pk else "reported"
        reviewing.set_aside(dossier, someone, at=at)
        return Conflict.objects.create(dossier=dossier, person=someone, source=source, reason=reason, by=by, since=at)


def hand_over(officer: Person, to: Person, *, by: Person, at: datetime) -> tuple[int, list[str]]:
    """Gives all open dossiers of an officer of one's service to another; gives how many, and the numbers that
    the other cannot take. By the officer themselves or the head of the service.
    """
    held = Dossier.objects.handled_by(by, at).filter(officer=officer)
    lead = organisations.has_mandate(by, "lead_officer", at)
    if by.pk != officer.pk and not lead:
        raise NoHat
    moved, left = 0, []
    for dossier in held.select_related("scheme", "edition", "organisation", "subject", "service").order_by("pk"):
        if not record.verdict(dossier, "assign", by=by, at=at):
            continue
        try:
            assign(dossier, to, by=by, at=at)
            moved += 1
        except Refused:
            left.append(dossier.number)
    return moved, left
