"""The labels of the demonstration: a referential in force, a few places that were granted it by an invented act."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from escale.capabilities.label.actions import declaring, visits
from escale.capabilities.label.actions import life as actions
from escale.capabilities.label.models import Label, Referential, Visit
from escale.demo import people
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.foundation.questionnaires import marked
from escale.rules.label.document import read_referential
from escale.rules.refusal import Refused

REFERENTIALS = Path(__file__).parent / "referentials"
GRANTED = 6


def build(at: datetime) -> None:
    """Publishes the referentials, grants the Region's own to the places whose page fulfils it."""
    for file in sorted(REFERENTIALS.glob("*.yaml")):
        document, problems = read_referential(marked.read_file(file).tree)
        if document is None:
            raise ValueError(f"{file.name}: {problems[0].path}: {problems[0].message}")
        referential, _edition, _created = actions.publish(document, by=None, at=at)
        if document["key"] != "numerique-normandie" or Label.objects.exists():
            continue
        for place in places.whole(Place.objects.listed().order_by("pk")):
            if Label.objects.count() >= GRANTED:
                break
            try:
                actions.grant(
                    place, referential, act_reference="Acte fictif CP 26-07-112", since=at - timedelta(days=100),
                    until=at + timedelta(days=995), by=people.person("lead-officer"), at=at,
                )  # fmt: skip
            except Refused:
                continue
    _visit(at)


def _visit(at: datetime) -> None:
    """The visitor has been to the manager's place and is expected in another; the manager said what was to be said."""
    referential = Referential.objects.get(key="numerique-normandie")
    mine, other = places.whole(Place.objects.order_by("pk"))[:2]
    if Visit.objects.exists():
        return
    officer, visitor, manager = people.person("officer"), people.person("visitor"), people.person("manager")
    asked: dict[str, Any] = {"visitor": visitor, "by": officer, "at": at}
    declaring.declare(mine, referential, {"several_publics": True}, by=manager, at=at)
    made = visits.plan(mine, referential, planned_for=at + timedelta(hours=1), purpose="Première visite", **asked)
    seen = {
        "A2": visits.Seen("met", note="Ouvert à mon arrivée, panneau à jour."),
        "welcome": visits.Seen(marks={"welcome": 4}, note="On vous salue, on vous montre la machine à café."),
    }
    visits.note(
        made, seen, base=0, visited_on=at.date(), opinion="favourable", by=visitor, at=at,
        conclusion="Un lieu vivant, tenu par des gens qui connaissent leurs voisins.",
    )  # fmt: skip
    visits.report(made, by=visitor, at=at)
    purpose = "Le débit mesuré, la salle de réunion, l’accueil du mardi."
    visits.plan(other, referential, planned_for=at + timedelta(days=9, hours=2), purpose=purpose, **asked)
