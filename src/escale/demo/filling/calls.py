"""The calls and officers among which volume is spread: real publications, real mandates."""

import random
from datetime import datetime, timedelta
from typing import Any

from escale.capabilities.calls.schemes.actions import publishing
from escale.capabilities.calls.schemes.models import Scheme
from escale.foundation.organisations import actions as organisations
from escale.foundation.organisations.models import Mandate, Organisation, Service
from escale.foundation.people.models import Person
from escale.foundation.territory.models import Commune

#: Questions of each call, by kind, in turn: sixty in all with those that every call has.
KINDS = ("number", "yes_no", "date", "choice", "text", "number")
QUESTIONS = 60
#: A service for so many calls.
CALLS_A_SERVICE = 10
OPTIONS = ("village", "town", "city")


def document(n: int, service: str, at: datetime) -> dict[str, Any]:
    """The tree of call ``n``: sixty questions, expenses, an aid, the two clocks."""
    questions = [_question(rank) for rank in range(QUESTIONS)]
    opens = (at - timedelta(days=300)).date().isoformat()
    closes = (at + timedelta(days=300)).date().isoformat()
    return {
        "schema": "escale.scheme/1", "key": f"volume-{n}", "title": f"Appel de volume {n}", "kind": "aap",
        "summary": "Un appel pour mesurer.", "service": service,
        "calendar": {"kind": "deadline", "opens": opens, "closes": closes},
        "form": [{"code": "answers", "title": "Le projet en chiffres", "questions": questions}],
        "expenses": [{"code": "works", "label": "Travaux"}],
        "aid": {
            "components": [{"code": "aid", "label": "Aide", "rates": [{"rate": "40 %"}]}],
            "funders": [{"code": "region", "label": "Région"}],
        },
        "clocks": {"completeness_days": "90", "completeness_silence": "complete", "decision_months": "12"},
        "contact": {"name": "Service", "phone": "02 00 00 00 00"},
    }  # fmt: skip


def build(calls: int, officers: int, at: datetime) -> list[Scheme]:
    """Publishes the calls that are missing, with their services and officers; gives them all."""
    services = [_service(n, at) for n in range(max(1, -(-calls // CALLS_A_SERVICE)))]
    for n in range(officers):
        person, made = Person.objects.get_or_create(
            email=f"volume-{n}@demo.escale.example", defaults={"name": f"Agent {n}", "created_at": at}
        )
        if made:
            kind = "lead_officer" if n < len(services) else "officer"
            organisations.give_mandate(person, kind, at=at - timedelta(days=400), service=services[n % len(services)])
    found = []
    for n in range(calls):
        known = Scheme.objects.filter(key=f"volume-{n}").first()
        if known is None:
            tree, problems = publishing.read(document(n, services[n // CALLS_A_SERVICE].key, at))
            if tree is None:
                raise ValueError(problems[0].message)
            known, _edition, _made = publishing.publish(tree, by=None, at=at)
        found.append(known)
    return found


def team_of(scheme: Scheme) -> list[int]:
    """Keys of the officers of a call's service."""
    rows = Mandate.objects.filter(service=scheme.service, kind__in=("officer", "lead_officer"))
    return list(rows.order_by("pk").values_list("person_id", flat=True))


def towns(at: datetime, most: int = 200) -> list[Organisation]:
    """Town halls that file: one owner each."""
    found = []
    for commune in Commune.objects.order_by("code")[:most]:
        name = f"Commune de {commune.name}"
        known = Organisation.objects.filter(name=name, commune=commune).first()
        if known is None:
            mail = f"volume-mairie-{commune.code}@demo.escale.example"
            owner, _made = Person.objects.get_or_create(email=mail, defaults={"name": "Mairie", "created_at": at})
            known = organisations.create(by=owner, at=at, name=name, legal_form="commune", commune_id=commune.code)
        found.append(known)
    return found


def answers(rng: random.Random, at: datetime) -> dict[str, Any]:
    """Answers to the sixty questions, as the rules read them."""
    found: dict[str, Any] = {}
    for rank in range(QUESTIONS):
        kind, code = KINDS[rank % len(KINDS)], f"q{rank}"
        match kind:
            case "number":
                found[code] = rng.randrange(1, 100_000)
            case "yes_no":
                found[code] = rng.random() < 0.5
            case "date":
                found[code] = (at + timedelta(days=rng.randrange(1, 700))).date().isoformat()
            case "choice":
                found[code] = rng.choice(OPTIONS)
            case _:
                found[code] = rng.choice(WORDS)
    return found


WORDS = ("atelier", "cuisine", "bureau", "fabrique", "halle", "école", "gare", "lavoir", "ferme", "studio")


def _question(rank: int) -> dict[str, Any]:
    kind = KINDS[rank % len(KINDS)]
    found: dict[str, Any] = {"code": f"q{rank}", "kind": kind, "label": f"Question {rank}"}
    if kind == "choice":
        found["options"] = [{"code": one, "label": one.capitalize()} for one in OPTIONS]
    return found


def _service(n: int, at: datetime) -> Service:
    known = Service.objects.filter(key=f"volume-{n}").first()
    return known or organisations.create_service(key=f"volume-{n}", name=f"Service de volume {n}", at=at)
