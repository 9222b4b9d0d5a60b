"""Deadlines at the second, in Paris, across the change of hour; waves; amendments layered on an edition."""

import pytest

from escale.rules.scheme import trial
from escale.rules.scheme.document import read_scheme
from tests.rules.scheme.test_reference import FIRST

WAVES = {
    "kind": "waves",
    "late": "next_wave",
    "waves": [
        {"code": "spring", "opens": "2026-03-01", "closes": "2026-03-29"},
        {"code": "autumn", "opens": "2026-09-01T09:00", "closes": "2026-10-25T12:00"},
    ],
}


def filed(at, calendar, *amendments):
    document, problems = read_scheme({**FIRST, "calendar": calendar})
    assert problems == []
    edition = trial.load(document, amendments)
    typed, problems = edition.case({"filed_at": at})
    assert problems == []
    found = trial.answer(edition, typed)["filing"]
    return found["accepted"], found["code"], found["wave"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-02-28T23:59:59", (False, "not_open", None)),
        ("2026-03-01T00:00:00", (True, None, "spring")),
        ("2026-03-29T23:59:59.999", (True, None, "spring")),
        ("2026-03-29T21:59:59Z", (True, None, "spring")),
        ("2026-03-29T22:00:00Z", (True, "next_wave", "autumn")),
        ("2026-09-01T08:59:59", (True, "next_wave", "autumn")),
        ("2026-10-25T11:00:00Z", (True, None, "autumn")),
        ("2026-10-25T11:00:01Z", (False, "late", None)),
        ("2026-10-25T12:00:00+02:00", (True, None, "autumn")),
    ],
)
def test_waves_at_the_second(at, expected):
    assert filed(at, WAVES) == expected


def test_late_between_waves_is_refused_unless_the_text_says_otherwise():
    assert filed("2026-04-01", {**WAVES, "late": "refuse"}) == (False, "late", None)


def test_a_prolongation_moves_one_closing():
    assert filed("2026-03-31", WAVES, {"kind": "prolong", "until": "2026-03-31", "wave": "spring"}) == (
        True,
        None,
        "spring",
    )
    assert filed("2026-10-26", WAVES, {"kind": "prolong", "until": "2026-10-31"}) == (True, None, "autumn")


def test_the_last_amendment_holds():
    later = {"kind": "prolong", "until": "2026-12-31"}
    sooner = {"kind": "close", "until": "2026-11-15T10:00"}
    assert filed("2026-11-16", FIRST["calendar"], later) == (True, None, None)
    assert filed("2026-11-16", FIRST["calendar"], later, sooner) == (False, "late", None)


def test_a_permanent_scheme_is_always_open():
    assert filed("2031-01-01", {"kind": "permanent"}) == (True, None, None)
    assert filed("2026-01-04", {"kind": "permanent", "opens": "2026-01-05"}) == (False, "not_open", None)


def test_partners_that_nobody_told_are_unknown():
    document, _problems = read_scheme({**FIRST, "partners": {"least": 3}})
    edition = trial.load(document)
    for given, verdict in (({}, "missing"), ({"partners": []}, "failed")):
        found = trial.answer(edition, edition.case(given)[0])
        assert next(one["verdict"] for one in found["criteria"] if one["code"] == "partners_count") == verdict
