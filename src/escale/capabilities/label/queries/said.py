"""What a referential knows of a place beside its page: declarations, documents, the last visit."""

from typing import Any

from escale.capabilities.label.models import Declaration, Paper, Visit
from escale.foundation.editions.models import Edition
from escale.foundation.places.models import Place


def beside(place: Place, edition: Edition) -> dict[str, Any]:
    """The keys that the place file has for it: ``declarations``, ``documents``, ``notes``, ``findings``, ``visited_on``."""
    told: dict[str, Any] = {}
    series = edition.series_id
    declared = Declaration.objects.filter(place=place, referential__series_id=series)
    if said := dict(declared.values_list("code", "value")):
        told["declarations"] = said
    if papers := [_paper(one) for one in papers_of(place, series)]:
        told["documents"] = papers
    if (visit := last_visit(place, series)) is not None:
        found = list(visit.findings.all())
        told["notes"] = {code: mark for one in found for code, mark in one.marks.items()}
        told["findings"] = {one.code: one.seen == "met" for one in found if one.seen}
        if visit.visited_on is not None:
            told["visited_on"] = visit.visited_on.isoformat()
    return {name: value for name, value in told.items() if value}


def papers_of(place: Place, series: int) -> list[Paper]:
    """The documents that are there."""
    rows = Paper.objects.filter(place=place, referential__series_id=series, removed_at__isnull=True)
    return list(rows.select_related("document"))


def last_visit(place: Place, series: int) -> Visit | None:
    """The last visit whose report was given."""
    rows = Visit.objects.filter(place=place, referential__series_id=series, state="reported")
    return rows.prefetch_related("findings").order_by("-visited_on", "-reported_at", "-pk").first()


def contradicted(place: Place, edition: Edition) -> dict[str, tuple[Visit, str]]:
    """Criteria that the visitor saw not met → the visit and the visitor's words."""
    visit = last_visit(place, edition.series_id)
    if visit is None:
        return {}
    return {one.code: (visit, one.note) for one in visit.findings.all() if one.seen == "failed"}


def waits(place: Place, series: int) -> list[Visit]:
    """Visits to come of a place for a label, the next first."""
    rows = Visit.objects.filter(state="planned", place=place, referential__series_id=series)
    return list(rows.select_related("visitor").order_by("planned_for", "pk"))


def _paper(one: Paper) -> dict[str, Any]:
    days = {"dated_on": one.dated_on, "valid_until": one.valid_until}
    return {"code": one.code, **{name: day.isoformat() for name, day in days.items() if day is not None}}
