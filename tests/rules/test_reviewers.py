"""Proposals of reviewers: load, theme, territory, whoever is barred; nobody twice, ties said by name."""

from hypothesis import given
from hypothesis import strategies as st

from escale.rules.reviewers import Candidate, Wanted, ordered, propose

ANNE, BORIS, CHLOE = (Candidate(n, name, 0) for n, name in enumerate(("Anne", "Boris", "Chloé"), 1))


def names(choices):
    return [one.candidate.name for one in choices]


def test_the_least_loaded_come_first_and_loads_grow():
    found = propose([Wanted(10, 2), Wanted(11, 2), Wanted(12, 2)], [CHLOE, BORIS, ANNE])
    assert [names(found[key]) for key in (10, 11, 12)] == [["Anne", "Boris"], ["Chloé", "Anne"], ["Boris", "Chloé"]]


def test_a_theme_is_worth_two_dossiers_and_a_territory_one():
    knows = Candidate(4, "Zoé", 2, frozenset({"care"}), frozenset({"14"}))
    dossier = Wanted(1, 1, ("food", "care"), "14")
    (choice,) = propose([dossier], [ANNE, knows])[1]
    assert (choice.candidate.name, choice.theme, choice.departement, choice.load) == ("Zoé", "care", "14", 2)
    assert names(propose([dossier], [ANNE, Candidate(4, "Zoé", 3, knows.themes, knows.departements)])[1]) == ["Anne"]
    assert names(
        propose([Wanted(1, 1, (), "14")], [ANNE, Candidate(4, "Zoé", 1, departements=frozenset({"14"}))])[1]
    ) == ["Anne"]


def test_whoever_is_barred_is_never_proposed():
    assert names(propose([Wanted(1, 3, barred=frozenset({1}))], [ANNE, BORIS])[1]) == ["Boris"]
    assert names(ordered(Wanted(1, 1, barred=frozenset({2})), [CHLOE, BORIS, ANNE])) == ["Anne", "Chloé"]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=30), st.integers(1, 6))
def test_loads_stay_within_one_of_each_other_when_nothing_else_counts(asked, people):
    candidates = [Candidate(n, f"{n:02d}", 0) for n in range(people)]
    found = propose([Wanted(key, n) for key, n in enumerate(asked)], candidates)
    loads = [sum(one.candidate.key == n for choices in found.values() for one in choices) for n in range(people)]
    assert max(loads) - min(loads) <= 1
    assert all(len(found[key]) == min(n, people) == len(set(names(found[key]))) for key, n in enumerate(asked))
