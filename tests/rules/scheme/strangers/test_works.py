"""Aid to works and equipment: verdicts and cents computed by hand, written out beside each row."""

import pytest

from tests.rules.scheme.strangers import works
from tests.rules.scheme.test_properties import ask
from tests.rules.scheme.test_reference import tree


def answer(text, case):
    return ask(tree(text), case)


def verdicts(found):
    return {line["code"]: line["verdict"] for line in found["criteria"]}


@pytest.mark.parametrize(
    ("form", "people", "expenses", "cents"),
    [
        # fees 15 000 cut to 12 % of 100 000; 40 % + 10 cut to 45 % of 112 000
        ("commune", 480, [("school", 100_000), ("fees", 15_000)], 5_040_000),
        # 500 is no longer "less than 500": 30 % + 10
        ("commune", 500, [("school", 100_000), ("fees", 15_000)], 4_480_000),
        # road alone, cut to 150 000; fees 18 000; 30 % of 168 000
        ("commune", 2_000, [("road", 200_000), ("fees", 30_000)], 5_040_000),
        ("commune", 2_001, [("road", 10_000.05)], 200_001),
        ("cc", 75_000, [("school", 1_000)], 30_000),
    ],
)
def test_detr_by_population(form, people, expenses, cents):
    assert answer(works.DETR, works.detr(form, people, expenses))["aid"]["total_cents"] == cents


def test_detr_who_when_and_how_little():
    found = answer(works.DETR, works.detr("ca", 75_001))
    assert verdicts(found)["size"] == "failed"
    assert verdicts(answer(works.DETR, works.detr("metropole", 50_000)))["legal_form"] == "failed"
    late = answer(works.DETR, works.detr(filed_at="2026-02-01T00:00:00"))
    assert (late["filing"]["code"], late["verdict"]) == ("late", "eligible")
    small = answer(works.DETR, works.detr(expenses=[("school", 4_999.99)]))
    assert (small["verdict"], verdicts(small)["spending_minimum"]) == ("ineligible", "failed")
    assert answer(works.DETR, works.detr(answers={"begun": "yes"}))["verdict"] == "ineligible"
    assert answer(works.DETR, works.detr(answers={}))["verdict"] == "incomplete"


def test_detr_the_owner_bears_a_fifth_of_all_it_spends():
    funding = [
        {"source": "public", "funder": "Région", "amount": 40_000},
        {"source": "public", "funder": "FEDER", "state": "refused", "amount": 40_000},
        {"source": "private", "amount": 5_000},
    ]
    found = answer(works.DETR, works.detr(funding=funding))
    # public money 115 000 − 5 000; others 88 000 at most, 40 000 given: 48 000 left of 50 400
    assert (found["limits"][0]["room_cents"], found["limits"][0]["over_cents"]) == (4_800_000, 240_000)
    assert found["aid"]["total_cents"] == 4_800_000


@pytest.mark.parametrize(
    ("posts", "area", "ht", "cents"),
    [
        (10, 200, 100_000, 1_500_000),
        (40, 200, 100_000, 1_998_000),  # 20 posts count: 30 000; area 19 980
        (40, 33.3, 100_000, 332_000),  # area 3 326,67; kept 39 960: half is more; down to the ten
        (10, 200, 5_999.99, 0),  # half: 3 000,00 (2 999,995 half up), down to 3 000: at the floor
        (10, 200, 5_990, 0),  # 2 995 → 2 990: under the floor
    ],
)
def test_workstations_the_worse_of_three(posts, area, ht, cents):
    found = answer(works.WORKSTATIONS, works.workstations(posts, area, ht))
    if ht == 5_999.99:
        cents = 300_000
    assert found["aid"]["total_cents"] == cents
    assert verdicts(found)["aid_floor"] == ("met" if cents else "failed")


@pytest.mark.parametrize(
    ("territory", "hedges", "cents"),
    [
        # works 80 000; staff 25 000 + 20 000 and 15 %: 51 750 × 33,33 % = 17 248,28, of which 2026: 9 582,38
        ("A", 0, 80_000_00 + 17_248_28),
        ("A", 1_000, 90_000_00 + 7_665_90),  # 90 000 + 9 582,38 in 2026 cut to 90 000
        ("B", 0, 90_000_00 + 7_665_90),
    ],
)
def test_green_corridors_by_class_and_year(territory, hedges, cents):
    found = answer(works.TVB, works.tvb(territory, hedges))
    assert found["aid"]["total_cents"] == cents
    assert sum(found["aid"]["by_funder"].values()) == sum(found["aid"]["by_year"].values()) == cents
    assert found["filing"] == found["filing"] | {"accepted": True, "code": None, "wave": "w1"}


def test_green_corridors_funders():
    found = answer(works.TVB, works.tvb("A"))["aid"]
    # the Region has half of the works and all of the staff
    assert found["by_funder"] == {"region": 57_248_28, "water": 24_000_00, "dept": 16_000_00}
    assert found["by_year"]["2027"] == 7_665_90


def test_green_corridors_out_of_place_and_waves():
    assert verdicts(answer(works.TVB, works.tvb("A", answers={"site": "14118"})))["site"] == "failed"
    assert verdicts(answer(works.TVB, works.tvb("A", answers={})))["site"] == "missing"
    late = answer(works.TVB, works.tvb("A", filed_at="2026-03-31T12:00:01"))["filing"]
    assert (late["accepted"], late["wave"]) == (True, "w2")
    full = works.tvb("A", filed_at="2026-06-02", facts={"territory.class": "A", "wave.w2": 2})
    assert answer(works.TVB, full)["filing"]["wave"] == "w3"
    assert answer(works.TVB, works.tvb("A", filed_at="2025-12-31T23:59"))["filing"]["code"] == "not_open"
    assert answer(works.TVB, works.tvb("A", filed_at="2027-01-01"))["filing"]["code"] == "late"


def test_green_corridors_unknown_class_is_not_guessed():
    found = answer(works.TVB, works.tvb("A", facts={}))
    assert (found["verdict"], found["aid"]["total_cents"], found["aid"]["possible"]) == ("incomplete", None, None)


@pytest.mark.parametrize(
    ("classes", "ht", "services", "cents"),
    [
        ([3, 2], 10_000, 0, 840_000),  # 12 000 with VAT, under 5 × 3 500
        ([3, 2], 20_000, 0, 1_225_000),  # 24 000 cut to 17 500
        ([3, 2], 10_000, 3_000, 840_000 + 125_000),  # services cut to 5 × 25 × 20
        ([100], 300_000, 0, 20_000_000),  # 350 000 × 70 % cut to 200 000
    ],
)
def test_schools_by_class(classes, ht, services, cents):
    found = answer(works.SCHOOLS, works.schools(classes, ht, services))
    assert (found["verdict"], found["aid"]["total_cents"]) == ("eligible", cents)


def test_schools_too_many_or_too_cheap():
    found = answer(works.SCHOOLS, works.schools([1] * 11, 1_000))
    assert verdicts(found)["few"] == "failed"
    cheap = works.schools([1, 1], 1_000)
    cheap["answers"]["schools"][1]["cost"] = "3499.99"
    line = next(one for one in answer(works.SCHOOLS, cheap)["criteria"] if one["code"] == "each")
    assert line["verdict"] == "failed"
    assert "3\u202f499,99" in line["message"] and "3\u202f500" in line["message"]
