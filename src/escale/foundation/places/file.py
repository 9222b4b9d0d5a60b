"""The place file (``escale.place/1``), both ways: written from the place's own tables, read for the label's check."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from escale.foundation.places import osm, queries
from escale.foundation.places.models import Closure, Place, Space, Staff
from escale.foundation.territory import queries as territory
from escale.rules.hours import Regime, Week
from escale.rules.label.place import read_place
from escale.rules.money import plain_euros
from escale.rules.places import MEASURES
from escale.rules.shape.problem import Problem


def described(place: Place) -> dict[str, Any]:
    """The place (read with ``queries.whole``) as the file's keys. What nobody said is absent, never guessed.

    ``closures``: ``to`` is the last closed day. ``equipment``: a number when counted, else yes or no.
    ``staff``: ``named`` says whether the person agreed to be named; the name itself is not in the file.
    """
    weeks = queries.weeks(place)
    figures = list(place.equipment.all())
    told: dict[str, Any] = {
        "name": place.name,
        "kinds": list(place.kinds),
        "carrier": _carrier(place),
        "commune": place.commune_id,
        "address": place.address,
        "point": {"lon": place.lon, "lat": place.lat} if place.lon is not None else None,
        "opened_on": place.opened_on.isoformat() if place.opened_on else None,
        "closed_on": place.closed_on.isoformat() if place.closed_on else None,
        "premises": _told({"title": place.premises, "until": place.premises_until}),
        "hours": [{"regime": regime.value, "osm": osm.write_week(week)} for regime, week in weeks.items()],
        "closures": [_closure(one) for one in place.closures.all()],
        "spaces": [_space(one) for one in place.spaces.all()],
        "equipment": {one.code: _said(one.figure, one.counted) for one in figures if one.code not in MEASURES},
        "measures": {one.code: _number(one.figure) for one in figures if one.code in MEASURES},
        "access": {one.need: one.met for one in place.access.all()},
        "services": list(place.services),
        "publics": list(place.publics),
        "tariffs": [
            _told({"what": one.what, "unit": one.unit, "price": plain_euros(one.cents)}) for one in place.tariffs.all()
        ],
        "staff": [_person(one) for one in place.staff.all()],
    }
    said = {name: value for name, value in told.items() if value not in (None, "", [], {})}
    return {"schema": "escale.place/1", **said, "zones": territory.zones_of(place.commune_id)}


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """What is known; days as ISO."""
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {name: value for name, value in said.items() if value not in (None, "")}


def _carrier(place: Place) -> dict[str, Any]:
    if place.carrier is None:
        return _told({"name": place.carrier_name, "siret": place.pivot if len(place.pivot) == 14 else ""})
    return _told({"name": place.carrier.name, "legal_form": place.carrier.legal_form, "siret": place.carrier.siret})


def _closure(one: Closure) -> dict[str, Any]:
    last = one.until - timedelta(days=1)
    ordered = {"ordered_by_government": one.ordered_by_government}
    return {"from": one.first.isoformat(), "to": last.isoformat(), **_told({"reason": one.reason}), **ordered}


def _space(one: Space) -> dict[str, Any]:
    """A part of a space is not counted beside the whole."""
    units = 0 if one.part_of_id else one.units
    return {
        "kind": one.kind,
        "units": units,
        **_told({"name": one.name, "capacity": one.capacity, "floor_m2": one.floor_m2}),
    }


def _person(one: Staff) -> dict[str, Any]:
    fte = {"fte": f"{one.fte.normalize():f}"} if one.fte is not None else {}
    return {"role": one.role, "named": bool(one.shown_name), **fte}


def _said(figure: Any, counted: bool) -> int | float | bool:
    return _number(figure) if counted else bool(figure)


def _number(figure: Any) -> int | float:
    return int(figure) if figure == int(figure) else float(figure)


def read(tree: Any) -> tuple[dict[str, Any] | None, dict[Regime, Week] | None, list[Problem]]:
    """The canonical document of a place, its weeks by regime (None: hours unknown), and every problem."""
    document, problems = read_place(tree)
    if document is None:
        return None, None, problems
    if "hours" not in document:
        return document, None, []
    weeks: dict[Regime, Week] = {}
    for rank, one in enumerate(document["hours"]):
        found = osm.read(one["osm"])
        problems += [Problem("wrong_hours", text, ["hours", rank, "osm"]) for text in found.problems]
        weeks |= _weeks(Regime(one.get("regime", "normal")), found.weeks)
    return (None if problems else document), weeks, problems


def _weeks(regime: Regime, found: Mapping[Regime, Week]) -> dict[Regime, Week]:
    """What the text of one regime says of it; a text that tells school time and holidays apart says both."""
    if regime is Regime.NORMAL:
        return dict(found)
    week = found.get(regime, found.get(Regime.NORMAL))
    return {} if week is None else {regime: week}
