"""What the demonstration's organisations gave once: documents, an account, a delegation of signature."""

from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from escale.demo import people
from escale.foundation.documents import standing
from escale.foundation.documents.models import StandingDocument
from escale.foundation.documents.typesetting import pdf
from escale.foundation.organisations import actions, queries
from escale.foundation.organisations.models import Organisation
from escale.rules.figures import PARIS

PAPER = Path(__file__).parent / "papers" / "study.typ"
#: No undertaking begins with 999: the number passes its key and belongs to nobody.
SIRET = "99914162500015"


def build(at: datetime) -> None:
    """Completes the town hall of the demonstration, once."""
    town, mayor = Organisation.objects.get(name=people.APPLICANT), people.person("applicant")
    if StandingDocument.objects.filter(organisation=town).exists():
        return
    actions.edit(town, by=mayor, at=at, rev=town.rev, siret=SIRET, address="1 place de la Mairie", postcode="14570")
    actions.set_bank(town, by=mayor, at=at, iban="FR7630006000011234567890189", holder="Trésor public de Clécy")
    today = at.astimezone(PARIS).date()
    for kind, name, text, until in (
        ("bank_details", "releve-identite-bancaire.pdf", "Relevé d’identité bancaire fictif.", None),
        ("insurance", "assurance.pdf", "Attestation d’assurance fictive.", today + timedelta(days=200)),
        ("vat_certificate", "attestation-tva.pdf", "Attestation de TVA fictive, périmée.", today - timedelta(days=30)),
    ):
        standing.give(town, kind, _paper(name, text), by=mayor, at=at, valid_until=until)
    delegate = queries.members_of(town, at).get(person=people.person("applicant-delegate"))
    paper = _paper(
        "arrete-de-delegation.pdf", "Arrêté fictif : la maire délègue sa signature au directeur des services."
    )
    since, until = today - timedelta(days=10), today + timedelta(days=365)
    other = Organisation.objects.get(name=people.STRANGER)
    reader = people.person("applicant-reader")
    actions.invite(other, email=reader.email, role="reader", by=people.person("stranger"), at=at)
    standing.delegate(town, delegate, paper, since=since, until=until, by=mayor, at=at)


def _paper(name: str, text: str) -> SimpleUploadedFile:
    made = pdf(PAPER, {"title": text, "organisation": people.APPLICANT, "text": text})
    return SimpleUploadedFile(name, made, "application/pdf")
