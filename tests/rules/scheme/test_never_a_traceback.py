"""Whatever is put in a scheme or a case: problems in words, never an exception."""

import copy
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from escale.rules.scheme import trial
from escale.rules.scheme.document import read_scheme
from tests.rules.scheme.test_reference import FIRST, examples

EXAMPLES = [(scheme, case) for scheme, case, _expected in examples()]
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["yes", "50 %", "2026-02-30", "2026-01-01", "1e9", "-1", "0", "is", "row.x", "answers.x", "9" * 40]),
)  # fmt: skip
junk = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


def places_of(node, found):
    """Every container and key of a tree."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        found.append((node, key))
        if isinstance(value, dict | list):
            places_of(value, found)
    return found


def spoilt(tree, value, seed):
    """The tree with one place replaced by junk."""
    tree = copy.deepcopy(tree)
    node, key = random.Random(seed).choice(places_of(tree, []))
    node[key] = value
    return tree


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(EXAMPLES), junk, st.integers(0, 10**6))
def test_a_spoilt_case(example, value, seed):
    scheme, case = example
    edition = trial.load(read_scheme(scheme)[0])
    typed, problems = edition.case(spoilt(case, value, seed))
    assert (typed is None) == bool(problems)
    if typed is not None:
        trial.answer(edition, typed)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(EXAMPLES), junk, st.integers(0, 10**6))
def test_a_spoilt_scheme(example, value, seed):
    scheme, case = example
    document, problems = read_scheme(spoilt(scheme, value, seed))
    assert (document is None) == bool(problems)
    if document is not None:
        edition = trial.load(document)
        typed, _problems = edition.case(case)
        if typed is not None:
            trial.answer(edition, typed)


def test_the_end_of_the_calendar_and_huge_numbers():
    """Days of the year 9999, durations of centuries, units without end: answered, in amounts that a database holds."""
    rules = [
        {"from": "answers.start_on", "to": "answers.end_on", "lasts_at_most": "99999 years"},
        {"from": "answers.end_on", "to": "answers.start_on", "lasts_more_than": "99999 days"},
        {"elapsed": "answers.start_on", "until": "answers.end_on", "until_included": "yes", "at_least": "2"},
        {"rounded": {"fact": "answers.workstations"}, "step": "0", "at_least": "1"},
        {"quotient": {"fact": "answers.workstations"}, "by": {"number": "0"}, "at_least": "1"},
    ]
    criteria = [{"code": f"c{n}", "title": "T", "rule": rule} for n, rule in enumerate(rules)]
    unit = {"code": "u", "label": "U", "per_unit": "999999999999.99", "units": {"fact": "answers.workstations"}}
    aid = {**FIRST["aid"], "components": [{**unit, "within_spending": "no"}]}
    limits = [{"code": "de_minimis", "effect": "reduce", "ceiling": "300000", "years": "10"}]
    answers = {"start_on": "0001-01-01", "end_on": "9999-12-31", "workstations": "999999999999999"}
    case = {
        "decided_on": "0001-01-02",
        "applicant": {"vat": "recovers"},
        "answers": answers,
        "expenses": [],
        "earlier_aids": [],
    }
    edition = trial.load(read_scheme({**FIRST, "criteria": criteria, "aid": aid})[0])
    found = trial.answer(edition, edition.case(case)[0])
    assert [one["verdict"] for one in found["criteria"][-5:]] == ["met", "failed", "met", "missing", "missing"]
    assert found["aid"]["total_cents"] < 2**63
    limited = trial.load(read_scheme({**FIRST, "aid": aid, "limits": limits})[0])
    assert trial.answer(limited, limited.case(case)[0])["aid"]["total_cents"] == 30_000_000
