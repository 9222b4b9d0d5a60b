"""What a case does not say stays unknown: no verdict, no cent is made up."""

import json

from escale.rules.scheme import trial
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


def test_an_expense_of_no_category_is_refused():
    edition = trial.load(document("nouvelle-aquitaine"))
    case, problems = edition.case(creation(expenses=[{"category": "equipement", "ht": "1"}]))
    assert case is None
    assert [(problem.code, problem.path) for problem in problems] == [("unknown_code", "expenses[0].category")]
    assert "equipment" in problems[0].message


def test_a_category_without_expense_is_nothing_once_the_plan_is_known():
    scheme = document("nouvelle-aquitaine")
    rule = {"ratio": {"fact": "plan.spending_staff"}, "to": {"fact": "plan.spending"}, "at_most": "30"}
    codes = [one["code"] for one in scheme["expenses"]]
    rule["ratio"] = {"fact": f"plan.spending_{codes[-1]}"}
    scheme["criteria"] = [{"code": "little", "title": "Peu", "rule": rule}]
    known = creation(expenses=[{"category": codes[0], "ht": "1000"}])
    assert verdicts(ask(scheme, known))["little"] == "met"
    assert verdicts(ask(scheme, creation()))["little"] == "missing"


def test_spending_is_unknown_while_nobody_says_who_pays_the_vat():
    scheme = document("nouvelle-aquitaine")
    scheme["aid"]["vat"] = "by_status"
    scheme["criteria"] = [{"code": "size", "title": "T", "rule": {"fact": "plan.kept", "at_most": "1100"}}]
    case = {"applicant": {"legal_form": "association"}, "expenses": [{"category": "equipment", "ht": 1000, "vat": 200}]}
    assert verdicts(ask(scheme, case))["size"] == "missing"
    case["applicant"]["vat"] = "not_recovered"
    assert verdicts(ask(scheme, case))["size"] == "failed"


def test_own_money_has_no_funder_and_an_unsaid_state_is_asked():
    scheme = document("nouvelle-aquitaine")
    where = {"all": [{"fact": "row.funder", "is": "DETR"}, {"fact": "row.state", "is": "asked"}]}
    scheme["criteria"] = [
        {"code": "detr", "title": "T", "rule": {"sum": "funding.amount", "where": where, "at_least": "5"}}
    ]
    rows = [{"source": "own", "amount": 3}, {"source": "public", "funder": "DETR", "amount": 5}]
    assert verdicts(ask(scheme, creation(funding=rows)))["detr"] == "met"


def test_costs_at_a_flat_rate_are_not_declared():
    scheme = document("nouvelle-aquitaine")
    scheme["expenses"] = [
        {"code": "staff", "label": "S"},
        {"code": "over", "label": "O", "flat_rate": "15 %", "flat_rate_of": ["staff"]},
    ]
    rows = [{"category": "staff", "ht": 100}, {"category": "over", "ht": 99}]
    found = ask(scheme, creation(expenses=rows, facts={"territory.class": "low", "territory.zones": []}))["aid"]
    assert found["spending_kept_cents"] == 11_500
    assert "99" in found["notes"][0]


def test_a_partner_of_whom_something_is_unknown_keeps_the_dossier_incomplete():
    scheme = document("idem-2016")
    partners = [{"name": "A", "legal_form": "commune", "commune": "14001", "population": 1200}, {"name": "B"}]
    case = {"filed_at": "2016-05-01", "partners": partners}
    line = next(one for one in ask(scheme, case)["criteria"] if one["code"] == "partners_eligible")
    assert (line["verdict"], line["message"]) == ("missing", "Partenaire à préciser : B.")
    partners[1] |= {"legal_form": "commune", "commune": "76540", "population": 9}
    line = next(one for one in ask(scheme, case)["criteria"] if one["code"] == "partners_eligible")
    assert (line["verdict"], line["message"]) == ("met", "Partenaires non comptés : B.")


def test_one_zone_alone_is_a_list_of_one():
    scheme = document("nouvelle-aquitaine")
    scheme["who"] = {"perimeter": {"zones": ["qpv"]}}
    assert verdicts(ask(scheme, creation(facts={"territory.zones": "qpv"})))["perimeter"] == "met"
    assert verdicts(ask(scheme, creation(facts={"territory.zones": "q"})))["perimeter"] == "failed"
