"""What the list shows: its form, its question as a sentence, its rows."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from escale.capabilities.directory.queries import record
from escale.capabilities.directory.queries.question import CHOICES, PARAMETERS, Question
from escale.foundation.places.models import Place
from escale.rules import doors
from escale.rules.hours import PARIS, Opening
from escale.rules.places import (
    EQUIPMENT,
    KINDS,
    LANGUAGES,
    NEEDS,
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
from escale.ui.figures import day, day_hour, euros, number

#: Order in which a price is quoted in a row.
QUOTED = ("free", "hour", "half_day", "day", "ticket", "week", "month", "year")


def row(told: dict[str, Any], opening: Opening, far: float | None, at: datetime) -> dict[str, Any]:
    """How far, open now?, what for, price in its unit, step-free or not or unknown."""
    door = doors.door(opening, at)
    holding = [one["kind"] for one in record.holding(told["standings"], at)]
    return {
        "slug": told["id"],
        "url": told["url"],
        "name": told["name"],
        "where": where(told),
        "summary": told["summary"],
        "far": _far(far),
        "open": door.open,
        "door": doors.sentence(door),
        "reason": door.reason,
        "kinds": ", ".join(_(KINDS[code]) for code in told["kinds"] if code in KINDS),
        "price": price(told["tariffs"]),
        "step_free": {"yes": _("De plain-pied"), "no": _("Des marches à l’entrée")}.get(
            told["access"].get("step_free", ""), _("Accès de plain-pied : non renseigné")
        ),
        "labelled": "labelled" in holding,
    }


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
            {"label": one.name or _(SPACES[one.kind]), "said": _space(one.units, one.capacity), "floor": one.floor_m2}
            for one in place.spaces.all()
        ],
        "tariffs": [
            (one.what or _("Accès"), _("gratuit") if one.unit == "free" else
             f"{euros(one.cents, short=True)} {_(UNITS[one.unit])}", one.note)
            for one in place.tariffs.all()
        ],
        "staff": [(_(ROLES[one.role]), one.shown_name) for one in place.staff.all()],
    }  # fmt: skip


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


def price(tariffs: list[dict[str, Any]]) -> str:
    """The first price in the order of ``QUOTED``, in its own unit."""
    for unit in QUOTED:
        cents = [one["cents"] for one in tariffs if one["unit"] == unit]
        if cents and unit == "free":
            return _("Gratuit")
        if cents:
            return _("{price} {unit}").format(price=euros(min(cents), short=True), unit=_(UNITS[unit]))
    return _("Tarifs non renseignés")


def title(asked: Question, count: int) -> str:
    """How many answer, in words."""
    if asked.near is not None and asked.near.commune and asked.near.label != _("votre position"):
        sentence = ngettext("{n} lieu, du plus proche de {where}", "{n} lieux, du plus proche de {where}", count)
        return sentence.format(n=number(count), where=asked.near.label)
    return ngettext("{n} lieu", "{n} lieux", count).format(n=number(count))


def form(asked: Question, typed: QueryDict) -> dict[str, Any]:
    """The controls with what was typed, options in words, errors."""
    values = {name: typed.get(name, "") for name in ("q", "near", "minutes", "km", "open_at", "price_max", "unit")}
    if asked.near is not None and asked.near.label != _("votre position"):
        values["near"] = f"{asked.near.label} ({asked.near.commune})"
    errors = dict.fromkeys(PARAMETERS, "") | asked.problems
    return {
        "values": values,
        "errors": errors,
        "problems": [(f"field-{name}", sentence) for name, sentence in asked.problems.items()],
        "refine": bool(asked.problems.keys() & {"open_at", "km", "price_max", "unit", *CHOICES}),
        "units": [("", _("peu importe")), *_options(UNITS)],
        "minutes": [
            ("", _("peu importe")),
            *((str(n), _("{n} minutes").format(n=n)) for n in (10, 15, 20, 30, 45, 60)),
        ],
        "groups": [
            (name, label, _options(labels), _chosen(asked, name), help_text, errors[name])
            for name, label, labels, help_text in _groups()
        ],
    }


def _groups() -> list[tuple[str, str, dict[str, str], str]]:
    standings = {code: label for code, label in STANDINGS.items() if code != "known"}
    said = _("Les lieux qui l’ont dit ; ceux qui n’ont rien dit sont comptés à part.")
    return [
        ("kind", _("Sorte de lieu"), KINDS, _("L’une de celles cochées.")),
        ("service", _("Services"), SERVICES, ""),
        ("access", _("Accessibilité"), NEEDS, said),
        ("equipment", _("Équipement"), EQUIPMENT, ""),
        ("public", _("Publics"), PUBLICS, ""),
        ("standing", _("Lien avec la Région"), standings, ""),
    ]


def _chosen(asked: Question, name: str) -> list[str]:
    if name == "access":
        return [need for need, said in asked.access if said == "yes"]
    return list(asked.codes.get(name, ()))


def quick(typed: QueryDict, at: datetime) -> list[tuple[str, str]]:
    """One-press questions: open now, open this Saturday, step-free."""
    today = at.astimezone(PARIS).date()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    wanted = [
        (_("Ouvert maintenant"), "open_at", "now"),
        (
            _("Ouvert samedi {day}").format(day=day(saturday, week=False).rsplit(" ", 1)[0]),
            "open_at",
            saturday.isoformat(),
        ),
        (_("De plain-pied"), "access", "step_free"),
        (_("Gratuit"), "unit", "free"),
    ]
    told = []
    for label, name, value in wanted:
        if value in typed.getlist(name):
            continue
        query = typed.copy()
        query.pop("page", None)
        query[name] = value
        told.append((label, f"?{query.urlencode()}"))
    return told


def parts(asked: Question, typed: QueryDict) -> list[tuple[str, str]]:
    """The question as words, each with the address that takes it off."""
    told: list[tuple[str, str, str]] = []
    if asked.q:
        told.append((_("« {words} »").format(words=asked.q), "q", asked.q))
    if asked.near:
        told.append((_("près de {where}").format(where=asked.near.label), "near", ""))
    if asked.minutes is not None:
        told.append((_("à {n} minutes au plus").format(n=f"{asked.minutes:g}"), "minutes", ""))
    if asked.km is not None:
        told.append((_("à {n} km au plus").format(n=f"{asked.km:g}"), "km", ""))
    if asked.open_at:
        told.append((_("ouvert {when}").format(when=day_hour(asked.open_at)), "open_at", ""))
    if asked.open_on:
        told.append((_("ouvert {when}").format(when=day(asked.open_on)), "open_at", ""))
    for name, labels in CHOICES.items():
        told += [(_(labels[code]), name, code) for code in asked.codes.get(name, ())]
    for need, said in asked.access:
        words = {"yes": "{need}", "no": _("{need} : non"), "unknown": _("{need} : non renseigné")}[said]
        told.append((words.format(need=_(NEEDS[need])), "access", need))
    if asked.unit:
        told.append((_price_words(asked), "unit", ""))
    return [(label, _without(typed, name, code)) for label, name, code in told]


def _price_words(asked: Question) -> str:
    if asked.price_max is None or asked.unit == "free":
        return _(UNITS[asked.unit]) if asked.unit == "free" else _("prix à {unit}").format(unit=_(UNITS[asked.unit]))
    return _("{price} {unit} au plus").format(price=euros(asked.price_max, short=True), unit=_(UNITS[asked.unit]))


def _without(typed: QueryDict, name: str, code: str) -> str:
    query = typed.copy()
    query.pop("page", None)
    if name == "near":
        for other in ("near", "minutes", "km"):
            query.pop(other, None)
    elif name == "unit":
        query.pop("unit", None)
        query.pop("price_max", None)
    elif name in CHOICES:
        left = [one for value in query.getlist(name) for one in value.split(",") if one.partition(":")[0] != code]
        query.setlist(name, left)
    else:
        query.pop(name, None)
    return f"?{query.urlencode()}"


def _options(labels: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, _(label)) for code, label in labels.items()]


def _far(km: float | None) -> str:
    if km is None:
        return ""
    return _("à {n} km").format(n=number(km, 1) if km < 10 else number(round(km)))
