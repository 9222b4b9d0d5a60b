"""Writes of scenarios: create, run, stop, rename, show, put away."""

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from escale.capabilities.planner.models import Run, Scenario
from escale.foundation.documents import actions as documents
from escale.foundation.journal import numbers, record
from escale.foundation.organisations import queries as organisations
from escale.foundation.people.models import Person
from escale.rules.figures import PARIS
from escale.rules.refusal import NoHat


def create(
    *, name: str, question: dict[str, Any], by: Person, at: datetime, files: dict[str, File] | None = None
) -> Scenario:
    """A scenario of someone of the Region, its first computation asked.

    ``files``: uploads by role (demand, sites, pairs, nodes, edges, barriers), kept as documents. Raises ``NoHat``, ``Refused`` (file_…).
    """
    if not organisations.is_of_the_region(by, at):
        raise NoHat
    kept = {role: documents.store(one, by=by, at=at, allowed=_kinds(role)).pk for role, one in (files or {}).items()}
    question = {**question, "files": kept} if kept else question
    with transaction.atomic():
        year = at.astimezone(PARIS).year
        number = f"S{year % 100:02d}-{numbers.following(f'scenario-{year}'):04d}"
        scenario = Scenario(number=number, name=name, question=question, created_by=by, created_at=at)
        record.begin(scenario, number=number, title=name, address=scenario.get_absolute_url(), by=by, at=at)
        _ask(scenario, at)
    return scenario


def _kinds(role: str) -> tuple[str, ...]:
    return ("geojson", "txt") if role == "barriers" else ("csv", "txt")


def run(scenario: Scenario, *, by: Person, at: datetime) -> Run:
    """Computes again, with the network and the territory of today."""
    with transaction.atomic():
        record.perform(scenario, "run", by=by, at=at)
        return _ask(scenario, at)


def stop(scenario: Scenario, *, by: Person, at: datetime) -> None:
    """Asks for the best answer now; a run that has not begun is refused its turn."""
    with transaction.atomic():
        record.perform(scenario, "stop", by=by, at=at)
        waiting = _("Arrêté avant le début du calcul.")
        scenario.runs.filter(status="queued").update(status="refused", ended_at=at, problem=waiting)
        scenario.runs.filter(status="running").update(stop_asked=True)


def rename(scenario: Scenario, name: str, *, by: Person, at: datetime) -> None:
    """Another name; the old one stays in the journal."""
    with transaction.atomic():
        record.perform(scenario, "rename", by=by, at=at, data={"before": scenario.name, "after": name})
        scenario.name = name
        scenario.save(update_fields=["name"])


def move(scenario: Scenario, act: str, *, by: Person, at: datetime) -> None:
    """Shares, publishes, takes back or puts away."""
    record.perform(scenario, act, by=by, at=at)


def _ask(scenario: Scenario, at: datetime) -> Run:
    """A run that waits; the site's wiring enqueues its computation with the journal's line."""
    return Run.objects.create(scenario=scenario, n=scenario.runs.count() + 1, asked_at=at)
