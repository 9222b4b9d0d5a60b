"""Names of communes as people type them: accents, ligatures, hyphens and Saint's abbreviations forgiven."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": " ", "'": " ", "-": " "})
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints"}


def fold(text: str) -> str:
    """Lower case, without accents, one space between words, ``St`` written ``saint``."""
    bare = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    words = re.findall(r"[a-z0-9]+", "".join(c for c in bare if not unicodedata.combining(c)))
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)
