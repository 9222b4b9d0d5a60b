"""Money, numbers and dates as people read them, in French and in English.

French: narrow no-break spaces between thousands (U+202F), a no-break space before the sign (U+00A0).
Instants are shown in Europe/Paris, the zone that decides.
"""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

PARIS = ZoneInfo("Europe/Paris")
NARROW = "\u202f"
HARD = "\u00a0"
_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_DAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def number(value: int | float | Decimal, decimals: int = 0) -> str:
    """12345.5 → « 12 346 »; with ``decimals`` that many digits after the sign."""
    text = f"{Decimal(str(value)):,.{decimals}f}".replace("-", "\u2212")
    if _language() == "en":
        return text
    return text.replace(",", NARROW).replace(".", ",")


def euros(cents: int, *, short: bool = False) -> str:
    """1250000 cents → « 12 500,00 € »; ``short`` leaves out cents that are nought."""
    decimals = 0 if short and cents % 100 == 0 else 2
    amount = number(Decimal(cents) / 100, decimals)
    if _language() == "en":
        return f"\u2212€{amount[1:]}" if cents < 0 else f"€{amount}"
    return f"{amount}{HARD}€"


def day(value: date | datetime, *, week: bool = True) -> str:
    """« mardi 3 mars 2026 », or without the day of the week."""
    when, language = _local(value), _language()
    first = "1er" if when.day == 1 and language == "fr" else str(when.day)
    text = f"{first}{HARD}{_MONTHS[language][when.month - 1]} {when.year}"
    return f"{_DAYS[language][when.weekday()]} {text}" if week else text


def short_day(value: date | datetime) -> str:
    """« 03/03/2026 », for the desk."""
    return _local(value).strftime("%d/%m/%Y")


def hour(value: datetime) -> str:
    """« 14 h 02 », or 14:02 in English."""
    when = _moment(value)
    return f"{when:%H:%M}" if _language() == "en" else f"{when.hour}{HARD}h{HARD}{when:%M}"


def day_hour(value: datetime, *, short: bool = False) -> str:
    """« mardi 3 mars 2026 à 23 h 59 »; ``short``: « 03/03/2026 23 h 59 »."""
    if short:
        return f"{short_day(value)} {hour(value)}"
    joint = "at" if _language() == "en" else "à"
    return f"{day(value)} {joint} {hour(value)}"


def size(octets: int) -> str:
    """1536 → « 2 ko »; « 1,4 Mo »."""
    unit = ("kB", "MB") if _language() == "en" else ("ko", "Mo")
    if octets < 1_000_000:
        return f"{number(max(1, round(octets / 1000)))}{HARD}{unit[0]}"
    return f"{number(octets / 1_000_000, 1)}{HARD}{unit[1]}"


def _moment(value: datetime) -> datetime:
    return value.astimezone(PARIS) if value.tzinfo else value


def _local(value: date | datetime) -> date:
    return _moment(value).date() if isinstance(value, datetime) else value


def _language() -> str:
    return "en" if (get_language() or "fr").startswith("en") else "fr"
