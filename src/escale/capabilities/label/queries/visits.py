"""Reads of visits: lists, what a report shows to whom, what the place's page said beside what was seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from escale.capabilities.label import wording
from escale.capabilities.label.models import Visit, VisitPhoto
from escale.capabilities.label.policy import VisitHat, VisitState
from escale.capabilities.label.queries import diagnosis
from escale.capabilities.label.queries.asked import Point, of_visitor
from escale.foundation.people.models import Person
from escale.foundation.places import queries as places
from escale.foundation.places.models import Place
from escale.rules.figures import PARIS

__all__ = ["PARIS", "Sheet", "listed", "points", "readable", "sheet", "written"]


@dataclass(frozen=True)
class Sheet:
    """A visit as one person sees it: ``families`` of (name, rows of a criterion, what the page says, what was seen)."""

    acts: list[str]
    readable: bool
    points: list[Point]
    families: list[tuple[str, list[dict[str, Any]]]]
    photos: list[VisitPhoto]
    entries: list[dict[str, Any]]


def listed(person: Person, at: datetime) -> tuple[list[Visit], list[Visit]]:
    """Those to make, the next first, and those made, the last first."""
    rows = Visit.objects.visible_to(person, at).select_related("place__commune", "referential", "visitor")
    made = rows.filter(state=VisitState.REPORTED).order_by("-reported_at", "-pk")
    return list(rows.filter(state=VisitState.PLANNED)[:300]), list(made[:300])


def makes(person: Person) -> bool:
    """Whether someone asked this person to visit a place."""
    return Visit.objects.filter(visitor=person).exists()


def points(visit: Visit) -> list[Point]:
    """The criteria as the visitor meets them, in order."""
    document = diagnosis.READY.of(visit.edition).document
    return [one for _name, rows in of_visitor(document, visit.type) for one in rows]


def readable(visit: Visit, hats: set[VisitHat]) -> bool:
    """Before the report is given, only who visits and the Region read what was noted."""
    return visit.state == VisitState.REPORTED or bool(hats - {VisitHat.STEWARD})


def sheet(visit: Visit, person: Person, at: datetime) -> Sheet:
    """All that a visit's page shows to a person."""
    hats = set(visit.hats_of(person, at))
    place = places.whole(Place.objects.all()).get(pk=visit.place_id)
    said = {one["code"]: one for one in diagnosis.of(place, visit.edition, at, visit.type)["criteria"]}
    found = {one.code: one for one in visit.findings.all()}
    document = diagnosis.READY.of(visit.edition).document
    families, asked = [], []
    for name, rows in of_visitor(document, visit.type):
        asked += rows
        families.append((name, [_row(one, said.get(one.code), found.get(one.code)) for one in rows]))
    entries = [
        {"at": one.at, "what": visit.WORDING.acts.get(one.act, one.act), "by": str(one.by or ""), "note": one.note}
        for one in visit.subject.entries.select_related("by").order_by("-n") if one.act != "add-photo"
    ]  # fmt: skip
    may = readable(visit, hats)
    photos = list(visit.photos.filter(removed_at__isnull=True)) if may else []
    acts = [row.name for row in visit.POLICY.open_to(hats=hats, state=visit.state)]
    return Sheet(acts, may, asked, families, photos, entries)


def written(sheet: Sheet, form: forms.BaseForm) -> list[tuple[str, list[dict[str, Any]]]]:
    """The families with the controls of each criterion."""
    told = []
    for name, rows in sheet.families:
        lines = []
        for row in rows:
            point: Point = row["point"]
            names = [
                f"{point.code}.seen",
                *(f"{point.code}.mark.{one.code}" for one in point.marks),
                f"{point.code}.note",
            ]
            lines.append({**row, "fields": [form[one] for one in names]})
        told.append((name, lines))
    return told


def _row(point: Point, said: dict[str, Any] | None, found: Any) -> dict[str, Any]:
    marks = found.marks if found else {}
    return {
        "point": point,
        "said": said["message"] if said and said["verdict"] != "not_applicable" else "",
        "seen": wording.SEEN[found.seen] if found and found.seen else "",
        "verdict": (found.seen if found else "") or ("met" if marks else "to_examine"),
        "note": found.note if found else "",
        "marks": [(one, marks[one.code]) for one in point.marks if one.code in marks],
    }
