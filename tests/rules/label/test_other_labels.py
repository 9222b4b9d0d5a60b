"""Labels of other kinds, written from the reference alone; verdicts worked out by hand."""

from datetime import date

import pytest

from tests.rules.label.test_label_reference import check
from tests.rules.scheme.test_reference import tree

HEAD = """
schema: escale.referential/1
key: essai
title: Essai
summary: Un label.
contact: {name: Région}
"""

#: a public desk: twenty-four hours over four days or more, two people, nine services, a lease that lasts.
DESK = (
    HEAD
    + """
holder: {legal_forms: [public_body, association], perimeter: {regions: [28], without_communes: [76540]}}
families: [{code: o, label: Ouverture}, {code: e, label: Équipe}, {code: l, label: Locaux}]
criteria:
  - {code: hours, family: o, title: Ouverture, check: {opening: {days_at_least: 4, hours_at_least: 24, regimes: each}}}
  - {code: late, family: o, title: Un soir ou le samedi, check: {any: [{opening: {days_at_least: 1, after: "18:00", regimes: any}}, {opening: {days_at_least: 1, weekdays: [sa], regimes: any}}]}}
  - {code: two, family: e, title: Deux personnes, check: {rule: {count: staff, at_least: 2, label: Personnes}}}
  - {code: trained, family: e, title: Personnes formées, check: {at_least_of: 2, of: [{document: training_a}, {document: training_b}, {document: training_c}]}}
  - {code: services, family: e, title: Services, check: {among: services, at_least: 3}}
  - {code: lease, family: l, title: Bail jusqu’au terme, check: {remaining: place.premises_until, at_least: 3 years}}
  - {code: access, family: l, title: De plain-pied, check: {has: access.step_free}, exceptions: [{from: 2026-01-01, to: 2026-06-30, reason: Travaux}]}
  - {code: room, family: l, title: Bureau fermé, check: {rule: {sum: spaces.floor_m2, where: {fact: row.kind, is: closed_office}, at_least: 9, unit: m², label: Surface}}}
duration: 3 years
"""
)
TOWN_HALL = """
schema: escale.place/1
name: Mairie
carrier: {legal_form: commune}
commune: 61145
hours: [{osm: "Mo-Th 09:00-12:00,13:30-16:30; Fr 16:00-19:00"}]
staff: [{role: host}, {role: host}]
documents: [{code: training_a}, {code: training_b, valid_until: 2026-01-31}, {code: training_c, valid_until: 2026-12-31}]
services: [a, b, c]
premises: {until: 2029-03-01}
access: {step_free: no}
spaces: [{kind: closed_office, floor_m2: 8.5}, {kind: desk, floor_m2: 40}]
"""


def said(found):
    return {one["code"]: one["verdict"] for one in found["criteria"]}


def test_desk_of_public_services():
    found = check(tree(DESK), tree(TOWN_HALL), date(2026, 3, 1))
    assert said(found) == {
        "carrier": "met", "perimeter": "met", "hours": "met", "late": "met", "two": "met", "trained": "met",
        "services": "met", "lease": "met", "access": "not_applicable", "room": "failed",
    }  # fmt: skip
    room = next(one for one in found["criteria"] if one["code"] == "room")
    assert "8,5 m² (minimum 9)" in room["message"]
    later = said(check(tree(DESK), tree(TOWN_HALL), date(2026, 7, 1)))
    assert (later["lease"], later["access"]) == ("failed", "failed")
    assert said(check(tree(DESK), tree(TOWN_HALL), date(2027, 1, 1)))["trained"] == "failed"


@pytest.mark.parametrize(
    ("hours", "verdicts"),
    [
        ("Mo-Th 09:00-15:00", ("met", "failed")),
        ("Mo-Th 09:00-14:59", ("failed", "failed")),
        ("Mo-We 08:00-20:00", ("failed", "met")),
        ("Mo-Th 09:00-12:00,13:00-16:00; Sa 10:00-10:30", ("met", "met")),
        ("Mo-Th 12:00-18:00", ("met", "failed")),
        ("Mo-Th 12:00-18:01", ("met", "met")),
    ],
)
def test_desk_hours_to_the_minute(hours, verdicts):
    found = said(check(tree(DESK), {**tree(TOWN_HALL), "hours": [{"osm": hours}]}, date(2026, 3, 1)))
    assert (found["hours"], found["late"]) == verdicts


#: stars: a core, options with points, a visit that decides, three levels, two families that must both do.
STARS = (
    HEAD
    + """
families: [{code: c, label: Socle}, {code: w, label: Accueil, points_at_least: 4}, {code: g, label: Écologie, met_at_least: 1}]
criteria:
  - {code: charter, family: c, title: Charte, check: {commitment: charter}}
  - {code: open, family: c, title: Un an, check: {seniority: place.opened_on, at_least: 12 months}}
  - {code: smile, family: w, title: Accueil, mandatory: no, points: 3, check: {note: smile, at_least: 3, out_of: 5}, grades: [{points: 5, check: {note: smile, at_least: 5}}]}
  - {code: host, family: w, title: Une personne, mandatory: no, points: 2, check: {any: [{value: staff.fte, at_least: 1}, {rule: {sum: staff.fte, at_least: 1}}]}}
  - {code: bikes, family: g, title: Vélos, mandatory: no, points: 1, check: {has: equipment.bike_park}}
  - {code: sorting, family: g, title: Tri, mandatory: no, points: 1, check: {commitment: sorting}}
levels:
  - {code: one, label: Une étoile}
  - {code: two, label: Deux étoiles, points_at_least: 7}
  - {code: three, label: Trois étoiles, points_at_least: 8, requires: [bikes, sorting]}
"""
)


def star(**changes):
    return {
        "schema": "escale.place/1",
        "name": "L",
        "opened_on": "2025-03-01",
        "declarations": {"charter": "yes", "sorting": "no"},
        "staff": [{"role": "host", "fte": "0.6"}, {"role": "host", "fte": "0.4"}],
        "equipment": {"bike_park": "yes"},
        "notes": {"smile": 4},
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "verdict", "level", "points"),
    [
        ({}, "met", "one", 6),
        ({"notes": {"smile": 5}}, "met", "two", 8),
        ({"notes": {"smile": 5}, "declarations": {"charter": "yes", "sorting": "yes"}}, "met", "three", 9),
        ({"notes": {"smile": 2}}, "missing", None, 3),
        ({"notes": {}}, "to_examine", "one", 3),
        ({"declarations": {"charter": "no", "sorting": "yes"}}, "missing", None, 7),
        ({"equipment": {"bike_park": "no"}}, "missing", None, 5),
        ({"opened_on": "2025-03-02"}, "missing", None, 6),
        ({"notes": {"smile": 3}, "staff": []}, "missing", None, 4),
    ],
)
def test_stars(changes, verdict, level, points):
    found = check(tree(STARS), star(**changes), date(2026, 3, 1))
    assert (found["verdict"], found["level"], found["points"]) == (verdict, level, points)


def test_stars_say_what_is_lacking():
    found = check(tree(STARS), star(notes={"smile": 2}), date(2026, 3, 1))
    line = next(one for one in found["criteria"] if one["code"] == "family_w")
    assert (line["verdict"], line["to_do"]) == ("failed", "Il en manque 2.")
    assert line["message"] == "Accueil : 2 points (minimum 4)."
    smile = next(one for one in found["criteria"] if one["code"] == "smile")
    assert smile["message"] == "Accueil : 2 (minimum 3) sur 5"
