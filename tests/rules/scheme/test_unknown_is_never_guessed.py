"""What a case does not say stays unknown: no verdict, no cent is made up."""

import json

from tests.rules.scheme.test_real_schemes import ask, document, verdicts

ASSOCIATION = {"legal_form": "association", "vat": "recovers"}


def creation(**changes):
    return {"project_type": "creation", "applicant": ASSOCIATION, **changes}


def test_no_expenses_no_amount():
    aid = ask("nouvelle-aquitaine", creation(facts={"territory.class": "low", "territory.zones": []}))["aid"]
    assert (aid["possible"], aid["total_cents"], aid["spending_kept_cents"]) == (None, None, None)


def test_expenses_known_to_be_none_give_zero():
    found = ask("nouvelle-aquitaine", creation(expenses=[], facts={"territory.class": "low", "territory.zones": []}))
    assert (found["aid"]["possible"], found["aid"]["total_cents"]) == (False, 0)


def test_unknown_class_asks_and_gives_no_amount():
    found = ask("nouvelle-aquitaine", creation(expenses=[{"category": "equipment", "ht": "1000"}]))
    assert verdicts(found)["aid_facts"] == "missing"
    assert found["aid"]["total_cents"] is None


def test_unknown_floor_and_spending_bounds_are_missing():
    scheme = document("nouvelle-aquitaine")
    scheme["aid"] |= {"floor": "2000", "spending_at_least": "5000"}
    found = ask(scheme, creation(facts={"territory.class": "low", "territory.zones": []}))
    assert (verdicts(found)["aid_floor"], verdicts(found)["spending_minimum"]) == ("missing", "missing")


def test_unknown_earlier_aids_and_plan_leave_limits_missing():
    scheme = document("nouvelle-aquitaine")
    scheme["limits"] = [
        {"code": "de_minimis", "effect": "reduce", "ceiling": "300000"},
        {"code": "public_total", "effect": "reduce", "rate": "80 %"},
        {"code": "cumulation", "effect": "block", "schemes": ["old"]},
    ]
    case = creation(
        decided_on="2021-01-01",
        expenses=[{"category": "equipment", "ht": "1000"}],
        facts={"territory.class": "low", "territory.zones": []},
    )
    found = ask(scheme, case)
    assert [limit["verdict"] for limit in found["limits"]] == ["missing"] * 3
    assert (found["aid"]["total_cents"], found["aid"]["possible"]) == (30000, None)
    told = ask(scheme, {**case, "earlier_aids": [], "funding": []})
    assert [limit["verdict"] for limit in told["limits"]] == ["met"] * 3
    assert told["aid"]["possible"] is True


def test_numbers_of_json_and_texts_of_yaml_are_one():
    texts = creation(
        filed_at="2021-02-03",
        expenses=[{"category": "equipment", "ht": "1000.10", "vat": "200", "year": "2021"}],
        facts={"territory.class": "low", "territory.zones": ["qpv"]},
    )
    numbers = json.loads(json.dumps(texts))
    numbers["expenses"] = [{"category": "equipment", "ht": 1000.1, "vat": 200, "year": 2021}]
    assert ask("nouvelle-aquitaine", texts) == ask("nouvelle-aquitaine", numbers)
