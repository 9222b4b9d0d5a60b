"""Scores, ranks and the sharing of envelopes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.rules.allocation import (
    Beyond,
    Candidate,
    Envelope,
    Outcome,
    Partial,
    Quota,
    Settings,
    simulate,
)
from escale.rules.scoring import Criterion, Grid, rank, score

GRID = Grid(
    (
        Criterion("territory", 30, 5),
        Criterion("quality", 25, 5),
        Criterion("cooperation", 20, 5),
        Criterion("innovation", 15, 5),
        Criterion("model", 10, 5),
    ),
    minimum_hundredths=5000,
)


def marks(*values):
    return dict(zip(["territory", "quality", "cooperation", "innovation", "model"], values, strict=True))


def test_weighted_mean_and_spread():
    found = score(GRID, {"a": marks(5, 4, 3, 2, 1), "b": marks(4, 4, 4, 4, 4)})
    assert GRID.total == 100
    assert found.hundredths == (7000 + 8000) // 2
    assert found.spread == 1000
    assert found.by_criterion["territory"] == 2700


def test_an_unfinished_review_does_not_count():
    found = score(GRID, {"a": marks(5, 5, 5, 5, 5), "b": {"territory": 1}})
    assert found.hundredths == 10000
    assert ("b", "model") in found.missing


def test_nothing_to_say_without_review():
    assert score(GRID, {}).hundredths is None


def test_thirds_are_rounded_once():
    grid = Grid((Criterion("a", 10, 3),))
    assert score(grid, {"x": {"a": 1}, "y": {"a": 1}, "z": {"a": 2}}).hundredths == 444


def test_median():
    grid = Grid((Criterion("a", 20, 20),))
    reviews = {"x": {"a": 2}, "y": {"a": 10}, "z": {"a": 11}}
    assert score(grid, reviews, middle="median").hundredths == 1000


@pytest.mark.parametrize("bad", [{"territory": 6}, {"territory": -1}, {"beauty": 1}])
def test_marks_outside_the_grid_are_refused(bad):
    with pytest.raises(ValueError, match=r"territory|beauty"):
        score(GRID, {"a": bad})


def test_ties_share_their_position():
    ranks = rank([("a", 700), ("b", 900), ("c", 700), ("d", 100)])
    assert [(one.key, one.position, one.tied) for one in ranks] == [
        ("b", 1, 1),
        ("a", 2, 2),
        ("c", 2, 2),
        ("d", 4, 1),
    ]


def line_up(*amounts, **more):
    return [Candidate(f"d{n}", amount, n, **more) for n, amount in enumerate(amounts, 1)]


def outcomes(result):
    return [(line.outcome.value, line.amount_cents) for line in result.lines]


def test_cut_line_and_partial_award():
    result = simulate(line_up(40, 40, 40), [Envelope("region", 100)], Settings(waiting=1))
    assert outcomes(result) == [("funded", 40), ("funded", 40), ("partial", 20)]
    assert result.left_cents == {"region": 0}
    assert result.cut_after is None


def test_strict_line_stops_and_filling_goes_on():
    candidates = line_up(60, 60, 30)
    never = Settings(partial=Partial.NEVER, waiting=1)
    assert outcomes(simulate(candidates, [Envelope("r", 100)], never)) == [
        ("funded", 60),
        ("waiting", 0),
        ("unfunded", 0),
    ]
    fill = Settings(partial=Partial.NEVER, beyond=Beyond.FILL)
    assert outcomes(simulate(candidates, [Envelope("r", 100)], fill)) == [
        ("funded", 60),
        ("unfunded", 0),
        ("funded", 30),
    ]


def test_ties_are_funded_together_or_not_at_all():
    pair = [Candidate("a", 60, 1), Candidate("b", 60, 1)]
    together = simulate(pair, [Envelope("r", 100)])
    assert [line.outcome for line in together.lines] == [Outcome.UNFUNDED] * 2
    assert "égalité" in together.lines[0].reason
    apart = simulate(pair, [Envelope("r", 100)], Settings(ties_together=False))
    assert outcomes(apart) == [("funded", 60), ("partial", 40)]


def test_reserve_quota_and_minimum():
    candidates = [
        Candidate("a", 40, 1, territory="14"),
        Candidate("b", 40, 2, territory="14"),
        Candidate("c", 40, 3, territory="61"),
        Candidate("d", 10, 4, above_minimum=False),
    ]
    settings = Settings(quotas=(Quota("territory", "14", maximum_count=1),))
    result = simulate(candidates, [Envelope("r", 120, reserve_cents=20)], settings)
    assert [line.outcome.value for line in result.lines] == ["funded", "unfunded", "funded", "below_minimum"]
    assert result.left_cents == {"r": 20}


def test_envelopes_by_category_in_order():
    candidates = [
        Candidate("a", 50, 1, "health"),
        Candidate("b", 50, 2, "tourism"),
        Candidate("c", 50, 3, "health"),
    ]
    envelopes = [Envelope("health", 60, frozenset({"health"})), Envelope("all", 100)]
    result = simulate(candidates, envelopes)
    assert [line.envelope for line in result.lines] == ["health", "all", "all"]


lists = st.lists(st.integers(1, 500), max_size=40)


@given(lists, st.integers(0, 3000), st.sampled_from(Partial), st.sampled_from(Beyond))
def test_money_is_conserved(amounts, envelope, partial, beyond):
    result = simulate(line_up(*amounts), [Envelope("r", envelope)], Settings(partial=partial, beyond=beyond))
    assert result.spent_cents + result.left_cents["r"] == envelope
    assert result.left_cents["r"] >= 0
    for amount, line in zip(amounts, result.lines, strict=True):
        assert 0 <= line.amount_cents <= amount
        assert (line.outcome is Outcome.FUNDED) == (line.amount_cents == amount)


@given(lists, st.integers(0, 3000))
def test_a_strict_line_never_funds_below_an_unfunded_one(amounts, envelope):
    result = simulate(line_up(*amounts), [Envelope("r", envelope)], Settings(partial=Partial.NEVER))
    paid = [line.amount_cents > 0 for line in result.lines]
    assert paid == sorted(paid, reverse=True)
