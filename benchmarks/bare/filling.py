"""A large dossier, through the real actions."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from escale.capabilities.calls.dossiers.actions import drafts
from escale.capabilities.calls.dossiers.actions import pieces as handing
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.organisations import actions as organisations
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def fill(document: dict[str, Any], *, questions: int, lines: int, pieces: int) -> tuple[str, str]:
    """The number of a draft with so many answers, expense lines and pieces, and its owner's session."""
    at = datetime.now(tz=UTC)
    with connection.cursor() as cursor:
        serial = "BIGSERIAL PRIMARY KEY" if connection.vendor == "postgresql" else "INTEGER PRIMARY KEY"
        cursor.execute(f"CREATE TABLE IF NOT EXISTS bare_row (id {serial}, said TEXT)")
    organisations.create_service(key=document["service"], name="Service du numérique", by=None, at=at)
    read, problems = schemes.read(document)
    if read is None:
        raise SystemExit(f"the bench's call has problems: {problems}")
    scheme = schemes.publish(read, by=None, at=at)[0]
    person = Person.objects.create(email="banc@exemple.fr", name="Camille Banc", created_at=at)
    town = organisations.create(by=person, at=at, name="Commune de Honfleur", legal_form="commune", commune_id="14333")
    dossier = drafts.create(scheme, town, by=person, at=at)
    changes = [Change(Place(f"q{n}"), f"Réponse {n} du banc") for n in range(questions)]
    for n in range(lines):
        row = {"category": "works", "label": f"Poste {n}", "ht": f"{100 + n},50", "vat": "20", "year": "2026"}
        changes += [Change(Place(f"expenses.{code}", f"r{n}"), text) for code, text in row.items()]
    drafts.save(dossier, changes, by=person, at=at)
    _pieces(dossier, person, at, pieces)
    client = Client()
    client.force_login(person)
    return dossier.number, client.cookies["sessionid"].value


def _pieces(dossier: Any, person: Person, at: datetime, count: int) -> None:
    for n in range(count):
        handing.attach(dossier, f"p{n}", SimpleUploadedFile(f"piece-{n}.pdf", PDF, "application/pdf"), by=person, at=at)
