"""Numbers and days in sentences, French in the source: narrow no-break spaces, decimal comma, days in words."""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from escale.rules.words import _

NARROW = "\u202f"
PARIS = ZoneInfo("Europe/Paris")


def marks() -> tuple[str, str]:
    """What stands between thousands and before decimals, as the language of whoever reads writes them."""
    sample = _("1\u202f000,5")
    return sample[1], sample[-2]


def shown_number(value: int | Fraction, decimals: int = 2) -> str:
    """``1 010``, ``12,5``: at most ``decimals`` decimals, half up, no trailing zero."""
    between, before = marks()
    if isinstance(value, int):
        return ("−" if value < 0 else "") + f"{abs(value):,}".replace(",", between)
    exact = Fraction(value)
    scaled = (abs(exact) * 10**decimals * 2 + 1).__floor__() // 2
    whole, part = divmod(scaled, 10**decimals)
    text = f"{whole:,}".replace(",", between)
    rest = f"{part:0{decimals}d}".rstrip("0") if decimals else ""
    return ("−" if exact < 0 else "") + text + (f"{before}{rest}" if rest else "")


def shown_rate(rate: Fraction) -> str:
    """``33,33 %``."""
    return _("{rate}\u202f%").format(rate=shown_number(rate * 100))


def shown_day(day: date) -> str:
    """``3 mars 2026``, ``1er avril 2026``."""
    months = _("janvier février mars avril mai juin juillet août septembre octobre novembre décembre").split()
    return f"{_('1er') if day.day == 1 else day.day} {months[day.month - 1]} {day.year}"


def shown_instant(at: datetime) -> str:
    """``3 mars 2026 à 23 h 59``, Europe/Paris."""
    local = at.astimezone(PARIS)
    return _("{day} à {hour} h {minute}").format(
        day=shown_day(local.date()), hour=local.hour, minute=f"{local.minute:02d}"
    )


def plain(value: object) -> object:
    """A figure for JSON: int, decimal text, ISO day, list of texts."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, Fraction):
        return _decimal(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return str(value)


def _decimal(value: Fraction) -> str:
    """Decimal text, exact to nine decimals, half up."""
    scaled = (abs(value) * 2 * 10**9 + 1).__floor__() // 2
    whole, part = divmod(scaled, 10**9)
    text = f"{whole}.{part:09d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and scaled else text
