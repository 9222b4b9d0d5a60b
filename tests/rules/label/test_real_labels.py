"""The labels of Grand Est and Normandie, opening hours of Saint-James: the published results."""

from datetime import date
from pathlib import Path

import pytest

from escale.foundation.places import file as place_file
from escale.foundation.questionnaires import marked
from escale.rules.label import verdict
from escale.rules.label.document import read_referential

DEMO = Path(verdict.__file__).parents[2] / "demo/referentials"
DAY = date(2026, 2, 20)


def referential(name):
    found = marked.read_file(DEMO / f"{name}.yaml")
    assert found.problems == []
    document, problems = read_referential(found.tree)
    assert [problem.as_json() for problem in problems] == []
    return verdict.load(document)


def place(*hours, **changes):
    regimes = ("normal",) if len(hours) == 1 else ("school", "holidays")
    return {
        "schema": "escale.place/1",
        "name": "La Halte",
        "kinds": ["coworking"],
        "carrier": {"legal_form": "association"},
        "commune": "67482",
        "opened_on": "2025-11-20",
        "hours": [{"regime": regime, "osm": text} for regime, text in zip(regimes, hours, strict=True)],
        "services": ["coworking", "telework"],
        "spaces": [{"kind": "meeting_room"}],
        "equipment": {"printer": 1},
        "measures": {"download_mbps": "30"},
        "staff": [{"role": "animator", "fte": "0.5", "named": "yes"}],
        "declarations": {"several_publics": "yes"},
        **changes,
    }


def check(name, file, day=DAY, kind=None):
    document, weeks, problems = place_file.read(file)
    assert [problem.as_json() for problem in problems] == []
    return verdict.answer(referential(name), document, weeks, day, kind)


def line(found, code):
    return next(one for one in found["criteria"] if one["code"] == code)


MOST = "Mo-We 08:00-20:00"


def test_case_1_a_place_that_keeps_its_word_is_labelled():
    found = check("tiers-lieux-grand-est", place(MOST))
    assert [one for one in found["criteria"] if one["mandatory"] and one["verdict"] != "met"] == []
    assert (found["verdict"], line(found, "E1")["verdict"]) == ("met", "missing")


def test_case_1_three_months_on_the_day():
    early = line(check("tiers-lieux-grand-est", place(MOST), date(2026, 2, 10)), "A1")
    assert (early["verdict"], early["figures"]) == (
        "failed",
        {"value": 2, "minimum": 3, "maximum": None, "unit": "months"},
    )
    assert early["to_do"] == "Ce sera rempli le 20 février 2026."
    assert line(check("tiers-lieux-grand-est", place(MOST), date(2026, 2, 19)), "A1")["verdict"] == "failed"
    assert line(check("tiers-lieux-grand-est", place(MOST)), "A1")["verdict"] == "met"


@pytest.mark.parametrize(
    ("hours", "expected", "figures"),
    [
        ("Mo-We 08:00-20:00", "met", (3, 3, "days")),
        ("Mo-Tu 08:00-23:30", "met", (31, 30, "hours")),
        ("Mo,We,Fr 09:00-12:00", "met", (3, 3, "days")),
        ("Mo-Tu 09:00-17:00", "failed", (2, 3, "days")),
    ],
)
def test_case_1_three_days_or_thirty_hours(hours, expected, figures):
    found = line(check("tiers-lieux-grand-est", place(hours)), "A2")
    told = found["figures"]
    assert (found["verdict"], (told["value"], told["minimum"], told["unit"])) == (expected, figures)
    assert bool(found["to_do"]) is (expected == "failed")


def test_case_1_both_figures_are_in_the_sentence():
    found = line(check("tiers-lieux-grand-est", place("Mo-Tu 09:00-17:00")), "A2")
    assert "2 jours et 16 h par semaine (minimum 3 jours ou 30 heures)" in found["message"]


@pytest.mark.parametrize(("ordered", "expected"), [("yes", "met"), ("no", "failed")])
def test_case_1_a_closure_ordered_by_the_government_does_not_count(ordered, expected):
    closures = [{"from": "2025-12-01", "to": "2026-03-31", "ordered_by_government": ordered}]
    found = check("tiers-lieux-grand-est", place(MOST, closures=closures))
    assert line(found, "A2")["verdict"] == expected
    after = check("tiers-lieux-grand-est", place(MOST, closures=closures), date(2026, 4, 1))
    assert line(after, "A2")["verdict"] == "met"


def test_case_1_one_service_of_two():
    found = check("tiers-lieux-grand-est", place(MOST, services=["coworking"]))
    one = line(found, "A4")
    assert (found["verdict"], one["verdict"], one["figures"]["value"], one["figures"]["minimum"]) == (
        "missing",
        "failed",
        1,
        2,
    )
    assert "1 sur 2" in one["message"]
    assert one["to_do"].startswith("Il en manque 1 parmi : Télétravail")


def test_case_1_who_and_where():
    abroad = check("tiers-lieux-grand-est", place(MOST, commune="14118"))
    assert line(abroad, "perimeter")["verdict"] == "failed"
    alone = check("tiers-lieux-grand-est", place(MOST, carrier={"legal_form": "person"}))
    assert line(alone, "carrier")["verdict"] == "failed"


def test_case_1_what_is_not_said_is_missing():
    bare = {"schema": "escale.place/1", "name": "La Halte"}
    found = check("tiers-lieux-grand-est", bare)
    assert found["verdict"] == "missing"
    assert {one["verdict"] for one in found["criteria"]} == {"missing"}
    assert all(one["to_do"] for one in found["criteria"])


NORMAN = {"commune": "14762", "opened_on": "2020-01-01"}
BOTH = {
    **NORMAN,
    "kinds": ["coworking", "digital_mediation"],
    "publics": ["freelancers", "students"],
    "tariffs": [{"unit": "hour", "price": 3}, {"unit": "month", "price": 150}],
}


def test_case_2_an_epn_is_no_third_place_and_one_address_may_be_both():
    epn = place(MOST, **NORMAN, kinds=["digital_mediation"])
    assert check("numerique-normandie", epn)["type"] == "epn"
    assert check("numerique-normandie", epn)["verdict"] == "met"
    wrong = check("numerique-normandie", epn, kind="third_place")
    assert (wrong["verdict"], line(wrong, "type")["verdict"]) == ("missing", "failed")
    for kind in ("epn", "third_place"):
        found = check("numerique-normandie", place(MOST, **BOTH), kind=kind)
        assert (found["type"], found["verdict"]) == (kind, "met")
    assert [one["fits"] for one in check("numerique-normandie", place(MOST, **BOTH))["types"]] == [True, True]


SCHOOL = "Tu-Fr 09:00-12:30,14:00-18:00; Sa 10:00-12:30"
HOLIDAYS = "Mo-Fr 09:30-12:30,14:00-17:00"


def test_f9_school_time_and_holidays_both_pass():
    found = line(check("tiers-lieux-grand-est", place(SCHOOL, HOLIDAYS)), "A2")
    assert (found["verdict"], found["figures"]["value"]) == ("met", 5)
    short = line(check("tiers-lieux-grand-est", place(SCHOOL, "Mo-Tu 10:00-12:00")), "A2")
    assert short["verdict"] == "failed"
    assert "2 jours et 4 h par semaine pendant les vacances scolaires" in short["message"]


def test_f9_hours_to_the_half_hour():
    document, weeks, _problems = place_file.read(place(SCHOOL, HOLIDAYS))
    facts = verdict.place(document, weeks, DAY).facts
    assert (facts.value("place.hours_per_week"), facts.value("place.days_per_week")) == (30, 5)
    only, weeks, _problems = place_file.read(place(SCHOOL))
    assert float(verdict.place(only, weeks, DAY).facts.value("place.hours_per_week")) == 32.5
