"""French typography of plain text: no-break spaces and real apostrophes, addresses left alone.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Espacements".
"""

import re

NBSP = "\u00a0"
NARROW = "\u202f"

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+|\S+@\S+\.\S+|\b\d{1,2}:\d{2}(?::\d{2})?\b")
_HIGH = re.compile(rf"[ {NBSP}]+([;!?])")
_COLON = re.compile(r" +(:)(?=\s|$)", re.MULTILINE)
_OPENING = re.compile(rf"«[ {NBSP}{NARROW}]*")
_CLOSING = re.compile(rf"[ {NBSP}{NARROW}]*»")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_NUMBER = re.compile(r"(?<=\d) (?=(?:\d{3}\b|€|%))")


def french(text: str) -> str:
    """``text`` with the spaces and apostrophes that French wants; web and mail addresses are not touched.

    Applying it twice changes nothing more.
    """
    kept, start = [], 0
    for address in _ADDRESS.finditer(text):
        kept += [_words(text[start : address.start()]), address.group()]
        start = address.end()
    return "".join([*kept, _words(text[start:])])


def _words(text: str) -> str:
    text = _HIGH.sub(rf"{NARROW}\1", text)
    text = _COLON.sub(rf"{NBSP}\1", text)
    text = _OPENING.sub(f"«{NBSP}", text)
    text = _CLOSING.sub(f"{NBSP}»", text)
    text = _NUMBER.sub(NARROW, text)
    return _APOSTROPHE.sub("’", text)
