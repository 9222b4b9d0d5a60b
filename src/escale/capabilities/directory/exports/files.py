"""The places found, as files: GeoJSON (RFC 7946), CSV, points of the map, opening days as a calendar."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from escale.capabilities.directory.queries import record
from escale.capabilities.directory.queries.search import Found
from escale.foundation.documents.spreadsheets import harmless
from escale.rules.hours import PARIS, Opening, spans_on
from escale.rules.places import EQUIPMENT, MEASURES, NEEDS, STANDINGS, UNITS

FIELDS = (
    "id", "name", "kinds", "carrier", "siret", "address", "complement", "postcode", "insee", "commune",
    "former_commune", "lat", "lon", "x_l93", "y_l93", "phone", "emails", "websites", "opened_on", "opening_hours",
    "open_on_public_holidays", "closures", "services", "publics", "languages", "spaces",
)  # fmt: skip
COLUMNS = (
    *FIELDS, *(f"equipment_{code}" for code in EQUIPMENT), *MEASURES, *(f"access_{need}" for need in NEEDS),
    *(f"price_{unit}" for unit in UNITS), "tariffs", *(f"standing_{kind}" for kind in STANDINGS),
    "summary", "checked_on", "source", "url",
)  # fmt: skip
CALENDAR_DAYS = 92


def geojson(found: Found, at: datetime) -> str:
    """All places found as one FeatureCollection, standings as they hold at ``at``."""
    parts = [
        text.replace(record.HOLE, _kinds(dated, at)) if dated else text
        for text, dated in found.values_list("record__feature", "record__dated")
    ]
    return '{"type":"FeatureCollection","features":[' + ",\n".join(parts) + "]}"


def points(found: Found) -> str:
    """The map's own short form: ``[[number, lon, lat], …]`` in 10⁻⁴ degrees, in the order of the list."""
    rows = found.filter(lon__isnull=False).values_list("place_id", "lon", "lat")
    return '{"points":[' + ",".join(f"[{key},{_short(lon)},{_short(lat)}]" for key, lon, lat in rows) + "]}"


def table(found: Found, at: datetime, base_url: str) -> str:
    """All places found as CSV (UTF-8, commas, ``|`` between several values, prices in euros). ``closures``: the
    first and the last closed day; ``opening_hours`` holds them too.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for (card,) in found.values_list("record__card"):
        told = json.loads(card)
        writer.writerow([_safe(value) for value in line(told, at, base_url)])
    return out.getvalue()


def line(told: dict[str, Any], at: datetime, base_url: str) -> list[Any]:
    """One record as the cells of ``COLUMNS``. A need nobody spoke of is ``unknown``; an unsaid figure is empty."""
    commune, l93 = told["commune"], told["lambert93"] or {"x": "", "y": ""}
    holding = {one["kind"] for one in record.holding(told["standings"], at)}
    prices = {unit: [one["cents"] for one in told["tariffs"] if one["unit"] == unit] for unit in UNITS}
    return [
        told["id"], told["name"], _several(told["kinds"]), told["carrier"], told["siret"], told["address"],
        told["complement"], told["postcode"], commune["code"], commune["name"], commune["former"],
        _blank(told["lat"]), _blank(told["lon"]), l93["x"], l93["y"], told["phone"], _several(told["emails"]),
        _several(told["websites"]), told["opened_on"] or "", told["opening_hours"],
        "yes" if told["open_on_public_holidays"] else "no",
        _several(f"{one['from']}/{_eve(one['until'])}" for one in told["closures"]),
        _several(told["services"]), _several(told["publics"]), _several(told["languages"]),
        _several(f"{one['kind']}:{one['units']}:{one['capacity'] or ''}" for one in told["spaces"]),
        *(_there(told["equipment"].get(code)) for code in EQUIPMENT),
        *(_blank(told["measures"].get(code)) for code in MEASURES),
        *(told["access"].get(need, "unknown") for need in NEEDS),
        *(f"{min(cents) / 100:.2f}" if cents else "" for cents in prices.values()),
        _several(f"{one['what']} {one['cents'] / 100:.2f} {one['unit']}".strip() for one in told["tariffs"]),
        *("yes" if kind in holding else "no" for kind in STANDINGS),
        told["summary"], told["checked_on"] or "", told["source"], base_url + told["url"],
    ]  # fmt: skip


def openings(name: str, uid: str, opening: Opening, at: datetime) -> bytes:
    """The openings of the next three months as iCalendar (RFC 5545), one event each, with stable UIDs."""
    feed = Calendar()
    feed.add("prodid", "-//Escale//places//FR")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    today = at.astimezone(PARIS).date()
    for ahead in range(CALENDAR_DAYS):
        day = today + timedelta(days=ahead)
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a wall time: its zone comes below
        for span in spans_on(opening, day):
            event = Event()
            event.add("uid", f"{day.isoformat()}-{span.start}@{uid}")
            event.add("dtstamp", at)
            event.add("summary", name)
            event.add("dtstart", (midnight + timedelta(minutes=span.start)).replace(tzinfo=PARIS))
            event.add("dtend", (midnight + timedelta(minutes=span.end)).replace(tzinfo=PARIS))
            feed.add_component(event)
    return feed.to_ical()


def _short(degrees: float | None) -> int:
    return round((degrees or 0.0) * 1e4)


def _kinds(dated: str, at: datetime) -> str:
    kinds = dict.fromkeys(one["kind"] for one in record.holding(json.loads(dated), at))
    return json.dumps(list(kinds), separators=(",", ":"))


def _eve(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _several(values: Iterable[str]) -> str:
    return "|".join(values)


def _there(value: Any) -> Any:
    """A number when it was counted, else yes or no; empty when nobody said."""
    return ("yes" if value else "no") if isinstance(value, bool) else _blank(value)


def _blank(value: Any) -> Any:
    return "" if value is None else value


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would run is kept readable and made harmless; telephone numbers stay as they are."""
    return harmless(value) if isinstance(value, str) and not value[1:].replace(" ", "").isdigit() else value
