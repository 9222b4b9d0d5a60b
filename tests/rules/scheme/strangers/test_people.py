"""Aid to companies, associations, persons and care: verdicts and cents computed by hand."""

import pytest

from tests.rules.scheme.strangers import people
from tests.rules.scheme.test_properties import ask
from tests.rules.scheme.test_reference import tree


def answer(text, case):
    return ask(tree(text), case)


def verdicts(found):
    return {line["code"]: line["verdict"] for line in found["criteria"]}


def test_social_company_with_a_bonus_on_the_aid():
    # kept 100 000; 50 % = 50 000; the better bonus is a tenth: 55 000, under 70 %
    found = answer(people.ESS, people.ess())
    assert (found["verdict"], found["aid"]["total_cents"]) == ("eligible", 5_500_000)
    assert [line["amount_cents"] for line in found["aid"]["lines"]] == [5_000_000, 500_000]
    assert [line["verdict"] for line in found["limits"]] == ["met", "met", "met"]


@pytest.mark.parametrize(
    ("size", "machine", "cents"),
    [
        ("micro", 200_000, 6_600_000),  # 112 500 cut to 60 000, then a tenth more
        ("medium", 200_000, 8_800_000),
        ("large", 20_000, 880_000),
        ("large", 500, 0),  # 4 % of 20 500 = 4 100 and a tenth: 4 510, under 5 000
    ],
)
def test_social_company_by_size(size, machine, cents):
    case = people.ess()
    case["applicant"]["size"] = size
    case["expenses"][0] = {"category": "machine", "ht": machine, "vat": 1}
    assert answer(people.ESS, case)["aid"]["total_cents"] == cents


def test_social_company_limits_and_ages():
    again = [{"granted_on": "2024-09-02", "amount": 9_000, "scheme": "fonds AMORÇAGE", "regime": "autre"}]
    blocked = answer(people.ESS, people.ess(earlier_aids=again))
    assert (blocked["verdict"], blocked["aid"]["possible"], blocked["aid"]["total_cents"]) == ("eligible", False, 0)
    old = [{**again[0], "granted_on": "2024-09-01"}]
    assert answer(people.ESS, people.ess(earlier_aids=old))["aid"]["total_cents"] == 5_500_000
    full = [{"granted_on": "2025-01-01", "amount": 260_000.50}]
    assert answer(people.ESS, people.ess(earlier_aids=full))["aid"]["total_cents"] == 3_999_950
    other = [{"source": "public", "funder": "BPI", "amount": 30_000}]
    assert answer(people.ESS, people.ess(funding=other))["aid"]["total_cents"] == 4_000_000
    case = people.ess(pieces=[])
    case["applicant"] |= {"created_on": "2023-05-04", "ess": "no"}
    found = answer(people.ESS, case)
    assert (verdicts(found)["age"], verdicts(found)["social"]) == ("failed", "failed")
    assert verdicts(answer(people.ESS, {**case, "pieces": ["esus"]}))["social"] == "met"
    young = people.ess()
    young["applicant"]["created_on"] = "2025-09-02"
    assert verdicts(answer(people.ESS, young))["alive"] == "failed"
    del young["decided_on"]
    assert verdicts(answer(people.ESS, young))["alive"] == "to_examine"


@pytest.mark.parametrize(
    ("fte", "income", "year", "cents"),
    [
        (0.5, 0, 1, 600_000),
        (2.5, 0, 1, 2_400_000),  # 12 000 + 1,5 × 8 000
        (10, 0, 1, 4_000_000),  # 12 000 + 16 000 + 28 000 cut to 40 000
        (10, 60_000, 1, 2_800_000),  # 80 % of 100 000 − 60 000 − 5 000
        (10, 96_000, 1, 0),
        (2.5, 0, 3, 1_000_000),
    ],
)
def test_association_by_jobs_within_its_deficit(fte, income, year, cents):
    found = answer(people.OPERATING, people.operating(fte, income, year))
    assert (found["verdict"], found["aid"]["total_cents"]) == ("eligible", cents)
    line = next(one for one in found["criteria"] if one["code"] == "funders")
    assert (line["verdict"], line["figures"]["value"]) == ("met", 5_000)


@pytest.mark.parametrize(
    ("vat", "pay", "kit", "cents"),
    [
        ("recovers", [40_000, 40_000, 20_000], [], 5_000_000),
        ("recovers", [50_000, 45_000, 60_000], [], 5_500_000),  # 20 000 a year, 55 000 in all
        # lines TTC: 1 680 → 1 500, 1 500, 90 out, 1 200: 3 000 of 4 200 kept in 2026
        ("not_recovered", [], [(1_400, 280, 2026), (1_250, 250, 2026), (75, 15, 2026), (1_000, 200, 2026)], 150_000),
        ("recovers", [], [(1_400, 280, 2026), (1_400, 280, 2027)], 140_000),
    ],
)
def test_post_over_three_years(vat, pay, kit, cents):
    found = answer(people.POST, people.post(vat, pay, kit))["aid"]
    assert found["total_cents"] == cents
    assert sum(found["by_year"].values()) == cents


@pytest.mark.parametrize(
    ("level", "hours", "fees", "ends", "cents"),
    [
        ("none", 100, 5_000, "2026-06-27", 137_250 + 30_000),  # 61 days: three months begun
        ("bac", 100, 5_000, "2026-06-26", 91_500 + 20_000),
        ("above", 100, 500, "2026-05-27", 50_000 + 10_000),  # 732 cut to the 500 spent
        ("bac", 600, 9_000, "2027-06-26", 549_000 + 60_000),
    ],
)
def test_voucher_by_hour_and_month(level, hours, fees, ends, cents):
    found = answer(people.VOUCHER, people.voucher(level, hours, fees, ends=ends))
    assert (found["verdict"], found["aid"]["total_cents"]) == ("eligible", cents)


def test_voucher_refusals_say_the_figures():
    found = answer(people.VOUCHER, people.voucher(hours=39.5, begins="2026-04-27"))
    said = {line["code"]: line for line in found["criteria"]}
    assert said["length"]["message"] == "Heures : 39,5 heures (minimum 40, maximum 600)"
    assert said["notice"]["verdict"] == "failed"
    before = [{"scheme": "cheque", "granted_on": "2024-03-29", "amount": 500}]
    again = answer(people.VOUCHER, people.voucher(earlier_aids=before))
    assert verdicts(again)["once"] == "failed"
    before[0]["granted_on"] = "2024-03-28"
    assert verdicts(answer(people.VOUCHER, people.voucher(earlier_aids=before)))["once"] == "met"
    unknown = people.voucher()
    del unknown["earlier_aids"]
    assert verdicts(answer(people.VOUCHER, unknown))["once"] == "missing"


def test_care_the_region_fills_what_others_leave():
    # kept 100 000 TTC; FEDER 50 000; the Region 30 % less the 10 % of others
    found = answer(people.HEALTH, people.health(other=10_000))
    assert (found["verdict"], found["aid"]["total_cents"]) == ("eligible", 7_000_000)
    assert found["aid"]["by_funder"] == {"feder": 5_000_000, "region": 2_000_000}
    assert found["aid"]["by_partner"] == {"GHT": 4_200_000, "MSP": 2_800_000}


def test_care_the_region_gives_way_first_then_europe():
    found = answer(people.HEALTH, people.health(other=55_000))["aid"]
    assert found["by_funder"] == {"feder": 2_500_000, "region": 0}


def test_care_a_partner_away_leaves_the_sums_and_its_share():
    case = people.health()
    case["partners"][1]["commune"] = "76540"
    found = answer(people.HEALTH, case)
    said = verdicts(found)
    assert [one["counted"] for one in found["partners"]] == [True, False]
    assert (said["three"], said["partners_count"], said["shares_total"]) == ("failed", "failed", "failed")
    assert found["aid"]["by_partner"] == {}


def test_care_two_partners_of_one_name():
    case = people.health()
    case["partners"][1]["name"] = "GHT"
    found = answer(people.HEALTH, case)["aid"]
    assert list(found["by_partner"]) == ["GHT", "GHT (2)"]
    assert sum(found["by_partner"].values()) == found["total_cents"]


def test_care_commitments_confirmations_and_the_earlier_call():
    found = answer(people.HEALTH, people.health())
    line = next(one for one in found["criteria"] if one["code"] == "three")
    assert line["message"].startswith(
        "2 conditions remplies sur 3 (minimum 2) : Bassin : 5\u202f000 (minimum 5\u202f000)"
    )
    case = people.health(earlier_dossiers=[{"scheme": "autre"}])
    case["partners"][1]["confirmed"] = "no"
    said = verdicts(answer(people.HEALTH, case))
    assert (said["follows"], said["partners_confirmed"]) == ("failed", "missing")
    themes = answer(people.HEALTH, people.health(themes=["path", "gadget"]))
    assert verdicts(themes)["themes"] == "failed"
