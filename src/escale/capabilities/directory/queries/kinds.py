"""Which words of a file are which of our kinds of places."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from escale.foundation.territory.names import fold
from escale.rules.places import KINDS

#: Words met in columns of kinds → our codes.
KIND_WORDS = {
    "coworking": "coworking", "espace de travail": "coworking", "bureaux partages": "coworking", "tiers lieu": "coworking",
    "fablab": "fablab", "makerspace": "fablab", "epn": "digital_mediation", "mediation": "digital_mediation",
    "espace public numerique": "digital_mediation", "atelier": "craft_workshop", "culture": "culture", "culturel": "culture",
    "living lab": "living_lab", "cuisine": "shared_kitchen", "formation": "training_place",
}  # fmt: skip


class Kinds:
    """Which words of the file are which of our kinds: as a person said (``said``), else as ours are known.

    ``otherwise``: the kind of a line that says none; "" leaves it without one, in preparation. ``met``: words of the
    file → how many lines.
    """

    def __init__(self, said: Mapping[str, str] | None = None, otherwise: str = "") -> None:
        self.said, self.otherwise = said or {}, otherwise
        self.met: Counter[str] = Counter()

    def of(self, said: Mapping[str, str]) -> dict[str, Any]:
        """``{"kinds": …}`` of a line, or nothing."""
        text = said.get("kinds", "") or said.get("typology", "")
        words = [bare for part in re.split(r"[|;,/]", text) if (bare := fold(part)[:60])]
        self.met.update(dict.fromkeys(words, 1))
        found = [code for code in map(self.code, words) if code] or [self.otherwise]
        kinds = tuple(dict.fromkeys(code for code in found if code))
        return {"kinds": kinds} if kinds else {}

    def code(self, word: str) -> str:
        """Our kind for a word of the file (folded), or ""."""
        if word in self.said:
            return self.said[word]
        if word.replace(" ", "_") in KINDS:
            return word.replace(" ", "_")
        return next((code for known, code in KIND_WORDS.items() if known in word), "")
