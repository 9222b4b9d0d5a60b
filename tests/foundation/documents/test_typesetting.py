"""Papers are accessible, the same bytes for the same words, and no name can stop one."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escale.foundation.documents import typesetting

PAPER = Path(__file__).with_name("paper.typ")
DATA = {"title": "Accusé de réception", "words": "Reçu : 12 500 €\n\nMerci", "rows": [["a", "1"]]}


def test_same_words_same_bytes():
    first = typesetting.pdf(PAPER, DATA)
    assert first == typesetting.pdf(PAPER, DATA)
    assert first.startswith(b"%PDF-")
    assert first != typesetting.pdf(PAPER, {**DATA, "title": "Autre"})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_declares_that_everyone_can_read_it(language):
    made = typesetting.pdf(PAPER, DATA, language)
    assert b"pdfuaid" in made
    assert b"MarkInfo" in made
    assert f"/Lang({language})".encode() in made


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_text_stops_a_paper(text):
    assert typesetting.pdf(PAPER, {**DATA, "title": f"N° {text}", "words": text})


def test_what_was_typed_is_never_code():
    typesetting.pdf(PAPER, {**DATA, "words": '#panic("x") $x^2$ *gras* #read("/etc/passwd") \\ ` </x>'})


def test_a_paper_without_a_title_is_a_fault():
    with pytest.raises(typesetting.PaperFault, match="title"):
        typesetting.pdf(PAPER.with_name("untitled.typ"), DATA)
