"""The demonstration Region, built in order through the real actions: each thing has the journal of its life."""

from collections.abc import Callable
from datetime import datetime

from escale.capabilities.calls.schemes.models import Scheme
from escale.demo import (
    behalf,
    calls,
    committee,
    dossiers,
    instruction,
    intake,
    jury,
    labels,
    letters,
    organisations,
    people,
    places,
    scenarios,
    together,
)


def build(*, at: datetime, say: Callable[[str], None]) -> bool:
    """Fills an empty installation; False when it was filled before."""
    if Scheme.objects.exists():
        return False
    say("services et personnes")
    people.build(at)
    organisations.build(at)
    say("appels")
    calls.build(at)
    say("lieux")
    places.build(at)
    intake.build(at)
    say("label")
    labels.build(at)
    say("dossiers")
    dossiers.build(at)
    together.build(at)
    behalf.build(at)
    instruction.build(at)
    say("évaluations")
    jury.build(at)
    say("comité et vote")
    committee.build(at)
    labels.ask(at)
    letters.build(at)
    say("scénario")
    scenarios.build(at)
    return True
