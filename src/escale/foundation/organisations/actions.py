"""Writes: organisations, memberships, invitations, services, mandates."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.foundation.journal import numbers, record
from escale.foundation.organisations import queries
from escale.foundation.organisations.models import (
    Invitation,
    Link,
    Mandate,
    Membership,
    Organisation,
    Service,
)
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused

INVITATION_DAYS = 30


def create(*, by: Person, at: datetime, **values: Any) -> Organisation:
    """A new organisation whose first owner is ``by``. Refused when its SIRET is already here."""
    siret = values.get("siret", "")
    with transaction.atomic():
        if siret and Organisation.objects.filter(siret=siret).exists():
            raise Refused(
                "known_siret",
                _("Une organisation a déjà ce SIRET ici : demandez à son responsable de vous inviter."),
            )
        organisation = Organisation(**values)
        organisation.pk = numbers.following("organisation")
        record.begin(
            organisation, number=f"O{organisation.pk:06d}", title=organisation.name,
            address=organisation.get_absolute_url(), by=by, at=at,
        )  # fmt: skip
        Membership.objects.create(person=by, organisation=organisation, role="owner", since=at)
    return organisation


def edit(organisation: Organisation, *, by: Person, at: datetime, rev: int, **values: Any) -> None:
    """Changes the sheet. ``rev`` is the revision seen: refused when someone changed it meanwhile."""
    with transaction.atomic():
        record.lock(organisation)
        fresh = Organisation.objects.get(pk=organisation.pk)
        if fresh.rev != rev:
            raise Refused(
                "changed_meanwhile",
                _("La fiche a été modifiée entre-temps. Relisez-la ci-dessous, puis enregistrez de nouveau."),
            )
        for name, value in values.items():
            setattr(organisation, name, value)
        organisation.rev = rev + 1
        organisation.save(update_fields=[*values, "rev"])
        record.perform(organisation, "edit", by=by, at=at, data={"fields": sorted(values)})


def set_bank(organisation: Organisation, *, by: Person, at: datetime, iban: str, holder: str) -> None:
    """Keeps the account to pay. The journal only says that it changed."""
    with transaction.atomic():
        record.perform(organisation, "set-bank", by=by, at=at)
        organisation.iban, organisation.bank_holder = iban, holder
        organisation.save(update_fields=["iban", "bank_holder"])


def invite(organisation: Organisation, *, email: str, role: str, by: Person, at: datetime) -> Invitation:
    """Asks someone by mail to join. Refused for a member and for a mail already invited."""
    email = email.strip().lower()
    with transaction.atomic():
        record.perform(organisation, "invite", by=by, at=at, data={"role": role})
        if queries.members_of(organisation, at).filter(person__email=email).exists():
            raise Refused("already_member", _("Cette personne fait déjà partie de l’organisation."))
        if organisation.invitations.filter(email=email, state="pending").exists():
            raise Refused("already_invited", _("Une invitation attend déjà sa réponse à cette adresse."))
        invitation = Invitation(
            organisation=organisation, email=email, role=role, invited_by=by, invited_at=at,
            expires_at=at + timedelta(days=INVITATION_DAYS),
        )  # fmt: skip
        number = f"I{organisation.pk:06d}-{organisation.invitations.count() + 1}"
        record.begin(
            invitation,
            number=number,
            title=organisation.name,
            address=f"/invitations/{number}/",
            by=by,
            at=at,
        )
    return invitation


def accept(invitation: Invitation, *, by: Person, at: datetime) -> Membership:
    """Joins the organisation in the role offered; a former membership begins anew."""
    with transaction.atomic():
        record.perform(invitation, "accept", by=by, at=at)
        _end(queries.members_of(invitation.organisation, at).filter(person=by).first(), at)
        return Membership.objects.create(
            person=by, organisation=invitation.organisation, role=invitation.role, since=at
        )


def answer(invitation: Invitation, act: str, *, by: Person | None, at: datetime) -> None:
    """Declines, withdraws, or lets the clock expire an invitation."""
    record.perform(invitation, act, by=by, at=at)


def change_role(member: Membership, role: str, *, by: Person, at: datetime) -> None:
    """Another role from now on; the last owner remains owner."""
    with transaction.atomic():
        record.perform(member.organisation, "change-role", by=by, at=at, data={"role": role})
        if role != "owner":
            _keep_an_owner(member, at)
        _end(member, at)
        Membership.objects.create(person=member.person, organisation=member.organisation, role=role, since=at)


def remove_member(member: Membership, *, by: Person, at: datetime) -> None:
    """Ends someone else's membership; the last owner remains."""
    with transaction.atomic():
        record.perform(member.organisation, "remove-member", by=by, at=at)
        _keep_an_owner(member, at)
        _end(member, at)


def leave(organisation: Organisation, *, by: Person, at: datetime) -> None:
    """Leaves; the last owner first names another."""
    with transaction.atomic():
        record.perform(organisation, "leave", by=by, at=at)
        member = queries.members_of(organisation, at).get(person=by)
        _keep_an_owner(member, at)
        _end(member, at)


def replace_owner(organisation: Organisation, person: Person, *, by: Person, at: datetime, note: str) -> None:
    """Last resort of the Region: names an owner, with its reason in the journal."""
    with transaction.atomic():
        record.perform(organisation, "replace-owner", by=by, at=at, note=note)
        _end(queries.members_of(organisation, at).filter(person=person).first(), at)
        Membership.objects.create(person=person, organisation=organisation, role="owner", since=at)


def link(organisation: Organisation, *, name: str, siren: str, by: Person, at: datetime) -> Link:
    """Declares a linked undertaking."""
    with transaction.atomic():
        record.perform(organisation, "link", by=by, at=at, data={"siren": siren})
        found, _created = Link.objects.update_or_create(organisation=organisation, siren=siren, defaults={"name": name})
    return found


def create_service(*, key: str, name: str, email: str = "", phone: str = "") -> Service:
    """A service of the Region."""
    return Service.objects.create(key=key, name=name, email=email, phone=phone)


def give_mandate(person: Person, kind: str, *, at: datetime, **where: Any) -> Mandate:
    """Someone becomes something for the Region from ``at`` on; the same open mandate is not given twice."""
    with transaction.atomic():
        open_one = Mandate.objects.filter(person=person, kind=kind, until__isnull=True, **where).first()
        return open_one or Mandate.objects.create(person=person, kind=kind, since=at, **where)


def end_mandate(mandate: Mandate, *, at: datetime) -> None:
    """Ends a mandate at ``at``."""
    mandate.until = max(at, mandate.since)
    mandate.save(update_fields=["until"])


def _end(member: Membership | None, at: datetime) -> None:
    if member is not None:
        member.until = max(at, member.since)
        member.save(update_fields=["until"])


def _keep_an_owner(member: Membership, at: datetime) -> None:
    others = queries.members_of(member.organisation, at).filter(role="owner").exclude(pk=member.pk)
    if member.role == "owner" and not others.exists():
        raise Refused(
            "last_owner",
            _("Il ne resterait plus de personne responsable : nommez-en une autre d’abord."),
        )
