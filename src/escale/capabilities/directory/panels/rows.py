"""What a row of the list and the page of a place say in words."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from escale.capabilities.directory.queries import record
from escale.foundation.places.models import Place, Space
from escale.rules import doors
from escale.rules.hours import Opening
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
LABELLED, FREE = gettext_noop("Labellisé par la Région"), gettext_noop("Gratuit")
NO_PRICE = gettext_noop("Tarifs non renseignés")
#: Order in which a price is quoted in a row.
QUOTED = ("free", "hour", "half_day", "day", "ticket", "week", "month", "year")


@lru_cache(maxsize=4096)
def _said(_language: str | None, text: str) -> str:
    """A text in a language, looked up once."""
    return _(text)


def row(told: dict[str, Any], opening: Opening, far: float | None, at: datetime) -> dict[str, Any]:
    """How far, open now?, what for, price in its unit, step-free or not or unknown."""
    door, language = doors.door(opening, at), get_language()
    step_free = STEP_FREE[told["access"].get("step_free", "")]
    return {
        "slug": told["id"],
        "url": told["url"],
        "name": told["name"],
        "where": where(told),
        "far": _far(far),
        "open": door.open,
        "door": doors.sentence(door),
        "kinds": ", ".join(_said(language, KINDS[code]) for code in told["kinds"] if code in KINDS),
        "price": price(told["tariffs"], language),
        "step_free": _said(language, step_free),
        "labelled": _said(language, LABELLED) if _labelled(told["standings"], at) else "",
    }


def _labelled(standings: list[dict[str, Any]], at: datetime) -> bool:
    wanted = [one for one in standings if one["kind"] == "labelled"]
    return bool(wanted and record.holding(wanted, at))


def markup(row: dict[str, Any]) -> str:
    """A row as HTML: written here and not in a template, since a page holds many and is asked often."""
    label = f"<li>{escape(row['labelled'])}</li>" if row["labelled"] else ""
    tone = "open" if row["open"] else "done"
    far = f'<p class="row__when">{escape(row["far"])}</p>' if row["far"] else ""
    kinds = f" · {escape(row['kinds'])}" if row["kinds"] else ""
    return (
        f'<li class="row" data-place="{escape(row["slug"])}">'
        f'<h3 class="row__title"><a href="{escape(row["url"])}">{escape(row["name"])}</a></h3>\n'
        f'<p class="row__text">{escape(row["where"])}{kinds}</p>\n'
        f'<ul class="row__facts"><li>{escape(row["price"])}</li><li>{escape(row["step_free"])}</li>{label}</ul>\n'
        f'<div class="row__side">{far}<p><span class="tag tag--{tone}">{escape(row["door"])}</span></p></div></li>\n'
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


def where(told: dict[str, Any]) -> str:
    """The commune, with the one it was."""
    commune = told["commune"]
    former = commune["former"]
    return f"{commune['name']} ({former})" if former and former != commune["name"] else str(commune["name"])


def price(tariffs: list[dict[str, Any]], language: str | None = None) -> str:
    """The first price in the order of ``QUOTED``, in its own unit."""
    for unit in QUOTED:
        cents = [one["cents"] for one in tariffs if one["unit"] == unit]
        if cents and unit == "free":
            return _said(language, FREE)
        if cents:
            return f"{euros(min(cents), short=True)} {_said(language, UNITS[unit])}"
    return _said(language, NO_PRICE)


def _far(km: float | None) -> str:
    if km is None:
        return ""
    return _("à {n} km").format(n=number(km, 1) if km < 10 else number(round(km)))
