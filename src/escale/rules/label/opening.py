"""The hours of a place against a rule: days and hours a week, by regime, through a window, closures looked at or not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from escale.rules.figures import plain, shown_day, shown_number
from escale.rules.holidays import is_public_holiday
from escale.rules.hours import DAY, Closure, Regime, Week, days_a_week, minutes_a_week
from escale.rules.label.place import Place, clipped, regimes
from escale.rules.period import after, days_after, months_after
from escale.rules.scheme.case import number
from escale.rules.scheme.seen import Seen
from escale.rules.words import _

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_REGIMES = {Regime.NORMAL: "", Regime.SCHOOL: "en période scolaire", Regime.HOLIDAYS: "pendant les vacances scolaires"}


@dataclass(frozen=True)
class _Counted:
    """One regime: days and hours a week through the window, and whether it is enough."""

    regime: Regime
    days: int
    hours: Fraction
    enough: bool
    by_hours: bool


def rule(spec: dict[str, Any], title: str) -> Callable[[Place], Seen]:
    """The function of a canonical ``opening``."""
    bounds: dict[str, Fraction] = {
        word: Fraction(number(spec[word]))
        for word in ("days_at_least", "hours_at_least", "hours_at_most")
        if word in spec
    }
    days = frozenset(WEEKDAYS.index(day) for day in spec.get("weekdays", WEEKDAYS))
    window = _minutes(spec.get("after", "00:00")), _minutes(spec.get("before", "24:00"))
    which, either = spec.get("regimes", "each"), spec.get("either", False)

    def check(place: Place) -> Seen:
        closed = _closed(place, spec)
        if closed:
            return Seen(
                False,
                f"{title} : {closed}",
                {"value": 0, "minimum": plain(bounds.get("days_at_least")), "maximum": None, "unit": "days"},
            )
        weeks = _asked(place, which)
        if not weeks:
            return Seen(None, _("{title} : horaires à renseigner.").format(title=title))
        year = _days_a_year(place, weeks, spec, days, window)
        if year is not None and year < spec["days_a_year_at_least"]:
            least = spec["days_a_year_at_least"]
            message = _("{title} : {n} jours ouverts en un an (minimum {least})").format(
                title=title, n=year, least=least
            )
            return Seen(False, message, {"value": year, "minimum": least, "maximum": None, "unit": "days"})
        counted = [_count(regime, clipped(week, days, *window), bounds, either) for regime, week in weeks.items()]
        enough = [one for one in counted if one.enough]
        ok = bool(enough) if which == "any" else len(enough) == len(counted)
        shown = enough[0] if ok else next(one for one in counted if not one.enough)
        return Seen(ok, f"{title} : {_said(shown, spec)}", _figures(shown, bounds))

    return check


def _days_a_year(
    place: Place, weeks: dict[Regime, Week], spec: dict[str, Any], days: frozenset[int], window: tuple[int, int]
) -> int | None:
    """Days with an opening in the year that ends on the day; None when the rule does not ask."""
    if "days_a_year_at_least" not in spec:
        return None
    week = clipped(weeks.get(Regime.NORMAL) or weeks.get(Regime.SCHOOL) or next(iter(weeks.values())), days, *window)
    closures = [one for one in place.closures if not (one.ordered_by_government and spec.get("but_ordered", True))]
    opened = place.facts.value("place.opened_on")
    first = max(days_after(months_after(place.at, -12), 1), opened or date.min)
    count = 0
    for ordinal in range(first.toordinal(), place.at.toordinal() + 1):
        day = date.fromordinal(ordinal)
        shut = is_public_holiday(day) or any(one.first <= day < one.until for one in closures)
        count += bool(week[day.weekday()]) and not shut
    return count


def to_do(spec: dict[str, Any]) -> str:
    """« Ouvrez au moins 3 jours ou 30 heures par semaine. »"""
    if "days_at_least" not in spec and "hours_at_least" not in spec and "days_a_year_at_least" in spec:
        return _("Ouvrez {n} jours par an.").format(n=spec["days_a_year_at_least"])
    if "days_at_least" not in spec and "hours_at_least" not in spec:
        return _("Ouvrez {n} heures par semaine au plus.").format(n=shown_number(number(spec.get("hours_at_most", 0))))
    return _("Ouvrez au moins {wanted} par semaine.").format(wanted=_wanted(spec))


def _wanted(spec: dict[str, Any]) -> str:
    parts = []
    if "days_at_least" in spec:
        parts.append(_("{n} jours").format(n=shown_number(number(spec["days_at_least"]))))
    if "hours_at_least" in spec:
        parts.append(_("{n} heures").format(n=shown_number(number(spec["hours_at_least"]))))
    return (_(" ou ") if spec.get("either") else _(" et ")).join(parts)


def _asked(place: Place, which: str) -> dict[Regime, Week]:
    """The weeks to look at; one regime alone falls back on the ordinary week."""
    found = regimes(place.weeks or {})
    if which in ("each", "any"):
        return found
    wanted = Regime(which)
    normal = found.get(Regime.NORMAL)
    one = found.get(wanted, normal)
    return {wanted: one} if one is not None else {}


def _count(regime: Regime, week: Week, bounds: dict[str, Fraction], either: bool) -> _Counted:
    days, hours = days_a_week(week), Fraction(minutes_a_week(week), 60)
    by_days = days >= bounds["days_at_least"] if "days_at_least" in bounds else None
    by_hours = hours >= bounds["hours_at_least"] if "hours_at_least" in bounds else None
    asked = [one for one in (by_days, by_hours) if one is not None]
    enough = (any(asked) if either else all(asked)) and hours <= bounds.get("hours_at_most", hours)
    return _Counted(regime, days, hours, enough, bool(by_hours) and not by_days)


def _said(one: _Counted, spec: dict[str, Any]) -> str:
    regime = f" {_(_REGIMES[one.regime])}" if _REGIMES[one.regime] else ""
    days = _("{n} jour").format(n=one.days) if one.days < 2 else _("{n} jours").format(n=one.days)
    said = _("{days} et {hours} h par semaine{regime}").format(days=days, hours=shown_number(one.hours), regime=regime)
    limits = [_("minimum {wanted}").format(wanted=_wanted(spec))] if _wanted(spec) else []
    if "hours_at_most" in spec:
        limits.append(_("maximum {n} heures").format(n=shown_number(number(spec["hours_at_most"]))))
    return f"{said} ({', '.join(limits)})"


def _figures(one: _Counted, bounds: dict[str, Fraction]) -> dict[str, Any]:
    """The figure that decides: days, unless hours do."""
    by_hours = "days_at_least" not in bounds or one.by_hours
    value, minimum = (one.hours, bounds.get("hours_at_least")) if by_hours else (one.days, bounds.get("days_at_least"))
    maximum = bounds.get("hours_at_most") if by_hours else None
    return {
        "value": plain(_whole(value)),
        "minimum": plain(_whole(minimum)),
        "maximum": plain(_whole(maximum)),
        "unit": "hours" if by_hours else "days",
    }


def _whole(value: int | Fraction | None) -> int | Fraction | None:
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 else value


def _closed(place: Place, spec: dict[str, Any]) -> str:
    """Why the place counts as closed today, empty when it does not."""
    gone = place.facts.value("place.closed_on")
    if isinstance(gone, date) and gone <= place.at:
        return _("fermé pour de bon le {day}").format(day=shown_day(gone))
    if "closed_at_most" not in spec:
        return ""
    for one in place.closures:
        ordered = one.ordered_by_government and spec.get("but_ordered", True)
        long = after(one.first, spec["closed_at_most"]) < _end(one, place.at)
        if one.first <= place.at < one.until and long and not ordered:
            last = one.until - timedelta(days=1) if one.until != date.max else None
            until = _(" au {day}").format(day=shown_day(last)) if last else ""
            return _("fermé du {day}{until}").format(day=shown_day(one.first), until=until)
    return ""


def _end(one: Closure, at: date) -> date:
    """The day on which it opens again; without one, it has lasted until today."""
    return days_after(at, 1) if one.until == date.max else one.until


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return min(int(hours) * 60 + int(minutes), DAY)
