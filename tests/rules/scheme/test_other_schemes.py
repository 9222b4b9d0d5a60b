"""Schemes of other kinds, written from the reference alone; verdicts and cents computed by hand."""

import pytest

from tests.rules.scheme.test_properties import ask
from tests.rules.scheme.test_reference import FIRST, tree


def test_flat_costs_are_rounded_once_whatever_the_years():
    costs = [
        {"code": "staff", "label": "S"},
        {"code": "over", "label": "O", "flat_rate": "15 %", "flat_rate_of": ["staff"]},
    ]
    rows = [{"category": "staff", "ht": "0.03", "year": year} for year in (2026, 2027, 2028)]
    case = {"applicant": {"legal_form": "commune", "vat": "recovers"}, "expenses": rows}
    assert ask({**FIRST, "expenses": costs}, case)["aid"]["spending_kept_cents"] == 9 + 1


@pytest.mark.parametrize(
    ("form", "allowed", "verdict"),
    [
        ("cc", "epci", "met"),
        ("epci", "local_authority", "met"),
        ("epci", "commune", "failed"),
        ("spl", "public_body", "failed"),
    ],
)
def test_families_of_legal_forms(form, allowed, verdict):
    found = ask({**FIRST, "who": {"legal_forms": [allowed]}}, {"applicant": {"legal_form": form}})
    assert found["criteria"][0]["verdict"] == verdict


def test_rounding_never_passes_a_limit():
    aid = {**FIRST["aid"], "rounding": "hundred"}
    limits = [{"code": "de_minimis", "ceiling": "300000", "effect": "reduce"}]
    case = {
        "decided_on": "2026-01-01",
        "applicant": {"legal_form": "commune", "vat": "recovers"},
        "expenses": [{"category": "works", "ht": 100_000}],
        "earlier_aids": [{"granted_on": "2025-01-01", "amount": 298_740, "regime": "de_minimis"}],
    }
    assert ask({**FIRST, "aid": aid, "limits": limits}, case)["aid"]["total_cents"] == 120_000


VOUCHER = """
kind: aid
who: {legal_forms: [business], without_legal_forms: [sem, spl], perimeter: {epcis: ['200065597']}}
criteria:
  - {code: size, title: Moins de dix salariés, rule: {fact: applicant.size, is: micro}}
  - {code: age, title: Un an d’activité, rule: {from: applicant.created_on, to: filed_on, lasts_at_least: 1 year}}
  - code: once
    title: Une aide tous les deux ans
    rule: {count: earlier_aids, where: {fact: row.scheme, is: cheque}, at_most: 0}
expenses: [{code: digital, label: Numérique, nature: operating}]
aid:
  vat: ht
  funders: [{code: region, label: Région}]
  components:
    - code: cheque
      label: Chèque
      scale: [{up_to: 1999.99, amount: 0}, {up_to: 3999.99, amount: 1000}, {amount: 2000}]
limits: [{code: de_minimis, ceiling: 300000, effect: reduce}]
"""
SHOP = {
    "filed_at": "2026-03-01",
    "applicant": {"legal_form": "company", "size": "micro", "created_on": "2025-03-01", "vat": "recovers"},
    "facts": {"territory.epci": "200065597"},
    "earlier_aids": [],
}


@pytest.mark.parametrize(
    ("ht", "given", "cents"),
    [(1999.99, 0, 0), (2000, 0, 100_000), (4000, 0, 200_000), (4000, 299_000, 100_000), (4000, 299_999.99, 1)],
)
def test_voucher_in_flat_bands_within_de_minimis(ht, given, cents):
    aids = [{"granted_on": "2025-01-01", "amount": given, "regime": "de_minimis", "scheme": "autre"}] if given else []
    case = {**SHOP, "expenses": [{"category": "digital", "ht": ht, "vat": 400}], "earlier_aids": aids}
    found = ask({**FIRST, **tree(VOUCHER)}, case)
    assert (found["verdict"], found["aid"]["total_cents"]) == ("eligible", cents)


def test_voucher_once_and_not_too_young():
    again = [{"granted_on": "2025-01-01", "amount": 1000, "scheme": "cheque"}]
    young = {**SHOP["applicant"], "created_on": "2025-03-02"}
    found = ask({**FIRST, **tree(VOUCHER)}, {**SHOP, "applicant": young, "earlier_aids": again})
    said = {one["code"]: one["verdict"] for one in found["criteria"]}
    assert (said["once"], said["age"], said["perimeter"]) == ("failed", "failed", "met")


TOURISM = """
expenses:
  - {code: staff, label: Salaires, nature: operating, cap_per_year: 45000}
  - {code: travel, label: Déplacements, nature: operating, flat_per_unit: 0.4, units: {fact: answers.workstations}}
  - {code: overheads, label: Frais généraux, nature: operating, flat_rate: 15 %, flat_rate_of: [staff]}
  - {code: fitting, label: Aménagement, prorata: {ratio: {number: 60}, to: {number: 80}}}
aid:
  vat: ttc
  rounding: hundred_down
  spending_at_least: 20000
  funders: [{code: feder, label: FEDER}, {code: region, label: Région}]
  components:
    - {code: eu, label: FEDER, funder: feder, rates: [{rate: 60 %}]}
    - {code: own, label: Région, funder: region, rates: [{rate: 20 %, cap: 10000}]}
"""


def test_tourism_with_flat_costs_and_a_prorata():
    case = {
        "applicant": {"legal_form": "association"},
        "answers": {"workstations": 1000},
        "expenses": [
            {"category": "staff", "ht": 50_000, "year": 2026},
            {"category": "staff", "ht": 30_000.50, "year": 2027},
            {"category": "fitting", "ht": 8_000, "vat": 1_600, "year": 2026},
        ],
    }
    # staff 45 000 + 30 000,50; travel 400; overheads 6 750 + 4 500,08; fitting 9 600 × 75 % = 7 200
    found = ask({**FIRST, **tree(TOURISM)}, case)["aid"]
    assert found["spending_kept_cents"] == 4_500_000 + 3_000_050 + 40_000 + 675_000 + 450_008 + 720_000
    # 60 % of 93 850,58 = 56 310,35; 20 % = 18 770,12 cut to 10 000; 66 310,35 rounded down to 66 300
    assert found["total_cents"] == 6_630_000
    assert sum(found["by_funder"].values()) == sum(found["by_year"].values()) == 6_630_000


POST = """
expenses: [{code: staff, label: Poste, nature: operating}]
partners: {least: 3}
criteria:
  - {code: kinds, title: Deux sortes de partenaires, rule: {distinct: partners.legal_form, at_least: 2}}
  - code: own
    title: Autofinancement
    rule: {ratio: {fact: plan.own}, to: {fact: plan.spending}, at_least: 20, unit: '%', label: Part de fonds propres}
aid:
  funders: [{code: region, label: Région}]
  components:
    - {code: y1, label: Année 1, base: {year_ranks: [1]}, rates: [{rate: 60 %}], caps: [{amount: 25000}]}
    - {code: y2, label: Année 2, base: {year_ranks: [2]}, rates: [{rate: 40 %}]}
    - {code: y3, label: Année 3, base: {year_ranks: [3]}, rates: [{rate: 20 %}]}
  caps: [{amount: 46000, label: Trois ans}]
"""


def test_post_degressive_over_three_years():
    case = {
        "applicant": {"legal_form": "association", "vat": "recovers"},
        "partners": [
            {"name": name, "legal_form": form} for name, form in (("a", "commune"), ("b", "commune"), ("c", "gip"))
        ],
        "expenses": [{"category": "staff", "ht": 42_000, "year": year} for year in (2026, 2027, 2028)],
        "funding": [{"source": "own", "amount": 25_199}],
    }
    found = ask({**FIRST, **tree(POST)}, case)
    said = {one["code"]: one for one in found["criteria"]}
    assert (said["kinds"]["verdict"], said["own"]["verdict"]) == ("met", "failed")
    # 25 200 cut to 25 000, 16 800, 8 400: 50 200 cut to 46 000
    assert found["aid"]["total_cents"] == 4_600_000
    assert sum(found["aid"]["by_year"].values()) == 4_600_000
    richer = ask({**FIRST, **tree(POST)}, {**case, "funding": [{"source": "own", "amount": 25_200}]})
    assert next(one for one in richer["criteria"] if one["code"] == "own")["verdict"] == "met"


WORKS = """
who: {legal_forms: [commune, epci]}
criteria: []
expenses:
  - {code: works, label: Travaux}
  - {code: studies, label: Études, share_at_most: 10 %, share_of_categories: [works]}
aid:
  floor: 5000
  funders: [{code: region, label: Région}]
  components:
    - code: all
      label: Aide
      choose: first
      rates:
        - {when: {all: [{fact: applicant.legal_form, is: commune}, {fact: applicant.population, at_most: 2000}]}, rate: 40 %}
        - {when: {fact: applicant.legal_form, is: commune}, rate: 30 %, cap: 90000}
        - {rate: 20 %, cap: 150000}
      caps: [{amount: 30, per: {fact: applicant.population}, when: {fact: applicant.legal_form, is: commune}}]
limits: [{code: own_share, rate: 20 %, effect: block}]
"""


@pytest.mark.parametrize(
    ("form", "people", "works", "studies", "cents"),
    [
        ("commune", 2000, 100_000, 15_000, 4_400_000),
        ("commune", 2001, 100_000, 0, 3_000_000),
        ("commune", 1000, 100_000, 0, 3_000_000),
        ("cc", 30_000, 1_000_000, 0, 15_000_000),
        ("commune", 2000, 12_000, 0, 0),
    ],
)
def test_works_by_population_with_studies_at_a_tenth(form, people, works, studies, cents):
    case = {
        "applicant": {"legal_form": form, "population": people, "vat": "recovers"},
        "expenses": [{"category": "works", "ht": works}, {"category": "studies", "ht": studies}],
        "funding": [],
    }
    found = ask({**FIRST, **tree(WORKS)}, case)
    assert found["aid"]["total_cents"] == cents
    assert found["verdict"] == ("ineligible" if cents == 0 else "eligible")


def test_works_blocked_by_the_owners_share():
    case = {
        "applicant": {"legal_form": "commune", "population": 2000, "vat": "recovers"},
        "expenses": [{"category": "works", "ht": 100_000}],
        "funding": [{"source": "public", "funder": "DETR", "amount": 40_001}],
    }
    found = ask({**FIRST, **tree(WORKS)}, case)
    assert (found["limits"][0]["verdict"], found["limits"][0]["over_cents"]) == ("failed", 100)
    assert (found["verdict"], found["aid"]["possible"], found["aid"]["total_cents"]) == ("eligible", False, 0)


@pytest.mark.parametrize("bound", ["1/3", "33.34 %", "33.34"])
@pytest.mark.parametrize(("own", "verdict"), [(32_400, "failed"), (33_333, "failed"), (33_340, "met")])
def test_a_ratio_is_compared_per_cent_however_its_bound_is_written(bound, own, verdict):
    rule = {"ratio": {"fact": "plan.own"}, "to": {"fact": "plan.spending"}, "at_least": bound}
    scheme = {**FIRST, **tree(POST), "criteria": [{"code": "own", "title": "Fonds propres", "rule": rule}]}
    case = {
        "applicant": {"legal_form": "association", "vat": "recovers"},
        "expenses": [{"category": "staff", "ht": 100_000, "year": 2026}],
        "funding": [{"source": "own", "amount": own}],
    }
    said = next(one for one in ask(scheme, case)["criteria"] if one["code"] == "own")
    assert said["verdict"] == verdict, said
    assert said["figures"]["unit"] == "%"
    assert said["message"].startswith("Fonds propres")


def test_a_third_written_as_a_fraction_is_exactly_a_third():
    rule = {"ratio": {"fact": "plan.own"}, "to": {"fact": "plan.spending"}, "at_least": "1/3"}
    scheme = {**FIRST, **tree(POST), "criteria": [{"code": "own", "title": "Fonds propres", "rule": rule}]}
    case = {
        "applicant": {"legal_form": "association", "vat": "recovers"},
        "expenses": [{"category": "staff", "ht": 90_000, "year": 2026}],
        "funding": [{"source": "own", "amount": 30_000}],
    }
    assert next(one for one in ask(scheme, case)["criteria"] if one["code"] == "own")["verdict"] == "met"
