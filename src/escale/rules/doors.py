"""What is written on the door: open until when, or when it opens, as people say it. Wall clock of the place."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from escale.rules.almanac import Pairs, SpansAhead
from escale.rules.figures import shown_day
from escale.rules.hours import DAY, PARIS, Opening, Span, spans_on
from escale.rules.words import _

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LOOK_AHEAD = 60


@dataclass(frozen=True)
class Door:
    """``open`` None: hours unknown. ``day`` ``minute``: when that changes (None: not within 60 days)."""

    open: bool | None
    today: date
    day: date | None = None
    minute: int = 0
    reason: str = ""


def door(opening: Opening, at: datetime) -> Door:
    """Whether the place is open at ``at`` (aware) and when that changes."""
    local = at.astimezone(PARIS)
    today, minute = local.date(), local.hour * 60 + local.minute
    if not opening.weeks:
        return Door(None, today)
    reason = next((one.reason for one in opening.closures if one.first <= today < one.until), "")

    def spans(ahead: int) -> Pairs:
        return [(one.start, one.end) for one in spans_on(opening, today + timedelta(days=ahead))]

    return door_of(spans, today, minute, reason)


def door_of(spans: SpansAhead, today: date, minute: int, reason: str = "") -> Door:
    """The same from the openings that begin on each day, counted from ``today``; ``minute`` of the wall clock."""
    return told(changes(spans, minute), today, reason)


def changes(spans: SpansAhead, minute: int) -> tuple[bool, int, int]:
    """(open now, in how many days that changes, at which minute); a day of −1: not within 60 days."""
    end = _open_until(spans, minute)
    if end is not None:
        return True, *divmod(end, DAY)
    for ahead in range(LOOK_AHEAD):
        for start, _end in spans(ahead):
            if ahead or start > minute:
                return False, ahead, start
    return False, -1, 0


def told(change: tuple[bool, int, int], today: date, reason: str = "") -> Door:
    """What ``changes`` found, as a door."""
    is_open, ahead, minute = change
    return Door(is_open, today, today + timedelta(days=ahead) if ahead >= 0 else None, minute, reason)


def sentence(found: Door) -> str:
    """« Ouvert jusqu’à 18 h », « Ouvre demain à 9 h », « Ouvre lundi à 9 h 30 », « Horaires non communiqués »."""
    if found.open is None:
        return _("Horaires non communiqués")
    if found.open:
        if found.day is None or (found.day - found.today).days > 1:
            return _("Ouvert sans interruption")
        return _("Ouvert jusqu’à {hour}").format(hour=clock(found.minute) if found.minute else _("minuit"))
    if found.day is None:
        return _("Fermé pour le moment")
    return _("Ouvre {day} à {hour}").format(day=_near(found.today, found.day), hour=clock(found.minute))


def clock(minute: int) -> str:
    """540 → « 9 h », 570 → « 9 h 30 », past midnight as the next day's hour."""
    hours, rest = divmod(minute % DAY if minute != DAY else DAY, 60)
    return f"{hours}\u00a0h" + (f"\u00a0{rest:02}" if rest else "")


def shown(spans: tuple[Span, ...]) -> str:
    """« 9 h – 12 h, 14 h – 18 h »; « fermé » without opening."""
    return ", ".join(f"{clock(one.start)} – {clock(one.end)}" for one in spans) or _("fermé")


def _near(today: date, day: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return _("aujourd’hui")
    if ahead == 1:
        return _("demain")
    return _(WEEKDAYS[day.weekday()]) if ahead < 7 else _("le {day}").format(day=shown_day(day))


def _open_until(spans: SpansAhead, minute: int) -> int | None:
    """The minute (from today's midnight) at which what is open now ends, openings that touch joined; None if closed."""
    reach = [(start - DAY, end - DAY) for start, end in spans(-1)] + [(start, end) for start, end in spans(0)]
    if not any(start <= minute < finish for start, finish in reach):
        return None
    reach += [(start + DAY, end + DAY) for start, end in spans(1)]
    end: int | None = None
    for start, finish in sorted(reach):
        now = minute if end is None else end
        if start <= now < finish or (end is not None and start <= end <= finish):
            end = max(finish, end or 0)
    return end
