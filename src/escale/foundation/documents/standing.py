"""What an organisation gives once: its standing documents, its delegations of signature, and so who may sign."""

from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from escale.foundation.documents import actions
from escale.foundation.documents.models import Delegation, StandingDocument
from escale.foundation.journal import record
from escale.foundation.organisations import queries as organisations
from escale.foundation.organisations.models import Membership, Organisation
from escale.foundation.people.models import Person
from escale.rules.figures import PARIS
from escale.rules.refusal import Refused

#: What proves a signature: a signed paper, scanned or photographed.
SIGNED = ("pdf", "jpeg", "png", "webp", "heic")


def give(
    organisation: Organisation, kind: str, upload: File, *, by: Person, at: datetime, valid_from: date | None = None,
    valid_until: date | None = None,
) -> StandingDocument:  # fmt: skip
    """Keeps a document of this kind; the one before stays listed until its date or until it is taken back."""
    record.check(organisation, "add-document", by=by, at=at)
    document = actions.store(upload, by=by, at=at)
    with transaction.atomic():
        data = {"kind": kind, "sha256": document.sha256}
        record.perform(organisation, "add-document", by=by, at=at, data=data)
        return StandingDocument.objects.create(
            organisation=organisation, kind=kind, document=document, valid_from=valid_from, valid_until=valid_until,
            by=by, at=at,
        )  # fmt: skip


def take_back(row: StandingDocument, *, by: Person, at: datetime) -> None:
    """It is offered to no dossier any more; what was filed with it keeps it."""
    with transaction.atomic():
        record.perform(row.organisation, "remove-document", by=by, at=at, data={"kind": row.kind})
        StandingDocument.objects.filter(pk=row.pk, removed_at__isnull=True).update(removed_at=at, removed_by=by)


def valid(organisation: Organisation, kind: str, at: datetime) -> StandingDocument | None:
    """The newest document of this kind that is valid on the day of ``at`` in Paris, its file joined."""
    rows = organisation.standing_documents.valid_on(at.astimezone(PARIS).date()).filter(kind=kind)
    return rows.select_related("document").order_by("-at", "-pk").first()


def delegate(
    organisation: Organisation, member: Membership, upload: File, *, since: date, until: date | None, by: Person,
    at: datetime,
) -> Delegation:  # fmt: skip
    """Deposits the piece by which the legal representative lets ``member`` sign, from ``since`` to ``until``."""
    record.check(organisation, "delegate", by=by, at=at)
    document = actions.store(upload, by=by, at=at, allowed=SIGNED)
    with transaction.atomic():
        data = {"person": str(member.person.key), "since": since.isoformat(), "sha256": document.sha256}
        record.perform(organisation, "delegate", by=by, at=at, data=data)
        return Delegation.objects.create(
            organisation=organisation, person=member.person, document=document, since=since, until=until, by=by, at=at
        )


def end_delegation(row: Delegation, *, by: Person, at: datetime) -> None:
    """From now on the person signs no more; what they signed stands. Refused when it had ended."""
    with transaction.atomic():
        record.perform(row.organisation, "end-delegation", by=by, at=at, data={"person": str(row.person.key)})
        if not Delegation.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at, ended_by=by):
            raise Refused("delegation_over", _("Cette délégation a déjà pris fin : il n’y a rien à faire."))


def may_sign(person: Person, organisation: Organisation, at: datetime) -> bool:
    """Whether the person may sign for the organisation now: its legal representative, or a member to whom a
    deposited delegation gives the signature on this day.
    """
    member = organisations.member(person, organisation, at)
    if member is None:
        return False
    return member.represents or is_delegate(person, organisation, at)


def is_delegate(person: Person, organisation: Organisation, at: datetime) -> bool:
    """Whether a deposited delegation gives the person the signature on this day."""
    return Delegation.objects.holding(at).filter(organisation=organisation, person=person).exists()


def signatories(organisation: Organisation, at: datetime) -> list[Person]:
    """Those who may sign now, legal representatives first."""
    members = list(organisations.members_of(organisation, at))
    given = set(Delegation.objects.holding(at).filter(organisation=organisation).values_list("person_id", flat=True))
    first = [row.person for row in members if row.represents]
    return first + [row.person for row in members if row.person_id in given and not row.represents]
