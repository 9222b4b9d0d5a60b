"""Opening hours as OpenStreetMap writes them, in and out. Our own rows are the truth, this text travels.

Grammar and weeks are read by ``opening-hours-py``. Holidays are not: the library never matches school
holidays, so ``SH`` and ``PH`` rules are taken out first and become regimes of ours.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # its stub forgets one

from escale.rules.hours import DAY, Regime, Span, Week

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MAX_LENGTH = 1000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = "|".join(_MONTHS)
#: Days of one year that are closed: the only dated rule that is held, as a closure of ours.
_CLOSED = re.compile(
    rf"(?P<year>\d{{4}}) (?P<month>{_MONTH}) (?P<day>\d{{1,2}})"
    rf"(?: ?- ?(?:(?P<last_year>\d{{4}}) )?(?:(?P<last_month>{_MONTH}) )?(?P<last_day>\d{{1,2}}))? (?:off|closed)\Z"
)
_DATED = re.compile(r"\d{4}[ -]")
_HOLIDAY = re.compile(r"\b(PH|SH)\b")
_SAMPLE = datetime(2025, 12, 29)  # noqa: DTZ001  # a Monday, on the wall clock: hours have no zone
_EMPTY: Week = ((),) * 7


@dataclass(frozen=True)
class Read:
    """What was understood: weeks by regime, public holidays, and what could not be held, in words."""

    weeks: Mapping[Regime, Week] = field(default_factory=dict)
    open_on_public_holidays: bool = False
    problems: tuple[str, ...] = ()
    closures: tuple[tuple[date, date], ...] = ()


def read(text: str) -> Read:
    """Reads one ``opening_hours`` text; with problems, ``weeks`` is empty and nothing is guessed."""
    if len(text) > MAX_LENGTH:
        return Read(problems=(_("Horaires trop longs : {n} caractères au plus.").format(n=MAX_LENGTH),))
    rules = [part.strip() for part in text.split(";")]
    closures = tuple(days for rule in rules if (days := _closure(rule)))
    ordinary, school, public, problems = _sorted_rules([rule for rule in rules if rule and not _closure(rule)])
    if problems:
        return Read(problems=tuple(problems))
    normal, found = _week("; ".join(ordinary))
    problems += found
    if not school:
        weeks = {Regime.NORMAL: normal}
    else:
        holidays, found = _week("; ".join([*ordinary, *school]))
        problems += [problem for problem in found if problem not in problems]
        weeks = {Regime.SCHOOL: normal, Regime.HOLIDAYS: holidays}
    return Read(problems=tuple(problems)) if problems else Read(weeks, public, (), closures)


def write_week(one: Week) -> str:
    """``Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:30``; ``off`` for a week without opening."""
    rules: list[tuple[list[int], tuple[Span, ...]]] = []
    for day, spans in enumerate(one):
        if not spans:
            continue
        same = next((rule for rule in rules if rule[1] == spans), None)
        if same:
            same[0].append(day)
        else:
            rules.append(([day], spans))
    if not rules:
        return "off"
    # A later rule takes a whole day back, the night before's end included: a comma adds instead.
    night = any(span.end > DAY for spans in one for span in spans)
    texts = [f"{_day_list(days)} {','.join(map(_span_text, spans))}" for days, spans in rules]
    return (", " if night else "; ").join(texts)


def write(
    weeks: Mapping[Regime, Week], *, open_on_public_holidays: bool = False, closures: Iterable[tuple[date, date]] = ()
) -> str:
    """The whole of a place's hours as one text; empty when nothing is known. ``closures``: (first day, day after the
    last); public holidays without a rule follow the ordinary week, as OpenStreetMap has it.
    """
    if not weeks:
        return ""
    parts = [write_week(weeks.get(Regime.NORMAL) or weeks.get(Regime.SCHOOL) or _EMPTY)]
    if Regime.HOLIDAYS in weeks:
        parts.append("SH off")
        holidays = write_week(weeks[Regime.HOLIDAYS])
        if holidays != "off":
            parts.append(re.sub(r"(^|; |, )(?=[MTWFS])", r"\1SH ", holidays))
    if not open_on_public_holidays:
        parts.append("PH off")
    parts += [f"{_day(first)}-{_day(until - timedelta(days=1))} off" for first, until in closures]
    return "; ".join(parts)


def _day(day: date) -> str:
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}"


def _closure(rule: str) -> tuple[date, date] | None:
    """(first day, day after the last) of « 2026 Dec 24-2026 Dec 31 off »; None when the rule is another one."""
    found = _CLOSED.match(rule)
    if found is None:
        return None
    month = _MONTHS.index(found["month"]) + 1
    last_month = _MONTHS.index(found["last_month"]) + 1 if found["last_month"] else month
    try:
        first = date(int(found["year"]), month, int(found["day"]))
        last = date(int(found["last_year"] or first.year), last_month, int(found["last_day"] or first.day))
        return (first, last + timedelta(days=1)) if last >= first else None
    except (ValueError, OverflowError):  # not a day, or the last one there is
        return None


def _sorted_rules(rules: list[str]) -> tuple[list[str], list[str], bool, list[str]]:
    """Splits ordinary rules from those of school (SH) and public (PH) holidays."""
    ordinary: list[str] = []
    school: list[str] = []
    public, problems = False, []
    for rule in rules:
        if _DATED.match(rule):
            told = _(
                "Horaires datés : « {rule} ». Une date ne peut dire qu’une fermeture : 2026 Dec 24-2026 Dec 31 off."
            )
            problems.append(told.format(rule=rule[:60]))
            continue
        named = set(_HOLIDAY.findall(rule))
        if not named:
            ordinary.append(rule)
            continue
        rest = re.sub(r"^[,\s]+", "", re.sub(r",?\b(PH|SH)\b", "", rule)).strip() or "00:00-24:00"
        closed = rest.endswith(("off", "closed"))
        has_days = re.match(r"(?:Mo|Tu|We|Th|Fr|Sa|Su)\b", rest) is not None
        if "PH" in named:
            if not closed and not has_days:
                sentence = _("Horaires propres aux jours fériés : « {rule} ». Dites seulement ouvert ou fermé.")
                problems.append(sentence.format(rule=rule))
            public = not closed
            if has_days and rule.index("PH") > 0:
                ordinary.append(rest)
        if "SH" in named:
            school.append(rest)
    return ordinary, school, public, problems


def _week(text: str) -> tuple[Week, list[str]]:
    """The ordinary week of a text without holidays; a problem when weeks differ over the year."""
    if not text:
        return _EMPTY, [_("Aucun jour ordinaire n’est indiqué.")]
    try:
        hours = OpeningHours(text)
    except (ParserError, SyntaxError):
        sentence = _("Horaires illisibles : « {text} ». Exemple : Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:30.")
        return _EMPTY, [sentence.format(text=text[:120])]
    weeks = [_sampled(hours, _SAMPLE + timedelta(weeks=ahead)) for ahead in range(53)]
    if any(one != weeks[0] for one in weeks):
        sentence = _("Horaires selon la saison : « {text} ». Donnez une semaine ordinaire et des fermetures datées.")
        return _EMPTY, [sentence.format(text=text[:120])]
    return weeks[0], []


def _sampled(hours: OpeningHours, monday: datetime) -> Week:
    days: list[list[Span]] = [[] for _day in range(7)]
    end = monday + timedelta(days=7)
    for start, stop, state, _comment in hours.intervals(monday - timedelta(days=1), end + timedelta(days=1)):
        if state != State.OPEN:
            continue
        for first, last in _cut(start, stop):
            if monday <= first < end:
                midnight = first.replace(hour=0, minute=0)
                begin = int((first - midnight).total_seconds()) // 60
                finish = int((last - midnight).total_seconds()) // 60
                days[first.weekday()].append(Span(begin, finish))
    return tuple(tuple(sorted(day)) for day in days)


def _cut(start: datetime, stop: datetime) -> list[tuple[datetime, datetime]]:
    """One opening, or one a day when it lasts longer than a day (open without pause)."""
    if stop - start <= timedelta(minutes=DAY):
        return [(start, stop)]
    pieces, first = [], start
    while first < stop:
        last = min(stop, first.replace(hour=0, minute=0) + timedelta(days=1))
        pieces.append((first, last))
        first = last
    return pieces


def _day_list(days: list[int]) -> str:
    ranges: list[list[int]] = []
    for day in days:
        if ranges and day == ranges[-1][-1] + 1:
            ranges[-1].append(day)
        else:
            ranges.append([day])
    return ",".join(
        DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}{'-' if len(run) > 2 else ','}{DAYS[run[-1]]}"
        for run in ranges
    )


def _span_text(span: Span) -> str:
    end = span.end if span.end == DAY or span.end < DAY else span.end - DAY
    return f"{span.start // 60:02}:{span.start % 60:02}-{end // 60:02}:{end % 60:02}"
