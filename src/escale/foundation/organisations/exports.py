"""What organisations tell of a person, and of themselves, in a takeout."""

from datetime import datetime

from escale.foundation.journal.models import Entry
from escale.foundation.organisations.models import Invitation, Mandate, Membership, Organisation
from escale.foundation.people.models import Person
from escale.foundation.people.takeout import Takeout

SHEET = (
    "name", "legal_form", "siret", "rna", "commune_id", "address", "postcode", "created_on", "fte", "size", "is_ess", "vat",
    "vat_recovered", "representative", "quality", "iban", "bank_holder", "state",
)  # fmt: skip


def of_person(takeout: Takeout, person: Person, at: datetime) -> None:
    """Roles, mandates, invitations received and sent, and every act of the journal that bears the person."""
    roles = Membership.objects.filter(person=person).order_by("since", "pk")
    takeout.tell("organisations", list(roles.values("organisation__name", "role", "represents", "since", "until")))
    mandates = Mandate.objects.filter(person=person).order_by("since", "pk")
    takeout.tell("fonctions", list(mandates.values("kind", "service__name", "reference", "since", "until")))
    invitations = Invitation.objects.filter(email=person.email).order_by("invited_at", "pk")
    takeout.tell("invitations", list(invitations.values("organisation__name", "role", "state", "invited_at")))
    acts = Entry.objects.filter(by=person).order_by("at", "pk")
    takeout.tell("actes", list(acts.values("subject__kind", "subject__number", "act", "at", "note")))


def of_organisation(takeout: Takeout, organisation: Organisation, at: datetime) -> None:
    """The sheet, who acts for it, its linked undertakings, what happened to it."""
    takeout.tell("fiche", {name: getattr(organisation, name) for name in SHEET})
    members = organisation.memberships.order_by("since", "pk")
    takeout.tell(
        "personnes", list(members.values("person__name", "person__email", "role", "represents", "since", "until"))
    )
    takeout.tell("entreprises-liees", list(organisation.links.values("name", "siren")))
    entries = Entry.objects.filter(subject=organisation.subject).order_by("n")
    takeout.tell("journal", list(entries.values("n", "at", "by__name", "act", "note", "hash")))
