"""Referentials and places that are wrong: each is refused with its place and a sentence, never an exception."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escale.foundation.places import file as place_file
from escale.rules.label.document import read_referential
from escale.rules.label.verdict import answer, load
from tests.rules.label.test_label_reference import FIRST, FULL, examples

CHECKS = [
    ({"has": "equipement.printer"}, "unknown_fact", "criteria[0].check.has"),
    ({"has": "services"}, "wrong_type", "criteria[0].check.has"),
    ({"has": "staff.role"}, "wrong_type", "criteria[0].check.has"),
    ({"value": "tariffs.price", "at_most": 5}, "wrong_type", "criteria[0].check.value"),
    ({"rule": {"fact": "spaces.kind", "is": "desk"}}, "wrong_type", "criteria[0].check.rule.fact"),
    ({"value": "measures.download_mbps"}, "missing_word", "criteria[0].check"),
    ({"value": "measures.download_mbps", "at_least": "fast"}, "wrong_type", "criteria[0].check.at_least"),
    ({"among": "services", "of": ["a"], "at_least": 2}, "impossible", "criteria[0].check.at_least"),
    ({"among": "place.name", "at_least": 2}, "wrong_type", "criteria[0].check.among"),
    ({"among": "services"}, "missing_word", "criteria[0].check.at_least"),
    ({"opening": {"either": "yes", "days_at_least": 3}}, "missing_word", "criteria[0].check.opening.either"),
    ({"opening": {"weekdays": ["sa"]}}, "missing_word", "criteria[0].check.opening"),
    ({"opening": {"days_at_least": 8}}, "out_of_range", "criteria[0].check.opening.days_at_least"),
    (
        {"opening": {"days_at_least": 1, "after": "20:00", "before": "18:00"}},
        "contradiction",
        "criteria[0].check.opening.after",
    ),
    ({"opening": {"days_at_least": 1, "after": "25:00"}}, "wrong_format", "criteria[0].check.opening.after"),
    ({"opening": {"days_at_least": 1, "weekdays": ["lundi"]}}, "unknown_word", "criteria[0].check.opening.weekdays[0]"),
    ({"seniority": "place.opened_on"}, "missing_word", "criteria[0].check"),
    ({"seniority": "place.name", "at_least": "1 year"}, "wrong_type", "criteria[0].check.seniority"),
    ({"seniority": "place.opened_on", "at_least": "3 mois"}, "wrong_duration", "criteria[0].check.at_least"),
    ({"at_least_of": 3, "of": [{"judged": "x"}]}, "impossible", "criteria[0].check.at_least_of"),
    ({"any": []}, "wrong_count", "criteria[0].check.any"),
    ({"any": [{"judged": "x"}], "all": [{"judged": "x"}]}, "wrong_form", "criteria[0].check"),
    ({"rule": {"fact": "row.fte", "at_least": 1}}, "wrong_type", "criteria[0].check.rule.fact"),
    ({"rule": {"fact": "staff.fte"}}, "missing_word", "criteria[0].check.rule"),
    ({"rule": {"fact": "applicant.fte", "at_least": 2}}, "unknown_fact", "criteria[0].check.rule.fact"),
    ({"days": 3}, "wrong_form", "criteria[0].check"),
    ("open", "wrong_type", "criteria[0].check"),
]
WHOLES = [
    ({"schema": "escale.scheme/1"}, "unknown_word", "schema"),
    ({"families": []}, "wrong_count", "families"),
    ({"criteria": []}, "wrong_count", "criteria"),
    ({"duration": "three years"}, "wrong_duration", "duration"),
    ({"points_at_least": 11}, "impossible", "points_at_least"),
    ({"levels": [{"code": "a", "label": "A", "points_at_least": 5}, {"code": "b", "label": "B", "points_at_least": 2}]},
     "contradiction", "levels[1].points_at_least"),
    ({"levels": [{"code": "a", "label": "A", "points_at_least": 99}]}, "impossible", "levels[0].points_at_least"),
    ({"levels": [{"code": "a", "label": "A", "requires": ["z"]}]}, "unknown_code", "levels[0].requires[0]"),
    ({"charter": {"version": "1"}}, "missing_word", "charter.text"),
    ({"visits": {"sample": "0.2"}}, "wrong_type", "visits.sample"),
    ({"holder": {"legal_forms": ["mairie"]}}, "unknown_word", "holder.legal_forms[0]"),
]  # fmt: skip
PLACES = [
    ({"name": None}, "missing_word", "name"),
    ({"commune": "Vire"}, "wrong_commune", "commune"),
    ({"opened_on": "2026-02-30"}, "impossible_date", "opened_on"),
    ({"point": {"lon": 200, "lat": 3}}, "out_of_range", "point.lon"),
    ({"hours": [{"osm": "lundi 9h"}]}, "wrong_hours", "hours[0].osm"),
    ({"hours": [{"osm": "Mo 09:00-10:00"}, {"regime": "normal", "osm": "Mo 09:00-10:00"}]}, "repeated", "hours[1]"),
    ({"closures": [{"from": "2026-02-03", "to": "2026-02-01"}]}, "impossible_dates", "closures[0].to"),
    ({"equipment": {"printer": "beaucoup"}}, "wrong_type", "equipment.printer"),
    ({"equipment": {"une imprimante": 1}}, "wrong_code", "equipment.une imprimante"),
    ({"equipment": ["printer"]}, "wrong_type", "equipment"),
    ({"measures": {"download_mbps": "-3"}}, "out_of_range", "measures.download_mbps"),
    ({"tariffs": [{"unit": "day", "price": "12,50"}]}, "wrong_type", "tariffs[0].price"),
    ({"staff": [{"fte": 1}]}, "missing_word", "staff[0].role"),
    ({"adress": "x"}, "unknown_word", "adress"),
]


def told(problems):
    return [(problem.code, problem.path) for problem in problems]


@pytest.mark.parametrize(("check", "code", "path"), CHECKS, ids=lambda value: str(value)[:40])
def test_each_wrong_check_is_refused_with_its_place(check, code, path):
    found = copy.deepcopy(FIRST)
    found["criteria"][0]["check"] = check
    document, problems = read_referential(found)
    assert document is None
    assert (code, path) in told(problems)
    assert all(len(problem.message) > 8 for problem in problems)


@pytest.mark.parametrize(("change", "code", "path"), WHOLES, ids=lambda value: str(value)[:40])
def test_each_wrong_referential_is_refused_with_its_place(change, code, path):
    document, problems = read_referential({**FIRST, **change})
    assert document is None
    assert (code, path) in told(problems)


@pytest.mark.parametrize(("change", "code", "path"), PLACES, ids=lambda value: str(value)[:40])
def test_each_wrong_place_is_refused_with_its_place(change, code, path):
    _document, _weeks, problems = place_file.read({**FULL, **change})
    assert (code, path) in told(problems)


def test_a_file_of_another_format_says_so_once():
    assert told(read_referential(FULL)[1]) == [("unknown_word", "schema")]


PAIRS = [(found, known, day) for found, known, day, _expected in examples()]
anything = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-9, 10**9), st.text(max_size=5), st.sampled_from(["yes", "2026-02-20"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=4), inner, max_size=2)),
    max_leaves=4,
)


def spoiled(tree, random, value):
    """The tree with one place replaced or taken away."""
    here = tree = copy.deepcopy(tree)
    while True:
        places = list(here) if isinstance(here, dict) else list(range(len(here)))
        step = random.choice(places)
        if isinstance(here[step], dict | list) and here[step] and random.random() < 0.8:
            here = here[step]
            continue
        here[step] = value
        return tree


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PAIRS), st.randoms(use_true_random=False), anything, st.booleans())
def test_spoiled_files_never_raise(pair, random, value, of_the_place):
    found, known, day = pair
    if of_the_place:
        known = spoiled(known, random, value)
    else:
        found = spoiled(found, random, value)
    document, _problems = read_referential(found)
    file, weeks, _problems = place_file.read(known)
    if document is not None and file is not None:
        assert answer(load(document), file, weeks, day)["verdict"] in ("met", "missing", "to_examine")
