"""The public record of a place: the one description that rows, the API, CSV and GeoJSON all come from."""

import json
from datetime import datetime
from math import cos, radians, sin
from typing import Any

from escale.foundation.places import osm, queries
from escale.foundation.places.models import Place
from escale.foundation.territory.names import fold
from escale.rules import hours
from escale.rules.places import MEASURES

UNPUBLISHED = ("weeks", "zone")
#: Stands in a stored feature where the standings of the day go.
HOLE = "\x1f"
#: Order in which a price is quoted in a row.
QUOTED = ("free", "hour", "half_day", "day", "ticket", "week", "month", "year")


def described(place: Place) -> dict[str, Any]:
    """All that is public of a place read with ``places.queries.whole``. No person is named without consent."""
    return {
        "id": place.slug,
        "url": f"/lieux/{place.slug}/",
        "name": place.name,
        "kinds": list(place.kinds),
        "summary": place.summary,
        "carrier": place.carrier.name if place.carrier else place.carrier_name,
        "siret": place.pivot,
        **_where(place),
        "phone": place.phone,
        "emails": list(place.emails),
        "websites": list(place.websites),
        "opened_on": place.opened_on.isoformat() if place.opened_on else None,
        **_when(place),
        **_inside(place),
        "services": list(place.services),
        "publics": list(place.publics),
        "languages": list(place.languages),
        "staff": [{"role": one.role, "name": one.shown_name} for one in place.staff.all()],
        "welcome_hours": place.welcome_hours,
        "checked_on": place.checked_on.isoformat() if place.checked_on else None,
        "source": place.source,
        "standings": [
            {
                "kind": one.kind,
                "reference": one.reference,
                "act_reference": one.act_reference,
                "since": one.since.isoformat(),
                "until": one.until.isoformat() if one.until else None,
            }
            for one in place.standings.all()
        ],
    }


def _where(place: Place) -> dict[str, Any]:
    point = place.lambert93
    return {
        "commune": {"code": place.commune_id, "name": place.commune.name, "former": place.former_commune},
        "address": place.address,
        "complement": place.complement,
        "postcode": place.postcode,
        "lon": place.lon,
        "lat": place.lat,
        "lambert93": {"x": point[0], "y": point[1]} if point else None,
    }


def _when(place: Place) -> dict[str, Any]:
    weeks = queries.weeks(place)
    return {
        "hours": [{"regime": regime.value, "osm": osm.write_week(week)} for regime, week in weeks.items()],
        "opening_hours": osm.write(
            weeks,
            open_on_public_holidays=place.open_on_public_holidays,
            closures=[(one.first, one.until) for one in place.closures.all()],
        ),
        "open_on_public_holidays": place.open_on_public_holidays,
        "closures": [_closure(one) for one in place.closures.all()],
        "zone": queries.zone(place),
        "weeks": {regime.value: packed_week(week) for regime, week in weeks.items()},
    }


def _inside(place: Place) -> dict[str, Any]:
    lines = list(place.equipment.all())
    figures = {
        one.code: number(one.figure) if one.counted or one.code in MEASURES else bool(one.figure) for one in lines
    }
    return {
        "spaces": [
            {"kind": one.kind, "name": one.name, "capacity": one.capacity, "units": one.units, "floor_m2": one.floor_m2}
            for one in place.spaces.all()
        ],
        "equipment": {code: figure for code, figure in figures.items() if code not in MEASURES},
        "measures": {code: figure for code, figure in figures.items() if code in MEASURES},
        "tariffs": [
            {"what": one.what, "unit": one.unit, "cents": one.cents, "note": one.note} for one in place.tariffs.all()
        ],
        "access": {one.need: "yes" if one.met else "no" for one in place.access.all()},
        "access_notes": {one.need: one.note for one in place.access.all() if one.note},
    }


def number(figure: Any) -> int | float:
    """A whole number as such, else a float of at most two decimals."""
    return int(figure) if figure == int(figure) else float(figure)


def packed_week(week: hours.Week) -> list[list[list[int]]]:
    """A week as JSON holds it."""
    return [[[span.start, span.end] for span in day] for day in week]


def where(record: dict[str, Any]) -> str:
    """The commune, with the one it was."""
    commune = record["commune"]
    former = commune["former"]
    return f"{commune['name']} ({former})" if former and former != commune["name"] else str(commune["name"])


def quoted(tariffs: list[dict[str, Any]]) -> tuple[str, int]:
    """(unit, cents) of the price that a row quotes: the lowest of the first unit in the order of ``QUOTED``."""
    for unit in QUOTED:
        if cents := [one["cents"] for one in tariffs if one["unit"] == unit]:
            return unit, min(cents)
    return "", 0


def brief(record: dict[str, Any]) -> str:
    """What a row of the list shows, as a JSON list in the order that ``panels.rows`` reads: what depends on the
    instant (hours, label) as its facts, what depends on the language as codes."""
    told = (
        record["id"], record["name"], where(record), record["kinds"], *quoted(record["tariffs"]),
        record["access"].get("step_free", ""),
        [[one["since"], one["until"]] for one in record["standings"] if one["kind"] == "labelled"],
        record["zone"], record["weeks"], [[one["from"], one["until"]] for one in record["closures"]],
        record["open_on_public_holidays"],
    )  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def holding(standings: list[dict[str, Any]], at: datetime) -> list[dict[str, Any]]:
    """The standings that hold at this instant."""
    return [
        one
        for one in standings
        if datetime.fromisoformat(one["since"]) <= at
        and (one["until"] is None or datetime.fromisoformat(one["until"]) > at)
    ]


def published(record: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The record as the API gives it at this instant."""
    told = {name: value for name, value in record.items() if name not in UNPUBLISHED}
    told["standings"] = holding(record["standings"], at)
    return told


def searched(record: dict[str, Any]) -> str:
    """The words that a search finds: name, address, complement, postcode, commune of today and of yesterday."""
    commune = record["commune"]
    parts = (
        record["name"],
        record["address"],
        record["complement"],
        record["postcode"],
        commune["name"],
        commune["former"],
    )
    return " ".join(fold(part) for part in parts if part)


def rank(record: dict[str, Any]) -> str:
    """The alphabetical order: the folded name, then the page's address; letters and digits only, so that every
    database sorts it alike."""
    return (fold(record["name"]).replace(" ", "0") + "00" + record["id"].replace("-", "0"))[:260]


def unit_vector(lon: float | None, lat: float | None) -> tuple[float | None, float | None, float | None]:
    """The point on the unit sphere, or three times nothing."""
    if lon is None or lat is None:
        return None, None, None
    return cos(radians(lat)) * cos(radians(lon)), cos(radians(lat)) * sin(radians(lon)), sin(radians(lat))


def feature(record: dict[str, Any], standings: str) -> str:
    """The place as a GeoJSON feature; ``standings`` is JSON text put in as it is."""
    point = [record["lon"], record["lat"]] if record["lon"] is not None else None
    geometry = f'{{"type":"Point","coordinates":[{point[0]:.6f},{point[1]:.6f}]}}' if point else "null"
    told = {
        "name": record["name"],
        "url": record["url"],
        "kinds": record["kinds"],
        "commune": record["commune"]["name"],
        "insee": record["commune"]["code"],
        "address": record["address"],
        "postcode": record["postcode"],
        "opening_hours": record["opening_hours"],
        "open_on_public_holidays": record["open_on_public_holidays"],
        "checked_on": record["checked_on"],
    }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return (
        f'{{"type":"Feature","id":{json.dumps(record["id"])},"geometry":{geometry},'
        f'"properties":{body[:-1]},"standings":{standings}}}}}'
    )


def _closure(one: Any) -> dict[str, Any]:
    return {
        "from": one.first.isoformat(),
        "until": one.until.isoformat(),
        "reason": one.reason,
        "ordered_by_government": one.ordered_by_government,
    }
