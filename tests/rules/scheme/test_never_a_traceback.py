"""Whatever is put in a scheme or a case: problems in words, never an exception."""

import copy
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from escale.rules.scheme import trial
from escale.rules.scheme.document import read_scheme
from tests.rules.scheme.test_reference import examples

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
