"""Real schemes expressed as data: verdicts and cents of the published cases."""

from pathlib import Path

import pytest

from escale.foundation.questionnaires import marked
from escale.rules.scheme import trial
from escale.rules.scheme.document import read_scheme

SCHEMES = Path(trial.__file__).parents[2] / "demo" / "schemes"


def document(name):
    found = marked.read_file(SCHEMES / f"{name}.yaml")
    assert found.problems == []
    scheme, problems = read_scheme(found.tree)
    assert [(problem.path, problem.message) for problem in problems] == []
    return scheme


def ask(scheme, case):
    edition = trial.load(document(scheme) if isinstance(scheme, str) else scheme)
    typed, problems = edition.case(case)
    assert [problem.as_json() for problem in problems] == []
    return trial.answer(edition, typed)


def verdicts(found):
    return {line["code"]: line["verdict"] for line in found["criteria"]}


@pytest.mark.parametrize("name", sorted(path.stem for path in SCHEMES.glob("*.yaml")))
def test_every_scheme_is_well_written(name):
    assert document(name)["schema"] == "escale.scheme/1"


# Case 7: rate by territory, both readings of "plafond".
ROWS = [
    (150_000, "low", [], "creation", 45_000, 18_000),
    (250_000, "low", [], "creation", 60_000, 18_000),
    (250_000, "partial", [], "creation", 80_000, 32_000),
    (250_000, "strong", [], "creation", 100_000, 50_000),
    (180_000, "low", ["qpv"], "creation", 90_000, 50_000),
    (70_000, "low", [], "network", 35_000, 35_000),
]


@pytest.mark.parametrize(("ht", "territory", "zones", "kind", "on_aid", "on_spending"), ROWS)
def test_case_7_rate_by_territory(ht, territory, zones, kind, on_aid, on_spending):
    case = {
        "project_type": kind,
        "applicant": {"legal_form": "association", "vat": "recovers"},
        "expenses": [{"category": "equipment", "ht": str(ht), "vat": "1000", "year": 2021}],
        "facts": {"territory.class": territory, "territory.zones": zones},
    }
    scheme = document("nouvelle-aquitaine")
    assert ask(scheme, case)["aid"]["total_cents"] == on_aid * 100
    scheme["aid"]["components"][0]["cap_on"] = "spending"
    assert ask(scheme, case)["aid"]["total_cents"] == on_spending * 100


def development(**changes):
    return {
        "filed_at": "2023-04-30",
        "project_type": "development",
        "applicant": {"legal_form": "association", "fte": "0.5"},
        "facts": {"place.opened_on": "2020-04-30"},
        **changes,
    }


def test_case_7_seniority_and_staff():
    assert verdicts(ask("nouvelle-aquitaine", development()))["seniority"] == "met"
    late = ask("nouvelle-aquitaine", development(facts={"place.opened_on": "2020-05-10"}))
    assert verdicts(late)["seniority"] == "failed"
    line = next(line for line in late["criteria"] if line["code"] == "seniority")
    assert "2 ans 11 mois" in line["message"]
    assert line["figures"] == {"value": 35, "minimum": 36, "maximum": None, "unit": "months"}
    weak = ask("nouvelle-aquitaine", development(applicant={"legal_form": "association", "fte": "0.4"}))
    assert verdicts(weak)["staff"] == "failed"


def test_case_7_company_outside_the_social_economy():
    def company(**answers):
        return ask(
            "nouvelle-aquitaine",
            {"project_type": "network", "applicant": {"legal_form": "company", "ess": "no"}, "answers": answers},
        )

    assert verdicts(company(users_group="no"))["social_economy"] == "failed"
    with_group = company(users_group="yes")
    assert verdicts(with_group)["social_economy"] == "met"
    assert {piece["code"]: piece["required"] for piece in with_group["pieces"]}["group_letter"]
    assert with_group["verdict"] == "incomplete"


# Case 5: IDEM 2016.
def idem(populations, **changes):
    return {
        "filed_at": "2016-06-30T23:59:59",
        "project_type": "study",
        "themes": ["civic_life"],
        "applicant": {"legal_form": "commune", "commune": "14001", "vat": "not_recovered"},
        "partners": [
            {"name": f"Commune {n}", "legal_form": "commune", "commune": commune, "population": people}
            for n, (commune, people) in enumerate(populations)
        ],
        "answers": {"start_on": "2016-09-01", "end_on": "2018-09-01", "started": "no"},
        **changes,
    }


def test_case_5_population_of_partners():
    small = ask("idem-2016", idem([("14001", 420), ("50001", 380)]))
    line = next(line for line in small["criteria"] if line["code"] == "population")
    assert line["verdict"] == "failed"
    assert line["message"].startswith("Population cumulée des partenaires : 800 habitants (minimum 1\u202f000)")
    assert (line["figures"]["value"], line["figures"]["minimum"]) == (800, 1000)
    enough = ask("idem-2016", idem([("14001", 420), ("50001", 380), ("61001", 210)]))
    assert verdicts(enough)["population"] == "met"


def test_case_5_partner_outside_the_perimeter_leaves_the_sums():
    found = ask("idem-2016", idem([("14001", 420), ("50001", 380), ("76540", 900)]))
    assert [(one["verdict"], one["counted"]) for one in found["partners"]] == [
        ("met", True),
        ("met", True),
        ("failed", False),
    ]
    assert verdicts(found)["population"] == "failed"


def test_case_5_duration_coordinator_and_deadline():
    late = idem([("14001", 1200)], answers={"start_on": "2016-09-01", "end_on": "2018-09-30", "started": "no"})
    assert verdicts(ask("idem-2016", late))["duration"] == "failed"
    consultant = {
        **idem([("14001", 1200)])["answers"],
        "coordinator_email": "jean@cabinet.example",
        "authority_email": "mairie@commune.example",
    }
    assert verdicts(ask("idem-2016", idem([("14001", 1200)], answers=consultant)))["coordinator"] == "to_examine"
    refused = ask("idem-2016", idem([("14001", 1200)], filed_at="2016-07-01T00:00:01"))["filing"]
    assert (refused["accepted"], refused["code"]) == (False, "late")
    assert ask("idem-2016", idem([("14001", 1200)]))["filing"]["accepted"]


# Case 3 and fixture F2: a public owner.
def owner(form="commune", **changes):
    return {
        "filed_at": "2026-03-01",
        "applicant": {"legal_form": form, "vat": "recovers"},
        "answers": {"all_professionals": "yes", "study_done": "yes"},
        "expenses": [{"category": "works", "ht": "100000", "vat": "20000"}],
        "pieces": ["study"],
        **changes,
    }


def test_case_3_who_and_what():
    assert ask("creation-investissement", owner("association"))["verdict"] == "ineligible"
    assert ask("creation-investissement", owner("spl"))["verdict"] == "incomplete"
    assert ask("creation-investissement", owner("spl", pieces=["study", "delegation"]))["verdict"] == "eligible"
    no_study = {"all_professionals": "yes", "study_done": "no"}
    assert ask("creation-investissement", owner(answers=no_study, pieces=[]))["verdict"] == "ineligible"
    assert ask("creation-investissement", owner())["aid"]["total_cents"] == 2_500_000


def test_case_3_the_delegate_is_the_beneficiary_and_the_agreement_names_both():
    delegate = {"name": "SPL du Bocage", "legal_form": "spl", "vat": "recovers"}
    owned = {"name": "Commune de Vire", "legal_form": "commune"}
    both = ask("creation-investissement", owner(applicant=delegate, owner=owned, pieces=["study", "delegation"]))
    assert (both["verdict"], verdicts(both)["delegation"]) == ("eligible", "met")
    assert both["beneficiary"] == {
        "name": "SPL du Bocage",
        "owner": "Commune de Vire",
        "agreement_names": ["SPL du Bocage", "Commune de Vire"],
    }
    private = {"name": "Les Amis", "legal_form": "association"}
    assert ask("creation-investissement", owner(applicant=delegate, owner=private))["verdict"] == "ineligible"
    assert verdicts(ask("creation-investissement", owner("spl")))["delegation"] == "missing"
    town = ask("creation-investissement", owner(applicant={"name": "Vire", "legal_form": "commune", "vat": "recovers"}))
    assert (town["beneficiary"]["owner"], "delegation" in verdicts(town)) == (None, False)


def half_from_the_region():
    scheme = document("creation-investissement")
    scheme["aid"]["components"][0]["rates"] = [{"rate": "50 %"}]
    return scheme


def test_f2_all_public_money():
    asked = [
        {"source": "public", "funder": "region", "state": "asked", "amount": "50000"},
        {"source": "public", "funder": "FEDER", "state": "asked", "amount": "40000"},
    ]
    found = ask(half_from_the_region(), owner(funding=asked))
    limit = found["limits"][0]
    assert (limit["code"], limit["verdict"], limit["over_cents"]) == ("own_share", "failed", 1_000_000)
    assert found["aid"]["total_cents"] == 4_000_000
    assert sum(line["amount_cents"] for line in found["aid"]["lines"]) == 4_000_000


def test_f2_with_private_money():
    funding = [{"source": "private", "amount": "20000"}]
    found = ask(half_from_the_region(), owner(funding=funding))
    assert found["limits"][0]["room_cents"] == 6_400_000
    assert "16\u202f000" in found["limits"][0]["message"]


# Fixture F1: de minimis over three rolling years.
EARLIER = [
    {"granted_on": "2023-03-10", "amount": "120000", "regime": "de_minimis"},
    {"granted_on": "2024-06-01", "amount": "150000", "regime": "de_minimis", "undertaking": "linked"},
]


@pytest.mark.parametrize(
    ("decided", "room", "total", "effect"),
    [
        ("2026-02-15", 3_000_000, 3_000_000, "reduce"),
        ("2026-03-11", 15_000_000, 6_000_000, "reduce"),
        ("2026-03-10", 15_000_000, 6_000_000, "reduce"),
        ("2026-03-09", 3_000_000, 3_000_000, "reduce"),
        ("2026-02-15", 3_000_000, 0, "block"),
    ],
)
def test_f1_de_minimis(decided, room, total, effect):
    scheme = document("de-minimis")
    scheme["limits"][0]["effect"] = effect
    case = {
        "filed_at": "2026-01-20",
        "decided_on": decided,
        "applicant": {"legal_form": "company", "vat": "recovers"},
        "expenses": [{"category": "equipment", "ht": "120000", "vat": "0"}],
        "earlier_aids": EARLIER,
    }
    found = ask(scheme, case)
    assert found["limits"][0]["room_cents"] == room
    assert found["aid"]["total_cents"] == total
    assert found["aid"]["possible"] == (total > 0)


# Case 4: consortium.
def consortium(**changes):
    partners = [
        {"name": "Les Ateliers", "lead": "yes", "share": "50 %", "confirmed": "yes"},
        {"name": "Commune de Domfront", "share": "30 %", "confirmed": "yes"},
        {"name": "Lycée des Andaines", "share": "20 %", "confirmed": "yes"},
    ]
    return {
        "filed_at": "2026-02-10",
        "applicant": {"name": "Les Ateliers", "legal_form": "association", "vat": "not_recovered"},
        "answers": {"name": "La Halte", "story": "Un lieu"},
        "partners": partners,
        "expenses": [{"category": "fitting_out", "ht": "20000.01", "vat": "4000", "year": 2026}],
        "pieces": ["letter", "quotes", "statutes"],
        "facts": {"network.minutes_to_nearest_place": 34},
        **changes,
    }


def test_case_4_consortium():
    found = ask("fabrique-initiatives", consortium())
    assert found["verdict"] == "eligible"
    assert found["aid"]["total_cents"] == 1_200_001
    assert sum(found["aid"]["by_partner"].values()) == 1_200_001
    assert found["aid"]["by_partner"]["Lycée des Andaines"] == 240_000


def test_case_4_lead_shares_confirmation_and_next_wave():
    outside = consortium(applicant={"name": "Un Autre", "legal_form": "association"})
    assert verdicts(ask("fabrique-initiatives", outside))["lead_is_partner"] == "failed"
    partners = consortium()["partners"]
    partners[1]["share"], partners[2]["confirmed"] = "40 %", "no"
    found = verdicts(ask("fabrique-initiatives", consortium(partners=partners)))
    assert (found["shares_total"], found["partners_confirmed"]) == ("failed", "missing")
    moved = ask("fabrique-initiatives", consortium(filed_at="2026-04-15"))["filing"]
    assert (moved["accepted"], moved["code"], moved["wave"]) == (True, "next_wave", "autumn")


# Case 6: the Region and Europe, and an AMI without money.
def test_case_6_shared_between_funders():
    case = {
        "applicant": {"legal_form": "hospital", "vat": "not_recovered"},
        "themes": ["care_pathway"],
        "expenses": [
            {"category": "equipment", "ht": "50000", "vat": "10000", "year": 2026},
            {"category": "staff", "ht": "40000", "year": 2027},
        ],
        "funding": [{"source": "public", "funder": "Département", "state": "asked", "amount": "15900"}],
    }
    found = ask("e-sante-feder", case)
    assert found["aid"]["spending_kept_cents"] == 10_600_000
    assert found["limits"][0]["room_cents"] == 6_890_000
    assert found["aid"]["total_cents"] == 6_890_000
    assert sum(found["aid"]["by_funder"].values()) == 6_890_000
    assert sum(found["aid"]["by_year"].values()) == 6_890_000


def test_case_6_an_ami_gives_no_money():
    found = ask("e-sante-ami", {"filed_at": "2018-05-27T23:59", "answers": {"idea": "Télésoin"}})
    assert found["aid"] is None
    assert found["filing"]["accepted"]


# Fixtures F4 and F5: the republican commitment is asked of some; shares to the cent.
@pytest.mark.parametrize(
    ("form", "asked"),
    [("association", True), ("foundation", True), ("commune", False), ("sem", False), ("company", False)],
)
def test_f4_republican_commitment(form, asked):
    scheme = document("fabrique-initiatives")
    scheme["pieces"] = [
        {
            "code": "cer",
            "label": "Contrat",
            "when": {"fact": "applicant.legal_form", "in": ["association", "foundation"]},
        }
    ]
    found = ask(scheme, {"applicant": {"legal_form": form}})["pieces"]
    assert found[0]["required"] is asked


def test_f5_one_aid_for_two_beneficiaries():
    scheme = document("fabrique-initiatives")
    scheme["aid"]["components"] = [{"code": "sum", "label": "Somme", "amount": "27501", "within_spending": False}]
    partners = [{"name": "A", "share": "0.8", "lead": "yes"}, {"name": "B", "share": "0.2"}]
    found = ask(
        scheme, consortium(partners=partners, applicant={"name": "A", "legal_form": "association", "vat": "recovers"})
    )
    assert found["aid"]["by_partner"] == {"A": 2_200_080, "B": 550_020}
