"""Names with every surprise of Unicode become names that can be shown, stored and saved."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escale.foundation.documents import names


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("devis.pdf", "devis.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\plan.png", "plan.png"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("a\u200b\u2066b\x00\x1f.pdf", "ab.pdf"),
        ("  mon\u00a0  devis  .pdf ", "mon devis.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("", "document"),
        ("...", "document"),
        (".pdf", "document.pdf"),
        ("\u202e", "document"),
        ("é" * 300 + ".pdf", "é" * 146 + ".pdf"),
        ("村役場.pdf", "村役場.pdf"),
    ],
)
def test_clean(given_name, kept):
    assert names.clean(given_name) == kept


@given(st.text(max_size=400))
def test_always_safe_and_stable(text):
    kept = names.clean(text)
    assert 0 < len(kept) <= names.LONGEST
    assert names.clean(kept) == kept
    assert not set(kept) & set('/\\<>:"|?*')
    assert all(unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp") for character in kept)
