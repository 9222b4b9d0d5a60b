"""A place as a place file (``escale.place/1``): what the label's check reads, from the place's own tables."""

from datetime import timedelta
from typing import Any

from escale.foundation.places import osm, queries
from escale.foundation.places.models import Place, Space, Staff
from escale.rules.places import MEASURES


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
        "carrier": place.carrier.name if place.carrier else place.carrier_name,
        "commune": place.commune_id,
        "address": place.address,
        "point": {"lon": place.lon, "lat": place.lat} if place.lon is not None else None,
        "opened_on": place.opened_on.isoformat() if place.opened_on else None,
        "hours": [{"regime": regime.value, "osm": osm.write_week(week)} for regime, week in weeks.items()],
        "closures": [
            {
                "from": one.first.isoformat(),
                "to": (one.until - timedelta(days=1)).isoformat(),
                "reason": one.reason,
                "ordered_by_government": one.ordered_by_government,
            }
            for one in place.closures.all()
        ],
        "spaces": [_space(one) for one in place.spaces.all()],
        "equipment": {one.code: _said(one.figure, one.counted) for one in figures if one.code not in MEASURES},
        "measures": {one.code: _number(one.figure) for one in figures if one.code in MEASURES},
        "services": list(place.services),
        "staff": [_person(one) for one in place.staff.all()],
    }
    return {"schema": "escale.place/1"} | {
        name: value for name, value in told.items() if value not in (None, "", [], {})
    }


def _space(one: Space) -> dict[str, Any]:
    return {"kind": one.kind, "units": one.units, **({"capacity": one.capacity} if one.capacity is not None else {})}


def _person(one: Staff) -> dict[str, Any]:
    fte = {"fte": f"{one.fte.normalize():f}"} if one.fte is not None else {}
    return {"role": one.role, "named": bool(one.shown_name), **fte}


def _said(figure: Any, counted: bool) -> int | float | bool:
    return _number(figure) if counted else bool(figure)


def _number(figure: Any) -> int | float:
    return int(figure) if figure == int(figure) else float(figure)
