"""A call, two dossiers filed through the real actions, people of both sides."""

from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from escale.capabilities.calls.dossiers.actions import drafts, filing, pieces
from escale.capabilities.calls.dossiers.models import Dossier
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.instruction.tasks import each_tick
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.clock import reading
from escale.foundation.organisations import actions as organisations
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change
from escale.site import wiring
from tests import build
from tests.journeys.scheme import DOCUMENT

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CLOCKS = {
    "completeness_days": "60",
    "completeness_silence": "complete",
    "decision_months": "4",
    "decision_silence": "refusal",
}


class World:
    """``service`` with its call; ``mayor`` of a town; ``officer``, ``colleague`` and ``lead`` of the service."""

    def __init__(self, at, **changes):
        self.at = at
        self.service = build.service()
        words = {**DOCUMENT, "clocks": CLOCKS, **changes}
        document, problems = schemes.read({key: value for key, value in words.items() if value is not None})
        assert problems == [], problems
        self.scheme, _edition, _created = schemes.publish(document, by=None, at=at)
        self.mayor = build.person(at, name="Odile Marais")
        self.town = build.organisation(at, by=self.mayor, representative="Odile Marais", quality="maire")
        self.officer = build.officer(at, self.service, name="Samira Haddad")
        self.colleague = build.officer(at, self.service, name="Bruno Piel")
        self.lead = build.person(at, name="Philippe Auvray")
        organisations.give_mandate(self.lead, "lead_officer", at=at, service=self.service)
        self.elsewhere = build.officer(at, build.service("culture", "Service de la culture"), name="Noémie Tesson")

    def filed(
        self, title="La grange de l’Aître", works="10000", town=None, by=None, at=None, rooms=4, key="", themes=()
    ):
        """A dossier filed at ``at``."""
        at, by, town = at or self.at, by or self.mayor, town or self.town
        dossier = drafts.create(self.scheme, town, by=by, at=at, key=key)
        half = str(int(works) // 2)
        typed = {
            Place("project_title"): title, Place("project_type"): "creation", Place("has_owner"): "no",
            Place("start_on"): "2026-05-01", Place("desks.room", "r1"): "Haute", Place("desks.count", "r1"): str(rooms),
            Place("expenses.category", "e1"): "works", Place("expenses.label", "e1"): "Toiture",
            Place("expenses.ht", "e1"): works, Place("funding.source", "f1"): "own", Place("funding.amount", "f1"): half,
            Place("funding.source", "f2"): "public", Place("funding.funder", "f2"): "Région",
            Place("funding.state", "f2"): "asked", Place("funding.amount", "f2"): str(int(works) - int(half)),
        }  # fmt: skip
        if themes:
            typed[Place("themes")] = list(themes)
        drafts.save(dossier, [Change(place, text) for place, text in typed.items()], by=by, at=at)
        whole = lists.whole().get(pk=dossier.pk)
        pieces.attach(
            whole, "deliberation", SimpleUploadedFile("deliberation.pdf", PDF, "application/pdf"), by=by, at=at
        )
        filing.submit(whole, signer="Odile Marais", quality="maire", by=by, at=at)
        return self.again(whole)

    def again(self, dossier):
        """The dossier as it stands now."""
        return lists.whole().get(pk=dossier.pk)

    def browser(self, person):
        """Signed in as this person."""
        client = Client()
        client.force_login(person)
        return client


def tick():
    """What ``escale tick`` asks of instruction, at the instant that the demonstration's clock shows."""
    assert each_tick in wiring.EACH_TICK
    return each_tick(reading.now())


def paris(*parts):
    """An instant a few days after the world began."""
    return datetime(*parts, tzinfo=UTC)


def days(n):
    """A duration."""
    return timedelta(days=n)


__all__ = ["CLOCKS", "PDF", "Dossier", "World", "days", "paris", "tick"]
