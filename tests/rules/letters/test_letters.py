"""The language of letters: read, checked against an edition, filled; nothing typed is ever run."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.rules.letters import fields, remedies, text
from escale.rules.letters.standard import STANDARD

DOCUMENT = {"scoring": {"marks": []}, "texts": {"duties": "Afficher le logo."}}


def problems(body, kind="award", title="Objet", document=DOCUMENT, answers=()):
    return [one.code for one in text.check(title, body, kind=kind, document=document, answers=answers)]


AWARD = "{{ montant accordé }} {{ référence de la délibération }} {{ date du vote }}"


@pytest.mark.parametrize("kind", fields.KINDS)
def test_each_model_that_comes_with_the_product_suits_any_call(kind):
    title, body = STANDARD[kind]
    for document in (DOCUMENT, {}):
        assert text.check(title, body, kind=kind, document=document, answers=()) == []


def test_a_field_is_named_by_its_words_whatever_accents_and_capitals():
    for words in ("montant accordé", "Montant Accorde", " MONTANT  accordé ", "award.amount"):
        assert fields.found(words).code == "award.amount"
    assert fields.found("titre de l'appel").code == "call.title"
    assert fields.found("réponse nb_postes").code == "answer.nb_postes"
    assert fields.found("montant") is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (AWARD + " {{ montan accordé }}", "unknown_field"),
        (AWARD + " {{ montant accordé", "unclosed_field"),
        (AWARD + " {{ rang en liste d’attente }}", "field_not_here"),
        (AWARD + " {{ réponse inconnue }}", "field_not_here"),
        ("Bonjour {{ montant accordé }}", "field_required"),
        (AWARD + "\n\n{{ calcul de l’aide }} et la suite", "list_inside"),
        (AWARD + " {% load os %}{{ settings.SECRET_KEY }}", "unknown_field"),
        (AWARD + "x" * 12_001, "too_long"),
        ("  ", "empty"),
    ],
)
def test_what_cannot_be_written_is_said(body, code):
    assert code in problems(body)


def test_a_near_miss_is_helped_and_the_line_is_told():
    (first, *_rest) = text.check("Objet", f"{AWARD}\n\n{{{{ montan accordé }}}}", kind="award", document={}, answers=())
    assert first.line == 3
    assert "Vouliez-vous « montant accordé » ?" in first.message


def test_a_field_that_the_edition_lacks_is_refused_and_an_answer_is_known_by_its_code():
    grid = AWARD + " {{ note obtenue }}"
    assert problems(grid) == []
    assert problems(grid, document={}) == ["field_not_here"]
    assert problems(AWARD + "\n\n? Note : {{ note obtenue }}", document={}) == []
    assert problems(AWARD + " {{ réponse surface }}", answers=("surface",)) == []


def test_a_letter_is_filled_and_says_what_is_missing():
    letter = text.Letter(
        "Dossier {{ numéro du dossier }}", "Voici {{ montant accordé }}.\n\n? Reste : {{ motifs }}\n\n---\n\n# Fin"
    )
    filled = letter.fill({"dossier.number": "N26-1", "award.amount": "12 €"})
    assert filled.missing == []
    assert filled.content == {
        "title": "Dossier N26-1",
        "before": [{"kind": "text", "text": "Voici 12 €."}],
        "after": [{"kind": "heading", "text": "Fin"}],
    }
    assert letter.fill({"dossier.number": "", "award.amount": ""}).missing == ["montant accordé", "numéro du dossier"]


def test_lists_end_their_paragraph_and_become_rows_or_points():
    letter = text.Letter("Objet", "Motifs : {{ motifs }}\n\nCalcul : {{ calcul de l’aide }}")
    filled = letter.fill({"decision.reason": ["un", "deux"], "award.lines": [["Base", "10 €"]]})
    assert filled.before == [
        {"kind": "text", "text": "Motifs :"}, {"kind": "points", "points": ["un", "deux"]},
        {"kind": "text", "text": "Calcul :"}, {"kind": "rows", "rows": [["Base", "10 €"]]},
    ]  # fmt: skip
    assert text.as_text(filled.content) == "Motifs :\n\n- un\n- deux\n\nCalcul :\n\nBase : 10 €"


@given(st.text(max_size=400), st.text(max_size=60))
def test_nothing_typed_is_run_nor_breaks(body, title):
    text.check(title, body, kind="refusal", document={}, answers=())
    filled = text.Letter(title, body).fill({})
    assert isinstance(filled.content, dict)


@given(st.text(min_size=1, max_size=80))
def test_a_value_is_never_read_again_as_a_field(value):
    filled = text.Letter("Objet", "Nom : {{ nom du déposant }} !").fill({"applicant.name": "{{ motifs }}" + value})
    assert filled.missing == []
    assert "{{ motifs }}" in filled.before[0]["text"]


@pytest.mark.parametrize(
    ("read", "last"),
    [
        (datetime(2026, 3, 10, 9, tzinfo=UTC), date(2026, 5, 11)),
        (datetime(2026, 6, 12, 9, tzinfo=UTC), date(2026, 8, 13)),
        (datetime(2026, 9, 30, 9, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 3, 6, 9, tzinfo=UTC), date(2026, 5, 7)),
        (datetime(2026, 3, 7, 9, tzinfo=UTC), date(2026, 5, 11)),  # 8 May a holiday, then a week-end
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2027, 3, 2)),  # already January in Paris
    ],
)
def test_the_delay_is_clear_and_ends_on_a_working_day(read, last):
    assert remedies.last_day(read) == last


def test_the_remedies_name_the_court_and_both_ways():
    said = " ".join(remedies.standard("tribunal administratif de Caen"))
    assert "gracieux" in said and "tribunal administratif de Caen" in said and "telerecours.fr" in said
