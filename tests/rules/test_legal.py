"""Numbers that identify an organisation."""

import pytest

from escale.rules.legal import FAMILIES, LEGAL_FORMS, bare_number, iban_is_right, rna_is_right, siret_is_right


@pytest.mark.parametrize("siret", ["21140333200003", "73282932000074", "35600000000048", "35600000049837"])
def test_right_siret(siret):
    assert siret_is_right(siret)


@pytest.mark.parametrize("siret", ["21140333200004", "7328293200007", "7328293200007A", "", "35600000049838"])
def test_wrong_siret(siret):
    assert not siret_is_right(siret)


def test_other_numbers():
    assert bare_number(" 732 829 320-00074") == "73282932000074"
    assert rna_is_right("W142001234")
    assert not rna_is_right("142001234")
    assert iban_is_right("FR7630006000011234567890189")
    assert not iban_is_right("FR7630006000011234567890188")


def test_families_hold_known_forms():
    assert {form for members in FAMILIES.values() for form in members} <= set(LEGAL_FORMS)
