"""What a row of the list and the page of a place say in words."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from html import escape
from itertools import zip_longest
from typing import Any

from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from escale.foundation.places.models import Place, Space
from escale.foundation.places.queries import Holidays
from escale.rules import doors
from escale.rules.almanac import Almanac, spans_ahead
from escale.rules.hours import PARIS
from escale.rules.places import (
    KINDS,
    LANGUAGES,
    PROGRAMMES,
    PUBLICS,
    ROLES,
    SERVICES,
    SPACES,
    STANDINGS,
    SUPPORT,
    TRAININGS,
    UNITS,
)
from escale.ui.figures import euros, number

STEP_FREE = {
    "yes": gettext_noop("De plain-pied"),
    "no": gettext_noop("Des marches à l’entrée"),
    "": gettext_noop("Accès de plain-pied : non renseigné"),
}
LABELLED, NO_PRICE = gettext_noop("Labellisé par la Région"), gettext_noop("Tarifs non renseignés")
FREE = gettext_noop("Gratuit")


@lru_cache(maxsize=8)
def _said(_language: str | None) -> dict[str, str]:
    """The words of a row in a language, escaped: of kinds, units, the step at the door."""
    units = {f"unit-{code}": label for code, label in UNITS.items()} | {"unit-": NO_PRICE, "unit-free": FREE}
    step = {f"step-{code}": label for code, label in STEP_FREE.items()}
    told = {**KINDS, **units, **step}
    return {code: escape(_(label)) for code, label in told.items()} | {"labelled": f"<li>{escape(_(LABELLED))}</li>"}


class Rows:
    """Rows of one answer as HTML, at one instant: how far, open now?, what for, price in its unit, step-free or not
    or unknown. Written here and not in a template, since a page holds many and is asked often.
    """

    def __init__(self, calendar: Holidays, at: datetime) -> None:
        self.at, self.calendar, self.said = at, calendar, _said(get_language())
        local = at.astimezone(PARIS)
        self.today, self.minute = local.date(), local.hour * 60 + local.minute
        self.almanacs: dict[str, Almanac] = {}
        self.doors: dict[tuple[bool, int, int] | None, str] = {}

    def rows(self, briefs: Sequence[str], far: Sequence[float | None] = ()) -> str:
        """Several rows from what the index holds; ``far``: kilometres, in the same order."""
        told = json.loads(f"[{','.join(briefs)}]")
        return "".join(self._row(*pair) for pair in zip_longest(told, far))

    def _row(self, told: list[Any], far: float | None) -> str:
        slug, name, place, kinds, unit, cents, step, labels, zone, weeks, closures, on_holidays = told
        said = self.said
        when = f'<p class="row__when">{escape(_far(far))}</p>' if far is not None else ""
        label = said["labelled"] if labels and self._holds(labels) else ""
        price = said[f"unit-{unit}"] if unit in ("", "free") else f"{euros(cents, short=True)} {said[f'unit-{unit}']}"
        does = ", ".join([said[code] for code in kinds if code in said])
        return (
            f'<li class="row" data-place="{slug}"><h3 class="row__title"><a href="/lieux/{slug}/">{escape(name)}</a></h3>\n'
            f'<p class="row__text">{escape(place)}{" · " if does else ""}{does}</p>\n'
            f'<ul class="row__facts"><li>{price}</li><li>{said[f"step-{step}"]}</li>{label}</ul>\n'
            f'<div class="row__side">{when}{self._door(zone, weeks, closures, on_holidays)}</div></li>\n'
        )

    def _door(self, zone: str, weeks: dict[str, Any], closures: list[list[str]], on_holidays: bool) -> str:
        change = None
        if weeks:
            almanac = self.almanacs.get(zone)
            if almanac is None:
                almanac = self.almanacs[zone] = Almanac(self.today, self.calendar.get(zone, ()))
            change = doors.changes(spans_ahead(weeks, closures, on_holidays, almanac), self.minute)
        said = self.doors.get(change)
        if said is None:
            found = doors.told(change, self.today) if change else doors.Door(None, self.today)
            tone = "open" if found.open else "done"
            said = f'<p><span class="tag tag--{tone}">{escape(doors.sentence(found))}</span></p>'
            self.doors[change] = said
        return said

    def _holds(self, labels: list[list[str | None]]) -> bool:
        return any(
            datetime.fromisoformat(since or "") <= self.at
            and (until is None or datetime.fromisoformat(until) > self.at)
            for since, until in labels
        )


def words(place: Place, at: datetime) -> dict[str, Any]:
    """What the page says in words rather than codes."""
    return {
        "kinds": _named(KINDS, place.kinds),
        "services": _named(SERVICES, place.services),
        "publics": _named(PUBLICS, place.publics),
        "languages": _named(LANGUAGES, place.languages),
        "support": _named(SUPPORT, place.support),
        "programmes": [*_named(PROGRAMMES, place.programmes), *_named(TRAININGS, place.trainings), *place.other_labels],
        "standings": [
            (one, _(STANDINGS[one.kind]))
            for one in place.standings.all()
            if one.kind != "known" and one.since <= at and (one.until is None or one.until > at)
        ],
        "spaces": [
            {"label": _label(one), "said": _space(one.units, one.capacity), "floor": one.floor_m2}
            for one in place.spaces.all()
        ],
        "tariffs": [
            (one.what or _("Accès"), _("gratuit") if one.unit == "free" else
             f"{euros(one.cents, short=True)} {_(UNITS[one.unit])}", one.note)
            for one in place.tariffs.all()
        ],
        "staff": [(_(ROLES[one.role]), one.shown_name) for one in place.staff.all()],
    }  # fmt: skip


def _label(one: Space) -> str:
    own = one.name or _(SPACES[one.kind])
    return _("{part}, partie de : {whole}").format(part=own, whole=_label(one.part_of)) if one.part_of else own


def _space(units: int, capacity: int | None) -> str:
    if capacity is None:
        return _("{n}, capacité non renseignée").format(n=units)
    people = ngettext("{n} personne", "{n} personnes", capacity).format(n=number(capacity))
    if units == 1:
        return people
    return number(units) if capacity == 1 else _("{n}, chacun pour {people}").format(n=number(units), people=people)


def _named(labels: dict[str, str], codes: Iterable[str]) -> list[str]:
    return [_(labels[code]) for code in codes if code in labels]


def _far(km: float) -> str:
    return _("à {n} km").format(n=number(km, 1) if km < 10 else number(round(km)))
