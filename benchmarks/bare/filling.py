"""A large dossier, through the real actions."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from escale.capabilities.calls.dossiers.actions import drafts, filing
from escale.capabilities.calls.dossiers.actions import pieces as handing
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.schemes import actions as schemes
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations import actions as organisations
from escale.foundation.organisations.models import Organisation
from escale.foundation.people.models import Person
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def fill(document: dict[str, Any], *, questions: int, lines: int, pieces: int) -> tuple[str, str]:
    """The number of a draft with so many answers, expense lines and pieces, and its owner's session."""
    at = datetime.now(tz=UTC)
    _bare()
    person, town = _town(document, at)
    scheme = _published(document, at)
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


def _bare() -> None:
    """The table of the bare insert."""
    with connection.cursor() as cursor:
        serial = "BIGSERIAL PRIMARY KEY" if connection.vendor == "postgresql" else "INTEGER PRIMARY KEY"
        cursor.execute(f"CREATE TABLE IF NOT EXISTS bare_row (id {serial}, said TEXT)")


def _town(document: dict[str, Any], at: datetime) -> tuple[Person, Organisation]:
    if known := Person.objects.filter(email="banc@exemple.fr").first():  # another bench on this database
        return known, Organisation.objects.get()
    organisations.create_service(key=document["service"], name="Service du numérique", by=None, at=at)
    person = Person.objects.create(email="banc@exemple.fr", name="Camille Banc", created_at=at)
    town = organisations.create(by=person, at=at, name="Commune de Honfleur", legal_form="commune", commune_id="14333")
    return person, town


def _published(document: dict[str, Any], at: datetime) -> Scheme:
    read, problems = schemes.read(document)
    if read is None:
        raise SystemExit(f"the bench's call has problems: {problems}")
    return schemes.publish(read, by=None, at=at)[0]


def _pieces(dossier: Any, person: Person, at: datetime, count: int) -> None:
    for n in range(count):
        handing.attach(dossier, f"p{n}", SimpleUploadedFile(f"piece-{n}.pdf", PDF, "application/pdf"), by=person, at=at)


def ready(document: dict[str, Any], count: int) -> tuple[list[str], str]:
    """The numbers of ``count`` drafts that can be filed, and the session of who signs them."""
    at = datetime.now(tz=UTC)
    _bare()
    person, town = _town(document, at)
    scheme = _published({**document, "pieces": document["pieces"][:1]}, at)
    numbers = [_fillable(scheme, town, person, 20, at).number for _n in range(count)]
    client = Client()
    client.force_login(person)
    return numbers, client.cookies["sessionid"].value


def queries_of_a_filing(document: dict[str, Any]) -> dict[str, int]:
    """How many queries it takes to file 20 answers, and 200."""
    at, found = datetime.now(tz=UTC), {}
    person = Person.objects.get(email="banc@exemple.fr")
    town = Organisation.objects.get()
    for questions in (20, 200):
        scheme = Scheme.objects.select_related("edition").get(key=document["key"])
        draft = _fillable(scheme, town, person, questions, at)
        dossier = lists.whole().get(pk=draft.pk)
        with CaptureQueriesContext(connection) as seen:
            filing.submit(dossier, signer="Camille Banc", quality="maire", by=person, at=at, key=f"q{questions}")
        found[f"answers_{questions}"] = len(seen)
    return found


def _fillable(scheme: Scheme, town: Organisation, person: Person, questions: int, at: datetime) -> Dossier:
    """A draft with its title, so many answers, a plan that balances and its piece."""
    dossier = drafts.create(scheme, town, by=person, at=at)
    typed = {Place("project_title"): "Une halle"} | {Place(f"q{n}"): f"Réponse {n}" for n in range(questions)}
    for n in range(5):
        row = {"category": "works", "label": f"Poste {n}", "ht": "1000", "year": "2026"}
        typed |= {Place(f"expenses.{code}", f"r{n}"): text for code, text in row.items()}
    typed |= {Place("funding.source", "own"): "own", Place("funding.amount", "own"): "5000"}
    drafts.save(dossier, [Change(place, text) for place, text in typed.items()], by=person, at=at)
    _pieces(dossier, person, at, 1)
    return dossier
