"""The sheet of an organisation: made, changed, its account, its linked undertakings, its end."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.foundation.journal import numbers, record
from escale.foundation.journal.models import Entry, Subject
from escale.foundation.organisations.models import Link, Membership, Organisation
from escale.foundation.people.models import Person
from escale.rules.refusal import Refused

#: Two creations alike by the same person within this time are one.
TWICE = timedelta(minutes=1)


def create(
    *, by: Person, at: datetime, represents: bool = True, on_behalf: str = "", **values: Any
) -> Organisation:  # fmt: skip
    """A new organisation whose first owner is ``by``, its legal representative when ``represents``.

    ``on_behalf``: the reason why an officer writes it for others; it then has no owner until someone takes it.
    Sent twice (a double click), the first one is given back. Refused when its SIRET is already here.
    """
    with transaction.atomic():
        # The counter's row is locked until the end: two creations pass one after the other.
        numbers.hold("organisation")
        if (first := _just_made(values, by, at)) is not None:
            return first
        _one_siret(values.get("siret", ""))
        organisation = Organisation(**values)
        organisation.pk = numbers.following("organisation")
        record.begin(
            organisation, number=f"O{organisation.pk:06d}", title=organisation.name, note=on_behalf,
            address=organisation.get_absolute_url(), by=by, at=at,
        )  # fmt: skip
        if not on_behalf:
            Membership.objects.create(
                person=by, organisation=organisation, role="owner", represents=represents, since=at
            )
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
        if values.get("siret", fresh.siret) != fresh.siret:
            numbers.hold("organisation")
            _one_siret(values["siret"])
        changed = sorted(name for name, value in values.items() if getattr(fresh, name) != value)
        for name, value in values.items():
            setattr(organisation, name, value)
        organisation.rev = rev + 1
        organisation.save(update_fields=[*values, "rev"])
        Subject.objects.filter(pk=organisation.subject.pk).update(title=organisation.name)
        record.perform(organisation, "edit", by=by, at=at, data={"fields": changed})


def set_bank(organisation: Organisation, *, by: Person, at: datetime, iban: str, holder: str) -> None:
    """Keeps the account to pay. The journal only says that it changed."""
    with transaction.atomic():
        record.perform(organisation, "set-bank", by=by, at=at)
        organisation.iban, organisation.bank_holder = iban, holder
        organisation.save(update_fields=["iban", "bank_holder"])


def link(organisation: Organisation, *, name: str, siren: str, by: Person, at: datetime) -> Link:
    """Declares a linked undertaking."""
    with transaction.atomic():
        record.perform(organisation, "link", by=by, at=at, data={"siren": siren})
        found, _created = Link.objects.update_or_create(organisation=organisation, siren=siren, defaults={"name": name})
    return found


def unlink(organisation: Organisation, siren: str, *, by: Person, at: datetime) -> None:
    """Takes a linked undertaking back; nothing happens when it is no longer there."""
    with transaction.atomic():
        record.perform(organisation, "unlink", by=by, at=at, data={"siren": siren})
        Link.objects.filter(organisation=organisation, siren=siren).delete()


def close(organisation: Organisation, *, by: Person, at: datetime, note: str) -> None:
    """Closes an organisation that no longer exists: nobody files for it any more, its dossiers remain."""
    record.perform(organisation, "close", by=by, at=at, note=note)


def _just_made(values: dict[str, Any], by: Person, at: datetime) -> Organisation | None:
    """The very same organisation, when the same person made it a moment ago."""
    names = ("name", "legal_form", "siret", "rna", "commune", "commune_id")
    same = {name: values[name] for name in names if name in values}
    entries = Entry.objects.filter(
        subject__kind=Organisation.POLICY.thing, act="create", by=by, at__gt=at - TWICE, at__lte=at
    )
    return Organisation.objects.filter(subject__in=entries.values("subject"), **same).order_by("pk").first()


def _one_siret(siret: str) -> None:
    if siret and Organisation.objects.filter(siret=siret).exists():
        raise Refused(
            "known_siret",
            _(
                "Une organisation a déjà le SIRET {siret} ici. Demandez à une personne qui en fait partie de vous "
                "inviter ; si plus personne ne peut le faire, écrivez-nous par la page Contact."
            ).format(siret=siret),
        )
