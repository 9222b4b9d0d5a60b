"""Who acts for an organisation: invited, joining, changing role, leaving, named as a last resort."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from escale.foundation.journal import record
from escale.foundation.organisations import queries, wording
from escale.foundation.organisations.models import Invitation, Membership, Organisation
from escale.foundation.people import limits, mailing
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused

INVITATION_DAYS = 30


def invite(
    organisation: Organisation, *, email: str, role: str, by: Person, at: datetime, represents: bool = False
) -> Invitation:  # fmt: skip
    """Asks someone by mail to join. Refused for a member and for a mail already invited."""
    email = email.strip().lower()
    with transaction.atomic():
        record.perform(organisation, "invite", by=by, at=at, data={"role": role})
        if queries.members_of(organisation, at).filter(person__email=email).exists():
            raise Refused("already_member", _("Cette personne fait déjà partie de l’organisation."))
        if organisation.invitations.filter(email=email, state="pending", expires_at__gt=at).exists():
            raise Refused("already_invited", _("Une invitation attend déjà sa réponse à cette adresse."))
        for old in organisation.invitations.filter(email=email, state="pending"):
            answer(old, "expire", by=None, at=at)
        invitation = Invitation(
            organisation=organisation, email=email, role=role, represents=represents, invited_by=by, invited_at=at,
            expires_at=at + timedelta(days=INVITATION_DAYS),
        )  # fmt: skip
        number = f"I{organisation.pk:06d}-{organisation.invitations.count() + 1}"
        address = f"/invitations/{number}/"
        record.begin(invitation, number=number, title=organisation.name, address=address, by=by, at=at)
        limits.spend("invitation-by-person", str(by.key), at=at)
        _write(email, "invitation", organisation, at, about=invitation, by=by.get_full_name(),
               role=wording.ROLE_NAMES[role], link=settings.ESCALE_BASE_URL + address, until=invitation.expires_at)  # fmt: skip
    return invitation


def accept(invitation: Invitation, *, by: Person, at: datetime) -> Membership:
    """Joins the organisation in the role offered; a former membership begins anew. Who invited is told."""
    organisation = invitation.organisation
    with transaction.atomic():
        record.perform(invitation, "accept", by=by, at=at)
        former = queries.members_of(organisation, at).filter(person=by).first()
        represents = invitation.represents or (former is not None and former.represents)
        _end(former, at)
        joined = Membership.objects.create(
            person=by, organisation=organisation, role=invitation.role, represents=represents, since=at
        )
        _write(invitation.invited_by, "joined", organisation, at, by=by.get_full_name())
        return joined


def answer(invitation: Invitation, act: str, *, by: Person | None, at: datetime) -> None:
    """Declines, withdraws, or lets the clock expire an invitation."""
    record.perform(invitation, act, by=by, at=at)


def expire_due(at: datetime) -> int:
    """Lets the clock expire the invitations whose time is over. Gives how many."""
    due = list(Invitation.objects.filter(state="pending", expires_at__lte=at).order_by("pk")[:500])
    for invitation in due:
        answer(invitation, "expire", by=None, at=at)
    return len(due)


def change_role(member: Membership, role: str, *, by: Person, at: datetime) -> None:
    """Another role from now on; the last owner remains owner."""
    with transaction.atomic():
        record.perform(member.organisation, "change-role", by=by, at=at, data=_who(member, role=role))
        if role != "owner":
            _keep_an_owner(member, at)
        _again(member, at, role=role, represents=member.represents)


def name_representative(member: Membership, *, represents: bool, by: Person, at: datetime) -> None:
    """Says whether this member is the legal representative: whoever is may sign. The journal keeps who said so."""
    with transaction.atomic():
        data = _who(member, represents=represents)
        record.perform(member.organisation, "name-representative", by=by, at=at, data=data)
        _again(member, at, role=member.role, represents=represents)


def remove_member(member: Membership, *, by: Person, at: datetime) -> None:
    """Ends someone else's membership and tells them; the last owner remains."""
    with transaction.atomic():
        record.perform(member.organisation, "remove-member", by=by, at=at, data=_who(member))
        _keep_an_owner(member, at)
        _end(member, at)
        _write(member.person, "removed", member.organisation, at, by=by.get_full_name())


def leave(organisation: Organisation, *, by: Person, at: datetime) -> None:
    """Leaves; the last owner first names another."""
    with transaction.atomic():
        record.perform(organisation, "leave", by=by, at=at)
        member = queries.members_of(organisation, at).get(person=by)
        _keep_an_owner(member, at)
        _end(member, at)


def leave_closed(person: Person, *, by_clock: bool, at: datetime) -> None:
    """Whoever closes their account leaves everywhere. The only owner may go when nobody else is left behind: the
    organisation and its dossiers stay, the Region may name another owner. ``by_clock``: the account was not used.
    """
    rows = Membership.objects.holding(at).filter(person=person).select_related("organisation", "person")
    for member in rows.order_by("pk"):
        record.perform(member.organisation, "leave", by=None if by_clock else person, at=at)
        if queries.members_of(member.organisation, at).exclude(pk=member.pk).exists():
            _keep_an_owner(member, at)
        _end(member, at)


def replace_owner(
    organisation: Organisation, person: Person, *, by: Person, at: datetime, note: str, represents: bool = False,
    instead_of: Membership | None = None,
) -> None:  # fmt: skip
    """Last resort of the Region: names an owner, with its reason in the journal, and ends another's membership.

    Every owner of before and the new one are told by mail.
    """
    with transaction.atomic():
        told = [row.person for row in queries.members_of(organisation, at).filter(role="owner")]
        data = {"named": str(person.key), "instead_of": str(instead_of.person.key) if instead_of else ""}
        record.perform(organisation, "replace-owner", by=by, at=at, note=note, data=data)
        _end(instead_of, at)
        _end(queries.members_of(organisation, at).filter(person=person).first(), at)
        Membership.objects.create(
            person=person, organisation=organisation, role="owner", represents=represents, since=at
        )
        for someone in dict.fromkeys([*told, person]):
            _write(someone, "owner_named", organisation, at, named=person.get_full_name(), reason=note,
                   link=settings.ESCALE_BASE_URL + organisation.get_absolute_url())  # fmt: skip


def _who(member: Membership, **data: Any) -> dict[str, Any]:
    """The person concerned, by key: no name stands in a hashed line."""
    return {"person": str(member.person.key), **data}


def _again(member: Membership, at: datetime, *, role: str, represents: bool) -> None:
    """The membership ends and begins anew, so that what held at an instant can always be told."""
    _end(member, at)
    Membership.objects.create(
        person=member.person, organisation=member.organisation, role=role, represents=represents, since=at
    )


def _end(member: Membership | None, at: datetime) -> None:
    if member is not None:
        member.until = max(at, member.since)
        member.save(update_fields=["until"])


def _keep_an_owner(member: Membership, at: datetime) -> None:
    others = queries.members_of(member.organisation, at).filter(role="owner").exclude(pk=member.pk)
    if member.role == "owner" and not others.exists():
        raise Refused(
            "last_owner",
            _("Il ne resterait plus de personne responsable de {name} : nommez-en une autre d’abord.").format(
                name=member.organisation.name
            ),
        )


def _write(
    to: str | Person, letter: str, organisation: Organisation, at: datetime, *, about: Invitation | None = None,
    **context: Any,
) -> None:  # fmt: skip
    known = {"organisation": organisation.name, **context}
    subject = about.subject if about else organisation.subject
    mailing.write(to, f"organisations/{letter}", known, at=at, about=subject)
