"""Partners: invited, answering, and asked again when what they confirmed has changed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier, Partnership
from escale.capabilities.calls.dossiers.policy import PartnershipState, State
from escale.capabilities.calls.dossiers.queries import partners
from escale.capabilities.calls.dossiers.queries.form import call_of
from escale.capabilities.calls.dossiers.queries.partners import Partner
from escale.foundation.journal import record
from escale.foundation.journal.chain import canonical, digest
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.foundation.post import actions as post
from escale.foundation.questionnaires import saving
from escale.foundation.questionnaires.filled import load
from escale.rules.refusal import Refused

#: The same partner is not asked the same thing twice within this time.
AGAIN_AFTER = timedelta(minutes=10)


def invite(dossier: Dossier, row: str, *, by: Person, at: datetime) -> Partnership:
    """Asks the partner of a row to confirm its terms, by mail. Asked again, it is asked on the terms of now.

    Raises ``NoHat``, ``Refused`` (gone, no_email, not_asked, wrong_state).
    """
    with transaction.atomic():
        record.lock(dossier)
        record.check(dossier, "edit", by=by, at=at)
        partner = _partner(dossier, row)
        found = partner.partnership
        if found is not None and _just_asked(found, partner, at):
            return found
        if found is None:
            rank = Partnership.objects.filter(dossier=dossier).count() + 1
            found = Partnership(dossier=dossier, row=row, number=f"{dossier.number}-P{rank}")
        found.email, found.terms, found.invited_at = partner.email, partner.terms, at
        data = {"terms": terms_digest(partner.terms)}
        if found.pk is None:
            record.begin(
                found, number=found.number, title=dossier.title or dossier.scheme.title,
                address=found.get_absolute_url(), by=by, at=at, act="invite", data=data,
            )  # fmt: skip
        else:
            found.organisation = found.answered_by = found.answered_at = None
            found.save(update_fields=["email", "terms", "invited_at", "organisation", "answered_by", "answered_at"])
            record.perform(found, "invite", by=by, at=at, data=data)
        saving.touch(dossier.sheet)
        _write(found, "partner_invited", partner.email, at)
    return found


def _just_asked(found: Partnership, partner: Partner, at: datetime) -> bool:
    """The same question was asked a moment ago: a double click sends no second mail."""
    if (found.state, found.email) != (PartnershipState.INVITED, partner.email) or at - found.invited_at >= AGAIN_AFTER:
        return False
    last = found.subject.entries.filter(act="invite").order_by("-n").first()
    return last is not None and last.data.get("terms") == terms_digest(partner.terms)


def _partner(dossier: Dossier, row: str) -> Partner:
    call = call_of(dossier.edition)
    found = {one.key: one for one in partners.partners_of(dossier, call, load(dossier.sheet, call.form))}.get(row)
    if found is None:
        raise Refused("gone", _("Ce partenaire n’est plus dans le dossier : rechargez la page."))
    if found.own:
        raise Refused("own", _("Le chef de file signe le dossier : il n’a pas à confirmer de son côté."))
    if not found.email:
        raise Refused("no_email", _("Indiquez d’abord l’adresse électronique de ce partenaire, puis invitez-le."))
    return found


def confirm(
    partnership: Partnership, *, quality: str, seen: str, by: Person, at: datetime,
    organisation: Organisation | None = None,
) -> None:  # fmt: skip
    """The partner confirms the terms whose digest is ``seen``. Raises ``NoHat``, ``Refused`` (changed_meanwhile…)."""
    with transaction.atomic():
        record.lock(partnership.dossier)
        fresh = Partnership.objects.get(pk=partnership.pk)
        if seen != terms_digest(fresh.terms):
            sentence = _("Ce qui vous est proposé a changé depuis l’ouverture de cette page : relisez, puis confirmez.")
            raise Refused("changed_meanwhile", sentence)
        record.perform(partnership, "confirm", by=by, at=at, data={"terms": seen})
        _answer(partnership, by, at, quality=quality, organisation=organisation, reason="")


def decline(partnership: Partnership, *, reason: str, by: Person, at: datetime) -> None:
    """The partner says no."""
    with transaction.atomic():
        record.lock(partnership.dossier)
        record.perform(partnership, "decline", by=by, at=at, note=reason)
        _answer(partnership, by, at, reason=reason)


def leave(partnership: Partnership, *, reason: str, by: Person, at: datetime) -> None:
    """A partner that had confirmed leaves: before the filing it must be replaced; after, the service is told."""
    with transaction.atomic():
        record.lock(partnership.dossier)
        record.perform(partnership, "leave", by=by, at=at, note=reason)
        _answer(partnership, by, at, reason=reason)
        service = partnership.dossier.scheme.service
        if partnership.dossier.state != State.DRAFT and service is not None and service.email:
            _write(partnership, "partner_left", service.email, at)


def cancel(partnership: Partnership, *, by: Person, at: datetime) -> None:
    """The applicant takes its invitation back."""
    with transaction.atomic():
        record.lock(partnership.dossier)
        record.perform(partnership, "cancel", by=by, at=at)
        saving.touch(partnership.dossier.sheet)
        _write(partnership, "partner_cancelled", partnership.email, at)


def _answer(partnership: Partnership, by: Person, at: datetime, **values: Any) -> None:
    """Keeps the answer and tells those who fill the dossier."""
    values |= {"answered_by": by, "answered_at": at}
    for name, value in values.items():
        setattr(partnership, name, value)
    partnership.save(update_fields=list(values))
    saving.touch(partnership.dossier.sheet)
    _write(partnership, "partner_answered", partnership.dossier.keeper or partnership.dossier.created_by, at)


def review(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """After the partners' part of the form changed: who had confirmed other terms must confirm again, and is told;
    who is no longer in the dossier is told too. In the caller's transaction.
    """
    call = call_of(dossier.edition)
    block = partners.block_of(call)
    open_ones = Partnership.objects.filter(
        dossier=dossier, state__in=(PartnershipState.INVITED, PartnershipState.CONFIRMED, PartnershipState.LAPSED)
    ).select_related("subject")
    standing = list(open_ones) if block is not None and partners.asks_confirmation(call) else []
    if not standing or block is None:
        return
    filled = load(dossier.sheet, call.form)
    rows = set(filled.rows.get(block.code, ()))
    for one in standing:
        one.dossier = dossier
        if one.row not in rows:
            cancel(one, by=by, at=at)
            continue
        terms = partners.terms_of(block, filled, one.row)
        if terms == one.terms:
            continue
        one.terms = terms
        one.save(update_fields=["terms"])
        if one.state == PartnershipState.CONFIRMED:
            record.perform(one, "change", by=by, at=at, data={"terms": terms_digest(terms)})
            _write(one, "partner_changed", one.answered_by or one.email, at)


def terms_digest(terms: dict[str, Any]) -> str:
    """What tells two offers apart."""
    return digest(canonical(terms))[:16]


def _write(partnership: Partnership, letter: str, to: str | Person, at: datetime) -> None:
    if not to or (isinstance(to, Person) and not to.is_active):
        return  # the account was closed: there is nobody to tell
    dossier = partnership.dossier
    context = {
        "call": dossier.scheme.title,
        "lead": dossier.organisation.name,
        "project": dossier.title or dossier.scheme.title,
        "number": dossier.number,
        "name": str(partnership.terms.get("name", "")),
        "terms": partners.told(call_of(dossier.edition), partnership.terms),
        "state": partnership.state_label,
        "reason": partnership.reason,
        "path": partnership.get_absolute_url(),
        "dossier_path": dossier.get_absolute_url(),
    }
    n = partnership.subject.entries.count()
    key = f"{letter}-{partnership.number}-{n}"
    post.write(to, f"dossiers/{letter}", context, about=dossier.subject, at=at, key=key)
