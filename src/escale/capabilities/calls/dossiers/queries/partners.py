"""The partners of a dossier: what the form says of each, what each answered, what is still awaited."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from escale.capabilities.calls.dossiers.models import Dossier, Partnership
from escale.capabilities.calls.dossiers.policy import PartnershipState
from escale.capabilities.calls.dossiers.queries.form import PARTNERS, Call
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.filled import Filled, Gap
from escale.foundation.questionnaires.questions import Block, Place
from escale.foundation.questionnaires.showing import words
from escale.rules.figures import shown_day
from escale.rules.money import cents_of, shown_euros

#: What is offered to a partner, by the code of its question.
TERMS = ("name", "legal_form", "role", "share", "amount")


@dataclass(frozen=True)
class Partner:
    """A row of the form with its partnership, when it was invited. ``own``: the applicant itself, that leads."""

    key: str
    name: str
    email: str
    terms: dict[str, Any]
    own: bool
    partnership: Partnership | None

    @property
    def confirmed(self) -> bool:
        """Whether nothing is awaited from it: the lead signs the dossier itself."""
        found = self.partnership
        return self.own or (found is not None and found.state == PartnershipState.CONFIRMED)


def asks_confirmation(call: Call) -> bool:
    """Whether the call wants each partner to confirm."""
    return bool(call.document.get("partners", {}).get("confirmation"))


def block_of(call: Call) -> Block | None:
    """The block of partners, when the call has one."""
    block = call.form.items.get(call.names["partners"])
    return block if isinstance(block, Block) else None


def partners_of(dossier: Dossier, call: Call, filled: Filled) -> list[Partner]:
    """Each partner named in the form: one query when the call asks for confirmations, none otherwise."""
    block = block_of(call)
    if block is None or not asks_confirmation(call):
        return []
    known = {one.row: one for one in Partnership.objects.filter(dossier=dossier).select_related("subject")}
    return [
        _partner(dossier, block, filled, key, known.get(key))
        for key in filled.rows.get(block.code, ())
        if not filled.is_blank(block, key)
    ]


def _partner(
    dossier: Dossier, block: Block, filled: Filled, key: str, partnership: Partnership | None
) -> Partner:  # fmt: skip
    def value(code: str) -> Any:
        return filled.read(Place(f"{block.code}.{code}", key)).value

    name = str(value("name") or "")
    own = value("lead") is True and name.casefold() == dossier.organisation.name.casefold()
    return Partner(key, name, str(value("email") or "").lower(), terms_of(block, filled, key), own, partnership)


def terms_of(block: Block, filled: Filled, key: str) -> dict[str, Any]:
    """What is offered to the partner of a row, as it stands: money in cents, the share as typed by the rules."""
    found = {code: filled.read(Place(f"{block.code}.{code}", key)).value for code in TERMS if code in block.by_code}
    amount = found.pop("amount", None)
    told = {code: value for code, value in found.items() if value is not None}
    return told | ({"amount_cents": cents_of(amount)} if amount is not None else {})


def told(call: Call, terms: dict[str, Any]) -> list[tuple[str, str]]:
    """The terms in words: pairs of label and value."""
    block = block_of(call)
    if block is None:
        return []
    labels = {code: question.label for code, question in block.by_code.items()}
    pairs = [
        (labels[code], words(block.by_code[code], str(terms[code])))
        for code in ("name", "legal_form", "role", "share")
        if code in terms and code in labels
    ]
    if "amount_cents" in terms:
        pairs.append((labels.get("amount", _("Montant")), shown_euros(terms["amount_cents"])))
    return pairs


def gaps(partners: list[Partner], block: Block | None) -> list[Gap]:
    """What each partner that has not confirmed keeps from being filed."""
    if block is None:
        return []
    return [Gap(PARTNERS, f"partner-{one.key}", awaited(one)) for one in partners if not one.confirmed]


def awaited(partner: Partner) -> str:
    """In a sentence, what is awaited from a partner that has not confirmed."""
    name, found = partner.name or _("Ce partenaire"), partner.partnership
    if found is None:
        return _("{name} n’est pas encore invité : indiquez son adresse, puis invitez-le à confirmer.").format(
            name=name
        )
    day = shown_day((found.answered_at or found.invited_at).date())
    sentences = {
        PartnershipState.INVITED: _("{name} n’a pas encore répondu à l’invitation du {day}."),
        PartnershipState.LAPSED: _("{name} doit confirmer de nouveau : ce qui lui était proposé a changé."),
        PartnershipState.DECLINED: _(
            "{name} a refusé le {day} : retirez-le, ou proposez-lui autre chose et invitez-le."
        ),
        PartnershipState.LEFT: _("{name} a quitté le projet le {day} : retirez-le, ou invitez-le de nouveau."),
        PartnershipState.CANCELLED: _("L’invitation de {name} a été annulée : invitez-le de nouveau, ou retirez-le."),
    }
    return sentences[PartnershipState(found.state)].format(name=name, day=day)


def whole() -> "QuerySet[Partnership]":
    """Partnerships with all that the page of one needs."""
    joined = ("dossier__scheme__service", "dossier__organisation", "dossier__edition", "dossier__sheet", "subject")
    return Partnership.objects.select_related(*joined, "organisation", "answered_by")


def offered(person: Person, at: datetime) -> "QuerySet[Partnership]":
    """What the person is asked, or has answered, as a partner: the newest first."""
    return whole().filter(pk__in=Partnership.objects.offered_to(person, at)).order_by("-invited_at", "-id")
