"""A call, a town and its people, and dossiers brought to a state through the real actions."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult

from escale.capabilities.calls.dossiers.actions import drafts, filing, pieces
from escale.capabilities.calls.dossiers.queries import lists
from escale.capabilities.calls.schemes import actions as schemes
from escale.foundation.organisations import actions as organisations
from escale.foundation.questionnaires.questions import Place
from escale.foundation.questionnaires.saving import Change
from tests import build
from tests.journeys.scheme import DOCUMENT

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TYPED = {
    ("project_title", ""): "La grange de l’Aître",
    ("project_type", ""): "creation",
    ("has_owner", ""): "no",
    ("start_on", ""): "1er mai 2026",
    ("desks.room", "r1"): "Haute",
    ("desks.count", "r1"): "4",
    ("expenses.category", "e1"): "works",
    ("expenses.label", "e1"): "Toiture",
    ("expenses.ht", "e1"): "10 000,00",
    ("funding.source", "f1"): "own",
    ("funding.amount", "f1"): "5000",
    ("funding.source", "f2"): "public",
    ("funding.funder", "f2"): "Région",
    ("funding.state", "f2"): "asked",
    ("funding.amount", "f2"): "5 000,00",
}


@dataclass
class Stage:
    """The call in force, the town and its people by name."""

    scheme: Any
    service: Any
    town: Any
    people: dict[str, Any]


def publish(at, **changes):
    """The call, changed where asked, published."""
    document, problems = schemes.read({**deepcopy(DOCUMENT), **changes})
    assert document is not None, problems
    return schemes.publish(document, by=None, at=at)[0]


def stage(at, **changes):
    """One call, one town with a mayor, a secretary and a reader, officers of two services, a stranger."""
    service = build.service()
    elsewhere = build.service("culture", "Service de la culture")
    scheme = publish(at, **changes)
    mayor = build.person(at, name="Odile Marais")
    town = build.organisation(at, by=mayor)
    people = {
        "mayor": mayor,
        "stranger": build.person(at),
        "officer": build.officer(at, service, name="Samira Haddad"),
        "elsewhere": build.officer(at, elsewhere),
    }
    for name, role in (("secretary", "editor"), ("reader", "reader")):
        people[name] = build.person(at, name=name.title())
        invitation = organisations.invite(town, email=people[name].email, role=role, by=mayor, at=at)
        organisations.accept(invitation, by=people[name], at=at)
    return Stage(scheme, service, town, people)


def draft(world, at, *, key=""):
    """A draft with nothing in it."""
    made = drafts.create(world.scheme, world.town, by=world.people["mayor"], at=at, key=key)
    return lists.whole().get(pk=made.pk)


def ready(world, at, **typed):
    """A draft that can be filed; ``typed`` replaces answers (``project_title="…"``)."""
    made, mayor = draft(world, at), world.people["mayor"]
    answers = TYPED | {(code, ""): text for code, text in typed.items()}
    outcome = drafts.save(made, [Change(Place(*place), text) for place, text in answers.items()], by=mayor, at=at)
    assert len(outcome.written) == len(answers)
    pieces.attach(made, "deliberation", SimpleUploadedFile("délibération.pdf", PDF), by=mayor, at=at)
    return lists.whole().get(pk=made.pk)


def sign(dossier, world, at, *, key="once"):
    """Files it, signed by the mayor; gives the receipt."""
    mayor = world.people["mayor"]
    return filing.submit(dossier, signer="Odile Marais", quality="maire", by=mayor, at=at, key=key)


def filed(world, at, **typed):
    """A dossier that was filed."""
    made = ready(world, at, **typed)
    sign(made, world, at, key=f"key-{made.number}")
    return lists.whole().get(pk=made.pk)


def browser(world, who):
    """Someone's browser, signed in."""
    client = Client()
    client.force_login(world.people[who])
    return client


def work():
    """Does the background work that waits, in this very transaction, and gives how many tasks it was."""
    rows = list(DBTaskResult.objects.ready())
    for row in rows:
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    DBTaskResult.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
