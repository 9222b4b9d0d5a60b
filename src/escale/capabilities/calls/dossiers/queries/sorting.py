"""Which piece a file is, told by its name: a proposal that the person may change, never a guess between two."""

from typing import Any

from escale.foundation.territory.names import fold

#: Words that say nothing, and how many letters make a word speak.
_EMPTY = {"pour", "dans", "avec", "sans", "votre", "piece", "document", "copie", "scan", "fichier", "projet", "version"}
_LETTERS = 4
_STEM = 6


def piece_for(name: str, specs: list[dict[str, Any]], given: set[str]) -> str:
    """The code of the only piece still awaited that shares most words with the file's name; empty when none does."""
    words = _stems(name.rpartition(".")[0] or name)
    marks = []
    for spec in specs:
        if spec["code"] in given:
            continue
        own = _stems(f"{spec['label']} {spec['code'].replace('_', ' ')}")
        marks.append((len(words & own), spec["code"]))
    best = max((mark for mark, _code in marks), default=0)
    codes = [code for mark, code in marks if mark == best]
    return codes[0] if best and len(codes) == 1 else ""


def _stems(text: str) -> set[str]:
    words = fold(text.replace("_", " ")).split()
    return {word[:_STEM] for word in words if len(word) >= _LETTERS and word not in _EMPTY} | {
        word for word in words if word in {"rib", "pv", "cv", "kbis"}
    }
