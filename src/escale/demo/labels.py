"""The labels of the demonstration: a referential in force, a few places that were granted it by an invented act."""

from datetime import datetime, timedelta
from pathlib import Path

from escale.capabilities.label import actions
from escale.capabilities.label.models import Label
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
