"""What holds for any scheme and any case: sums to the cent, caps, order, growth."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from escale.rules.scheme import trial
from escale.rules.scheme.document import read_scheme
from tests.rules.scheme.test_reference import FIRST

cents = st.integers(0, 30_000_000)
rates = st.sampled_from(["12.5 %", "33.33 %", "40 %", "66.67 %", "100 %"])
amounts = st.integers(1, 20_000_000)


def euros(value):
    return f"{value // 100}.{value % 100:02d}"


@st.composite
def schemes(draw):
    """A scheme with two components, two funders, caps, a limit, perhaps groups and rounding."""
    scheme = copy.deepcopy(FIRST)
    first = {"code": "a", "label": "A", "rates": [{"rate": draw(rates), "cap": euros(draw(amounts))}]}
    first["cap_on"] = draw(st.sampled_from(["aid", "spending"]))
    second = {
        "code": "b",
        "label": "B",
        "funder": "feder",
        "base": {"categories": ["staff"]},
        "rates": [{"rate": draw(rates)}],
    }
    if draw(st.booleans()):
        first["split"] = [{"funder": "region", "share": "33.33 %"}, {"funder": "feder", "share": "66.67 %"}]
    aid = {
        "funders": [{"code": "region", "label": "Région"}, {"code": "feder", "label": "FEDER"}],
        "components": [first, second],
        "caps": [{"amount": euros(draw(amounts))}, {"amount": euros(draw(amounts)), "per_year": "yes"}],
        "rounding": draw(st.sampled_from(["cent", "euro", "euro_down", "hundred_down"])),
    }
    if draw(st.booleans()):
        first["bonuses"] = [
            {"when": {"always": "yes"}, "points": draw(st.sampled_from(["10 %", "-10 %"])), "of": "aid"}
        ]
        first["caps"] = [
            {"amount": euros(draw(amounts)), "on": "spending", "per_year": draw(st.sampled_from(["yes", "no"]))}
        ]
    if draw(st.booleans()):
        cap = {"label": "C", "categories": ["works", "studies"], "amount": euros(draw(amounts))}
        aid["spending_caps"] = [{**cap, "per_year": draw(st.sampled_from(["yes", "no"]))}]
    if draw(st.booleans()):
        aid["groups"] = [
            {"code": "g", "label": "G", "take": draw(st.sampled_from(["sum", "better", "worse", "first"]))}
        ]
        first["group"] = second["group"] = "g"
    scheme["aid"] = aid
    cuts = draw(st.sampled_from([{}, {"cuts": ["feder"]}, {"cuts": ["region", "feder"]}]))
    scheme["limits"] = [
        {**cuts, "code": "public_total", "rate": "80 %", "effect": draw(st.sampled_from(["reduce", "block"]))}
    ]
    return scheme


@st.composite
def cases(draw):
    """Expenses over two years, one other funder, three partners."""
    row = st.tuples(st.sampled_from(["works", "studies", "staff", "land"]), cents, st.sampled_from([2026, 2027]))
    expenses = [{"category": c, "ht": euros(n), "vat": "0", "year": y} for c, n, y in draw(st.lists(row, max_size=6))]
    return {
        "applicant": {"legal_form": "commune", "vat": "recovers"},
        "partners": [
            {"name": name, "share": share} for name, share in (("x", "33.33 %"), ("y", "33.33 %"), ("z", "33.34 %"))
        ],
        "expenses": expenses,
        "funding": [{"source": "public", "funder": "État", "amount": euros(draw(cents))}],
    }


def ask(scheme, case):
    document, problems = read_scheme(scheme)
    assert problems == []
    edition = trial.load(document)
    typed, problems = edition.case(case)
    assert problems == []
    return trial.answer(edition, typed)


@settings(max_examples=120, deadline=None)
@given(schemes(), cases())
def test_every_cent_is_explained_and_shared(scheme, case):
    aid = ask(scheme, case)["aid"]
    total = aid["total_cents"]
    assert total >= 0
    assert sum(line["amount_cents"] for line in aid["lines"]) == total
    assert sum(aid["by_funder"].values()) == total
    assert sum(aid["by_partner"].values()) == total
    if case["expenses"]:
        assert sum(aid["by_year"].values()) == total
    assert all(value >= 0 for part in ("by_funder", "by_partner", "by_year") for value in aid[part].values())


@settings(max_examples=80, deadline=None)
@given(schemes(), cases())
def test_caps_and_limits_hold(scheme, case):
    found = ask(scheme, case)
    slack = 50 if scheme["aid"]["rounding"] == "euro" else 0
    cap = round(float(scheme["aid"]["caps"][0]["amount"]) * 100)
    assert found["aid"]["total_cents"] <= cap + slack
    assert found["aid"]["total_cents"] <= found["limits"][0]["room_cents"] + slack


@settings(max_examples=60, deadline=None)
@given(schemes(), cases(), st.randoms(use_true_random=False))
def test_the_order_of_expenses_changes_nothing(scheme, case, random):
    shuffled = {**case, "expenses": random.sample(case["expenses"], len(case["expenses"]))}
    assert ask(scheme, shuffled)["aid"]["total_cents"] == ask(scheme, case)["aid"]["total_cents"]


@settings(max_examples=60, deadline=None)
@given(cases(), cents)
def test_more_spending_never_gives_less(case, more):
    larger = {
        **case,
        "expenses": [*case["expenses"], {"category": "works", "ht": euros(more), "vat": "0", "year": 2026}],
    }
    assert ask(FIRST, larger)["aid"]["total_cents"] >= ask(FIRST, case)["aid"]["total_cents"]


@settings(max_examples=60, deadline=None)
@given(schemes())
def test_the_canonical_form_is_its_own_canonical_form(scheme):
    document, _problems = read_scheme(scheme)
    assert read_scheme(document) == (document, [])
