"""What people type, and what it means: or the sentence that asks again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.foundation.questionnaires.questions import Kind, Option, Question
from escale.foundation.questionnaires.reading import clean, read

OPTIONS = (Option("a", "Premier"), Option("b", "Second"), Option("c", "Troisième"))


def question(kind, **values):
    return Question("q", Kind(kind), "Question", options=OPTIONS, **values)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("amount", "1 234,50", "1234.50"),
        ("amount", "1\u202f234,50 €", "1234.50"),
        ("amount", "1234.5", "1234.50"),
        ("amount", "12.345,60", "12345.60"),
        ("amount", "0", "0"),
        ("whole", "1 234", 1234),
        ("number", "12,5", "12.5"),
        ("number", "12,0", 12),
        ("share", "33,33 %", "33.33 %"),
        ("share", "100", "100 %"),
        ("share", "0", "0 %"),
        ("date", "31/01/2026", "2026-01-31"),
        ("date", "2026-01-31", "2026-01-31"),
        ("date", "1er février 2026", "2026-02-01"),
        ("date", "3 janv. 2026", "2026-01-03"),
        ("date", "29.2.2028", "2028-02-29"),
        ("yes_no", "oui", True),
        ("yes_no", "no", False),
        ("choice", "b", "b"),
        ("choices", ["c", "a"], ["a", "c"]),
        ("phone", "02.31.00 00 00", "0231000000"),
        ("phone", "0033 2 31 00 00 00", "+33231000000"),
        ("url", "www.exemple.fr/page", "https://www.exemple.fr/page"),
        ("email", " mairie@exemple.fr ", "mairie@exemple.fr"),
        ("commune", "Honfleur (14333)", "14333"),
        ("commune", "2a004", "2A004"),
        ("siret", "732 829 320 00074", "73282932000074"),
        ("iban", "FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
        ("text", "  Été à l’Aître-Saint-Maclou ", "Été à l’Aître-Saint-Maclou"),
    ],
)
def test_is_understood(kind, typed, value):
    assert read(question(kind), typed).value == value


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("amount", "1.234", "ambiguous"),
        ("amount", "1,234", "ambiguous"),
        ("amount", "douze", "not_an_amount"),
        ("amount", "-5", "negative"),
        ("amount", "1,2345", "not_an_amount"),
        ("number", "1.234", "ambiguous"),
        ("whole", "12,5", "not_whole"),
        ("whole", "٣", "not_a_number"),
        ("share", "101", "not_a_share"),
        ("date", "31/02/2026", "impossible_date"),
        ("date", "03/04/26", "short_year"),
        ("date", "demain", "not_a_date"),
        ("date", "3 ju 2026", "not_a_date"),
        ("yes_no", "peut-être", "not_yes_no"),
        ("choice", "z", "unknown_option"),
        ("choices", ["a", "z"], "unknown_option"),
        ("phone", "0231", "phone"),
        ("email", "mairie@exemple", "email"),
        ("url", "pas une page", "url"),
        ("commune", "Honfleur", "commune"),
        ("siret", "732 829 320 00075", "siret_key"),
        ("siret", "732", "siret"),
        ("iban", "FR14 2004 1010 0505 0001 3M02 607", "iban_key"),
        ("iban", "FR14 2004", "iban"),
        ("text", "deux\nlignes", "one_line"),
        ("text", "x" * 501, "too_long"),
        ("long_text", "x" * 20_001, "too_long"),
    ],
)
def test_is_asked_back_in_words(kind, typed, code):
    result = read(question(kind), typed)
    assert (result.value, result.code) == (None, code)
    assert result.problem.endswith((".", "?"))


def test_bounds_say_their_figure():
    assert "2026" in read(question("whole", most=2026), "2027").problem
    assert "5" in read(question("amount", least=5), "4,99").problem
    assert read(question("choices", most=2), ["a", "b", "c"]).code == "too_many"
    assert read(question("choices", least=2), ["a"]).code == "too_few"


def test_nothing_typed_is_no_answer():
    for kind in Kind:
        assert read(question(kind), " ").is_empty
        assert read(question(kind), []).is_empty


@given(typed=st.text(alphabet=st.characters(), max_size=80), kind=st.sampled_from(list(Kind)))
def test_whatever_is_typed_is_read_or_asked_back(typed, kind):
    kept = clean(typed)
    result = read(question(kind), kept)
    assert result.is_empty or (result.value is None) != (result.problem == "")
    assert "\0" not in kept
    kept.encode()
