"""When the place is open: weeks by regime, days of closure; the school calendar of the zones."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from escale.foundation.people.models import Person
from escale.foundation.places.actions.places import begin_write, end_write
from escale.foundation.places.models import Closure, Opening, Place, SchoolHoliday, Week
from escale.rules import hours
from escale.rules.refusal import Refused

CALENDAR = Path(__file__).parents[1] / "data" / "school_holidays.csv"
LONGEST_CLOSURE_DAYS = 731


def set_hours(
    place: Place, weeks: Mapping[hours.Regime, hours.Week], *, by: Person | None, at: datetime,
    open_on_public_holidays: bool = False, rev: int | None = None,
) -> None:  # fmt: skip
    """Replaces all weeks. Raises ``Refused`` (wrong_regimes) for school-time hours without those of holidays."""
    known = set(weeks)
    if hours.Regime.NORMAL not in known and known not in (set(), {hours.Regime.SCHOOL, hours.Regime.HOLIDAYS}):
        raise Refused(
            "wrong_regimes",
            _("Donnez les horaires de toute l’année, ou ceux de la période scolaire et ceux des vacances."),
        )
    act = "set-hours" if by else "import"
    with transaction.atomic():
        begin_write(place, act, by=by, at=at, rev=rev)
        Week.objects.filter(place=place).delete()
        for regime, week in weeks.items():
            row = Week.objects.create(place=place, regime=regime.value)
            Opening.objects.bulk_create(opening_rows(row, week))
        place.open_on_public_holidays = open_on_public_holidays
        if by:
            place.origins = {**place.origins, "hours": {"source": "page", "on": at.date().isoformat()}}
        fields = ["open_on_public_holidays", "origins"]
        end_write(place, act, by=by, at=at, fields=fields, told=["hours"])


def opening_rows(row: Week, week: hours.Week) -> list[Opening]:
    """The openings of a week as rows, not saved."""
    return [
        Opening(week=row, weekday=day, start=span.start, end=span.end)
        for day, spans in enumerate(week)
        for span in spans
    ]


def close_days(
    place: Place, first: date, until: date, *, by: Person, at: datetime, reason: str = "",
    ordered_by_government: bool = False,
) -> Closure:  # fmt: skip
    """Closes from ``first`` to the eve of ``until``. The same days twice: the reason is renewed."""
    if until <= first:
        raise Refused("wrong_days", _("Le dernier jour de fermeture vient avant le premier : corrigez les dates."))
    if (until - first).days > LONGEST_CLOSURE_DAYS:
        raise Refused(
            "too_long", _("Une fermeture dure deux ans au plus : au-delà, fermez le lieu ou retirez-le de l’annuaire.")
        )
    with transaction.atomic():
        begin_write(place, "close-days", by=by, at=at)
        said = {"reason": reason, "ordered_by_government": ordered_by_government}
        closure, _made = Closure.objects.update_or_create(place=place, first=first, until=until, defaults=said)
        end_write(place, "close-days", by=by, at=at, told=[first.isoformat(), until.isoformat()])
    return closure


def reopen_days(closure: Closure, *, by: Person, at: datetime) -> None:
    """Takes a closure back."""
    place = closure.place
    with transaction.atomic():
        begin_write(place, "reopen-days", by=by, at=at)
        Closure.objects.filter(pk=closure.pk).delete()
        end_write(place, "reopen-days", by=by, at=at, told=[closure.first.isoformat(), closure.until.isoformat()])


def load_calendar(path: Path = CALENDAR) -> int:
    """Takes school holidays from columns zone, first, until, name; a zone's day again replaces it.

    Raises ``ValueError`` with every wrong line in words, and then changes nothing.
    """
    rows, problems = [], []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            try:
                first, until = date.fromisoformat(row["first"]), date.fromisoformat(row["until"])
                if row["zone"] not in ("A", "B", "C") or until <= first:
                    raise ValueError
                rows.append(
                    SchoolHoliday(zone=row["zone"], first=first, until=until, name=(row.get("name") or "")[:60])
                )
            except (KeyError, TypeError, ValueError):
                problems.append(_("ligne {n} : zone (A, B, C), first et until (AAAA-MM-JJ) attendus.").format(n=line))
    if problems:
        raise ValueError("\n".join(problems[:100]))
    _keep(rows)
    return len(rows)


def _keep(rows: Iterable[SchoolHoliday]) -> None:
    SchoolHoliday.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["zone", "first"], update_fields=["until", "name"]
    )
