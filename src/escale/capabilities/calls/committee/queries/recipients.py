"""To whom a decision is told: the applicant, the partners who confirmed, the other funders."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.conf import settings
from django.utils.translation import gettext as _

from escale.capabilities.calls.committee.models import Letter
from escale.capabilities.calls.committee.models.notifying import APPLICANT
from escale.capabilities.calls.committee.queries import notifying
from escale.capabilities.calls.committee.queries.decisions import Decision
from escale.capabilities.calls.committee.queries.french import in_french
from escale.capabilities.calls.dossiers.models import Dossier, Partnership
from escale.foundation.organisations.models import Organisation
from escale.rules.letters import fields
from escale.rules.letters.fields import plain
from escale.rules.letters.text import Value
from escale.rules.money import part_of, shown_euros

#: A share as it is typed in a form: ``40``, ``33,33 %``.
SHARE = re.compile(r"\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*%?\s*")


@dataclass(frozen=True)
class Recipient:
    """``key`` as letters keep it; ``kind`` empty: what the decision asks for. ``why_not``: nothing can be written."""

    key: str
    name: str
    kind: str = ""
    organisation: Organisation | None = None
    email: str = ""
    address: list[str] = field(default_factory=list)
    values: Mapping[str, Value] = field(default_factory=dict)
    why_not: str = ""


def of(
    dossiers: Collection[Dossier], decisions: Mapping[int, Decision], emails: Mapping[str, str]
) -> dict[int, list[Recipient]]:
    """By dossier: all to whom its decision is told, the applicant first."""
    rows = Partnership.objects.filter(
        dossier__in=[one.pk for one in dossiers], state="confirmed", organisation__isnull=False
    )
    partners: dict[int, list[Partnership]] = {}
    for row in rows.select_related("organisation__commune").order_by("pk"):
        partners.setdefault(row.dossier_id, []).append(row)
    found = {}
    for dossier in dossiers:
        whom, decision = [applicant(dossier)], decisions.get(dossier.pk)
        if decision is not None and decision.outcome in ("awarded", "partial", "refused"):
            whom += [_partner(one, decision) for one in partners.get(dossier.pk, [])]
            whom += [_funder(one.funder, one.cents, emails) for one in decision.parts if is_other(one.funder)]
        found[dossier.pk] = whom
    return found


def applicant(dossier: Dossier) -> Recipient:
    """Who filed the dossier."""
    organisation = dossier.organisation
    address = notifying.address_of(organisation, dossier.applicant)
    return Recipient(APPLICANT, dossier.applicant or organisation.name, organisation=organisation, address=address)


def _partner(row: Partnership, decision: Decision) -> Recipient:
    organisation = row.organisation
    assert organisation is not None
    share = SHARE.fullmatch(str(row.terms.get("share", "")))
    values: dict[str, Value] = {"partner.name": organisation.name, "partner.amount": ""}
    if share and decision.pays:
        part = part_of(decision.amount_cents, Fraction(share.group(1).replace(",", ".")) / 100)
        with in_french():
            values["partner.amount"] = shown_euros(part)
    address = notifying.address_of(organisation)
    return Recipient(f"partner:{row.row}", organisation.name, fields.PARTNER, organisation, "", address, values)


def _funder(name: str, cents: int, emails: Mapping[str, str]) -> Recipient:
    with in_french():
        values: dict[str, Value] = {"funder.name": name, "funder.amount": shown_euros(cents)}
    email = emails.get(plain(name), "")
    why_not = "" if email else _("Indiquez l’adresse électronique de ce financeur pour le prévenir.")
    return Recipient(f"funder:{plain(name)}"[:80], name, fields.FUNDER, None, email, [name], values, why_not)


def is_other(funder: str) -> bool:
    """Whether the money is not the Region's own."""
    own = plain(settings.ESCALE_PUBLISHER["name"])
    return bool(funder) and plain(funder) not in ("region", own) and not own.startswith(plain(funder))


def known_emails() -> dict[str, str]:
    """By name of a funder: the address to which it was last written."""
    rows = Letter.objects.filter(recipient__startswith="funder:").exclude(email="").order_by("pk")
    return {recipient.removeprefix("funder:"): email for recipient, email in rows.values_list("recipient", "email")}
