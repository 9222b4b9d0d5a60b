"""The name of a file, made safe to show, to store and to save: whatever Unicode was put in it."""

import unicodedata

LONGEST = 150
#: Letters that change the direction of what follows, or that nobody sees.
_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def clean(name: str) -> str:
    """The last part of ``name`` in composed form (NFC), without path, control or invisible characters.

    At most 150 characters, its extension kept; "document" when nothing is left.
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = (c if unicodedata.category(c) != "Zs" else " " for c in name)
    name = "".join(c for c in seen if unicodedata.category(c) not in _UNSEEN_CATEGORIES)
    name = " ".join(name.translate(_FORBIDDEN).split()).rstrip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        return name[:LONGEST] or "document"
    extension = extension[:10]
    return f"{stem.strip(' .')[: LONGEST - len(extension) - 1].strip() or 'document'}.{extension}"


def extension_of(name: str) -> str:
    """The last extension of a cleaned name, lower case, without its dot; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
