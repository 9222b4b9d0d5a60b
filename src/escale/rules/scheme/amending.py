"""What acts change of a frozen document: a corrected text, an envelope; the document itself never changes.

Payloads: ``{"kind": "erratum", "place": "texts.aims", "text": …}`` and ``{"kind": "envelope", "code": …,
"amount": …}``. ``{"kind": "suspend"}`` and ``{"kind": "resume"}`` hold a call back and open it again. Closings are moved
by ``edition.load``; other kinds change no word.
"""

import json
from collections.abc import Iterable
from typing import Any

#: Parts whose texts an erratum may correct. Rules are never among them: they ask for a new edition.
CORRECTED = ("summary", "contact", "texts")


def layered(document: dict[str, Any], amendments: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The document as amended; the same object when nothing changes it."""
    found = [one for one in amendments if one.get("kind") in ("erratum", "envelope")]
    if not found:
        return document
    out: dict[str, Any] = json.loads(json.dumps(document))
    for one in found:
        if one["kind"] == "erratum":
            part, _point, word = one["place"].partition(".")
            if word:
                out.setdefault(part, {})[word] = one["text"]
            else:
                out[part] = one["text"]
        else:
            for envelope in out.get("envelopes", []):
                if envelope["code"] == one["code"]:
                    envelope["amount"] = one["amount"]
    return out


def suspended(amendments: Iterable[dict[str, Any]]) -> bool:
    """Whether the last word of the acts that suspend and resume is a suspension."""
    kinds = [one["kind"] for one in amendments if one.get("kind") in ("suspend", "resume")]
    return kinds[-1:] == ["suspend"]


def correctable(document: dict[str, Any]) -> list[tuple[str, str]]:
    """The texts that an erratum may correct: (place, text as it stands)."""
    found = []
    for part in CORRECTED:
        held = document.get(part)
        if isinstance(held, dict):
            found += [(f"{part}.{word}", str(text)) for word, text in held.items()]
        elif held is not None:
            found.append((part, str(held)))
    return found
