"""The calls of the demonstration: last year's edition, documents, questions, a coming call, one in preparation."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from escale.capabilities.calls.schemes import actions, queries
from escale.capabilities.calls.schemes.models import Scheme, Subscriber
from escale.demo import people
from escale.foundation.documents.typesetting import pdf
from escale.foundation.organisations.models import Service
from escale.foundation.questionnaires import marked

HERE = Path(__file__).parent
RULES = HERE / "papers" / "rules.typ"
#: The call that has a past, documents and questions.
LIVED = "fabrique-initiatives"
QUESTIONS = (
    ("Un lieu ouvert depuis deux ans peut-il déposer ?",
     "Oui. Seuls les lieux ouverts depuis plus de trois ans à la date du dépôt relèvent d’une autre aide."),
    ("Les loyers sont-ils pris en compte ?",
     "Non. Les dépenses retenues sont l’aménagement, l’équipement et l’animation de la première année."),
)  # fmt: skip
WAITING = "Un syndicat mixte peut-il être chef de file de deux communes ?"
CASE = {
    "filed_at": "2026-02-10T10:00",
    "applicant": {"legal_form": "association", "commune": "14162", "vat": "not_recovered"},
    "answers": {"name": "La Halle", "story": "Un atelier partagé."},
    "expenses": [{"category": "fitting_out", "ht": "40000", "vat": "8000"}],
    "pieces": ["letter", "quotes", "statutes"],
}


def build(at: datetime) -> None:
    """Publishes every scheme of the folder, then gives some of them a life."""
    for file in sorted((HERE / "schemes").glob("*.yaml")):
        document = read(file)
        if document["key"] == LIVED:
            actions.publish(_last_year(document), by=None, at=at - timedelta(days=365))
        actions.publish(document, by=None, at=at)
    _coming(at)
    scheme = Scheme.objects.get(key=LIVED)
    _documents(scheme, at)
    _questions(scheme, at)
    _in_preparation(scheme, at)


def read(file: Path) -> dict[str, Any]:
    """The canonical document of a file of the demonstration. Raises ``ValueError`` when it is wrong."""
    document, problems = actions.read(marked.read_file(file).tree)
    if document is None:
        raise ValueError(f"{file.name}: {problems[0].path}: {problems[0].message}")
    return document


def _last_year(document: dict[str, Any]) -> dict[str, Any]:
    """The same call a year before, smaller: what this year's was made from."""
    before = queries.years_later(document, -1)
    before["envelopes"] = [{**one, "label": "Enveloppe 2025", "amount": "450000"} for one in before["envelopes"]]
    component = before["aid"]["components"][0]
    component["rates"] = [{"rate": "40 %", "cap": "40000"}]
    found, problems = actions.read(before)
    assert found is not None, problems
    return found


def _coming(at: datetime) -> None:
    """A call that opens in six weeks, and someone who waits for it."""
    document = read(HERE / "coming" / "lieux-nourriciers.yaml")
    opens, closes = (at + timedelta(days=45)).date(), (at + timedelta(days=120)).date()
    document["calendar"] = {"kind": "deadline", "opens": opens.isoformat(), "closes": closes.isoformat()}
    scheme, _edition, _created = actions.publish(document, by=None, at=at)
    actions.subscribing.subscribe(scheme, email=people.person("stranger").email, at=at)
    actions.subscribing.confirm(Subscriber.objects.get(scheme=scheme), at=at)


def _documents(scheme: Scheme, at: datetime) -> None:
    officer = people.person("officer")
    service = str(scheme.service)
    for title, name, piece, text in (
        ("Règlement de l’appel", "reglement.pdf", "", "Règlement fictif de la démonstration : objectifs, calendrier, dépenses retenues, recours."),
        ("Lettre de demande, modèle à remplir", "lettre-de-demande.pdf", "letter", "Je soussigné ……… demande l’aide de la Région pour le projet ………"),
    ):  # fmt: skip
        made = pdf(RULES, {"title": title, "service": service, "text": text})
        upload = SimpleUploadedFile(name, made, "application/pdf")
        actions.attach(scheme, upload, title=title, piece=piece, by=officer, at=at)


def _questions(scheme: Scheme, at: datetime) -> None:
    asker, officer = people.person("stranger"), people.person("officer")
    for text, answer in QUESTIONS:
        asked = actions.asking.ask(scheme, email=asker.email, text=text, proved=True, at=at)
        actions.asking.answer(asked, text=text, answer=answer, by=officer, at=at)
    actions.asking.ask(scheme, email=asker.email, text=WAITING, proved=True, at=at)


def _in_preparation(scheme: Scheme, at: datetime) -> None:
    """Next year's call, begun by the officer from this year's, with a case that watches over it."""
    officer, service = people.person("officer"), Service.objects.get(key="numerique")
    tree = queries.years_later(queries.draft_of(scheme)[0], 1)
    tree |= {"title": "Fabrique d’initiatives, l’année prochaine", "key": "fabrique-suivante"}
    tree["aid"]["components"][0]["rates"] = [{"rate": "60 %", "cap": "60000"}]
    draft = actions.begin(
        key="fabrique-suivante",
        title=tree["title"],
        service=service,
        tree=tree,
        by=officer,
        at=at,
        origin=scheme.edition,
    )
    actions.keep_case(draft, "Association, 48 000 € d’aménagement", CASE | {"filed_at": "2027-02-10T10:00"},
                      verdict="to_examine", total_cents=28_800_00, by=officer, at=at)  # fmt: skip
