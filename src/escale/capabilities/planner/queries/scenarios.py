"""Reads of scenarios: lists, the result to show, why a commune was not chosen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from escale.capabilities.planner.models import Run, Scenario
from escale.foundation.people.models import Person


def listed(person: Person, at: datetime) -> "QuerySet[Scenario]":
    """The scenarios that the person reads and that are not put away, with their newest run's status."""
    newest = Run.objects.filter(scenario=OuterRef("pk")).order_by("-n")
    found = Scenario.objects.visible_to(person, at).exclude(state="archived")
    return found.select_related("created_by").annotate(
        status=Subquery(newest.values("status")[:1]),
        covered=Subquery(newest.values("covered")[:1]),
        bound=Subquery(newest.values("bound")[:1]),
    )


def answered(scenario: Scenario) -> Run | None:
    """The newest run that has an answer."""
    return scenario.runs.filter(status__in=Run.ANSWERED).order_by("-n").first()


@dataclass(frozen=True)
class WhyNot:
    """« Pourquoi pas ma commune ? »: a code of ``siting.explain.Why`` and the figures of its sentence.

    People within reach, served already, served by the plan, newly served; the chosen site whose place it could
    best take, what that changes, what any plan with it loses at least.
    """

    why: str
    reach: int
    served: int
    taken: int
    new: int
    instead: str
    change: int
    loss: int


def why_not(result: dict[str, Any], code: str) -> WhyNot | None:
    """The answer of a result for a site; None when it was no candidate."""
    if code in {site["id"] for site in result.get("sites", [])}:
        return WhyNot("chosen", 0, 0, 0, 0, "", 0, 0)
    row = result.get("why", {}).get(code)
    return WhyNot(*row) if row else None
