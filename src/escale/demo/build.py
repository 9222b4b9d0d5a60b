"""The demonstration Region, built in order through the real actions: each thing has the journal of its life."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from escale.capabilities.calls.schemes import actions as schemes
from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import dossiers, organisations, people, places, scenarios, together
from escale.foundation.questionnaires import marked

SCHEMES = Path(__file__).parent / "schemes"


def build(*, at: datetime, say: Callable[[str], None]) -> bool:
    """Fills an empty installation; False when it was filled before."""
    if Scheme.objects.exists():
        return False
    say("services et personnes")
    people.build(at)
    organisations.build(at)
    say("appels")
    for file in sorted(SCHEMES.glob("*.yaml")):
        document, problems = schemes.read(marked.read_file(file).tree)
        if document is None:
            raise ValueError(f"{file.name}: {problems[0].path}: {problems[0].message}")
        schemes.publish(document, by=None, at=at)
    say("lieux")
    places.build(at)
    say("dossiers")
    dossiers.build(at)
    together.build(at)
    say("scénario")
    scenarios.build(at)
    return True
