"""Figures inside sentences are written as the language of whoever reads writes them."""

import gettext
from fractions import Fraction
from pathlib import Path

from escale.rules import words
from escale.rules.figures import shown_number, shown_rate
from escale.rules.money import cents_typed, shown_euros

LOCALE = Path(__file__).resolve().parents[2] / "src/escale/site/locale"


def test_french_is_the_source():
    assert shown_euros(-1_250_050) == "−12\u202f500,50\u202f€"
    assert (shown_number(Fraction(12345, 10)), shown_rate(Fraction(1, 3))) == ("1\u202f234,5", "33,33\u202f%")


def test_english_has_its_own_marks():
    with words.speaking(gettext.translation("django", LOCALE, languages=["en"]).gettext):
        assert shown_euros(-1_250_050) == "−€12,500.50"
        assert (shown_number(1_234_567), shown_number(Fraction(12345, 10))) == ("1,234,567", "1,234.5")
        assert shown_rate(Fraction(1, 3)) == "33.33%"


def test_the_amount_given_as_an_example_can_be_typed_in_both():
    assert cents_typed("1 250,50") == cents_typed("1,250.50") == 125_050
