"""A scenario of the demonstration: where the next places should open, asked by the officer, shared by her."""

from datetime import datetime

from escale.capabilities.planner import actions
from escale.capabilities.planner.models import Scenario
from escale.demo import people


def build(at: datetime) -> None:
    """Asks once; the worker computes it with the rest of the queue."""
    if Scenario.objects.exists():
        return
    question = {
        "goal": "places", "network": "open", "minutes": 15, "places": 20, "full": 0, "share": 0, "budget_cents": 0,
        "cost_cents": 0, "least_people": 500, "forced": [], "forbidden": [], "floor_share": 0, "seconds": 20,
        "gap": 0.001, "seed": 0, "curve": 30,
    }  # fmt: skip
    actions.create(name="Vingt lieux de plus, à quinze minutes", question=question, by=people.person("officer"), at=at)
