"""Scalars that the description of a scheme shares: instants, communes, durations, zones, legal forms."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from escale.rules.legal import FAMILIES, LEGAL_FORMS
from escale.rules.shape.problem import Wrong, nearest, quoted
from escale.rules.shape.scalar import Checked, Choice, Code, Text
from escale.rules.words import _

PARIS = ZoneInfo("Europe/Paris")
_DURATION = re.compile(r"(\d{1,5}) (days?|months?|years?)\Z")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?\Z")
_COMMUNE = re.compile(r"(\d{2}|2[AB])\d{3}\Z")


def _commune(text: str) -> str:
    if not _COMMUNE.match(text.upper()):
        raise Wrong(
            "wrong_commune", _("{text} n’est pas un code officiel de commune (14118).").format(text=quoted(text))
        )
    return text.upper()


def _duration(text: str) -> str:
    found = _DURATION.match(text.strip())
    if not found:
        raise Wrong(
            "wrong_duration",
            _("{text} n’est pas une durée : écrivez 90 days, 24 months ou 3 years.").format(text=quoted(text)),
        )
    return f"{int(found[1])} {found[2].rstrip('s')}{'s' if int(found[1]) != 1 else ''}"


def _instant(text: str) -> str:
    text = text.strip()
    if not _INSTANT.match(text):
        raise Wrong(
            "wrong_instant",
            _("{text} n’est ni un jour (2026-01-31) ni un instant (2026-01-31T12:00).").format(text=quoted(text)),
        )
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise Wrong(
            "impossible_date", _("{text} : ce jour ou cette heure n’existe pas.").format(text=quoted(text))
        ) from None
    return text.replace(" ", "T")


def _legal_form(text: str) -> str:
    if text not in LEGAL_FORMS and text not in FAMILIES:
        hint = nearest(text, [*LEGAL_FORMS, *FAMILIES])
        raise Wrong("unknown_word", _("forme juridique inconnue : {text}. {hint}").format(text=quoted(text), hint=hint))
    return text


COMMUNE = Checked("commune", _commune, "14118")
REGION = Text(most=2, pattern=r"\d{2}", expected="le code de la région, 28")
SIREN = Text(most=9, pattern=r"\d{9}", expected="un SIREN, 9 chiffres")
DURATION = Checked("duration", _duration, "24 months")
INSTANT = Checked("instant", _instant, "2026-06-30")
LEGAL_FORM = Checked("legal_form", _legal_form, "commune")
DEPARTEMENT = Text(most=3, pattern=r"\d{2,3}|2A|2B", expected="deux chiffres, 14")
SENTENCE = Text(most=500)
TITLE = Text(most=200)
PARAGRAPH = Text(most=20_000, multiline=True)
KEY = Text(most=60, pattern=r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", expected="lettres sans accent, chiffres et tirets")
EFFECT = Choice((("reduce", "réduit l’aide", "the aid is cut to the room left"),
                 ("block", "empêche l’aide", "the aid is not possible")))  # fmt: skip


def moment(text: str, *, end: bool = False) -> datetime:
    """The instant of a canonical day or instant, Europe/Paris when no zone is written.

    A day is its beginning; with ``end``, its last microsecond ("until D" accepts up to 23:59:59.999999).
    """
    value = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if len(text) == 10 and end:
        value = value.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return value if value.tzinfo else value.replace(tzinfo=PARIS)


def code(family: str) -> Code:
    """The code by which the rest of the file points to this thing."""
    return Code(defines=family)


def typed(value: Any) -> Any:
    """A canonical value as it is."""
    return value
