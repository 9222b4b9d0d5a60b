"""Which communes lie within so many minutes by road: the same answer as ``minutes_between`` for each pair."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, radians, sin
from operator import attrgetter

from django.db.models import CharField, Q, QuerySet

from escale.foundation.prepared import Prepared, Slot
from escale.foundation.territory.models import Commune, Population, Travel
from escale.foundation.territory.queries import populations, revision
from escale.rules.distances import (
    BETWEEN_KMH,
    DETOUR,
    EARTH_M,
    SPEEDS,
    density,
    flight_km,
    great_circle_m,
    minutes_by_road,
    speed_kmh,
)

#: Degrees of latitude in a kilometre, a little more than true: only to leave out what is far.
_DEGREE_KM = 111.0


def within(origin: str, minutes: float) -> set[str]:
    """Codes of the communes at most ``minutes`` from ``origin`` by road: the table of minutes first, then the model."""
    north, known = _communes(revision())
    here = known.get(origin)
    given = _given(origin)
    found = {code for code, taken in given.items() if taken <= minutes}
    if here is None:
        return found
    # Squared chords between which only the model itself tells, for each speed at the other end.
    ends = {speed: _chords(flight_km(minutes, here.people, least)) for least, speed in SPEEDS}
    up = (minutes * BETWEEN_KMH / 60 / DETOUR + 1) / _DEGREE_KM
    # Meridians draw together towards the pole: the box is as wide as its nearer edge needs.
    across = up / max(0.05, cos(radians(min(89.0, abs(here.lat) + up))))
    west, east, x, y, z = here.lon - across, here.lon + across, here.x, here.y, here.z
    first = bisect_left(north, here.lat - up, key=_LAT)
    for other in north[first : bisect_right(north, here.lat + up, key=_LAT)]:
        if not west <= other.lon <= east:
            continue
        sure, most = ends[other.speed]
        chord = (other.x - x) ** 2 + (other.y - y) ** 2 + (other.z - z) ** 2
        if chord <= most and other.code not in given and (chord <= sure or _minutes(here, other) <= minutes):
            found.add(other.code)
    found.add(origin)
    return found


def _chords(km: float) -> tuple[float, float]:
    """Squares of the chords of the unit sphere a little shorter and a little longer than this flight."""
    return tuple((2 * sin(min(km * (1 + more) * 1000 / EARTH_M / 2, pi / 2))) ** 2 for more in (-1e-6, 1e-6))  # type: ignore[return-value]  # two of them


def _minutes(a: "Centre", b: "Centre") -> float:
    return minutes_by_road(great_circle_m(a.lon, a.lat, b.lon, b.lat) / 1000, a.people, b.people)


def nearest(lon: float, lat: float) -> str | None:
    """The commune whose centroid is nearest to a point in WGS 84 degrees."""
    _north, known = _communes(revision())
    if not known:
        return None
    return min(known, key=lambda code: great_circle_m(lon, lat, known[code].lon, known[code].lat))


def dots_in(box: tuple[float, float, float, float]) -> list[tuple[float, float, int]]:
    """(lon, lat, inhabitants) of the communes in a box (west, south, east, north), the most populated first."""
    inside = Commune.objects.filter(lon__range=(box[0], box[2]), lat__range=(box[1], box[3]))
    rows = list(inside.values_list("code", "lon", "lat"))
    people = populations(code for code, _lon, _lat in rows)
    return sorted(((lon, lat, people.get(code, 0)) for code, lon, lat in rows), key=lambda dot: -dot[2])


def _given(origin: str) -> dict[str, float]:
    """Minutes of the table, the way from ``origin`` before the way back, in one query."""
    there: dict[str, float] = {}
    back: dict[str, float] = {}
    for one, other, minutes in _TRAVELS.rows(code=origin):
        if one == origin:
            there[other] = minutes
        else:
            back[one] = minutes
    return back | there


def _travels() -> "QuerySet[Travel, tuple[str, str, float]]":
    code = Slot("code", CharField())
    rows = Travel.objects.filter(Q(origin_id=code) | Q(destination_id=code)).order_by()
    return rows.values_list("origin_id", "destination_id", "minutes")


_TRAVELS: Prepared[Travel, tuple[str, str, float]] = Prepared(_travels)


@dataclass(frozen=True, slots=True)
class Centre:
    """The middle of a commune, also on the unit sphere; inhabitants per km², and the speed that follows, km/h."""

    code: str
    lon: float
    lat: float
    people: float
    speed: float
    x: float
    y: float
    z: float


def departements() -> frozenset[str]:
    """Codes of the départements that the communes of the territory are in."""
    return _departements(revision())


@lru_cache(maxsize=2)
def _departements(_revision: int) -> frozenset[str]:
    return frozenset(Commune.objects.order_by().values_list("departement", flat=True).distinct())


type Known = dict[str, Centre]
_LAT = attrgetter("lat")


@lru_cache(maxsize=2)
def _communes(_revision: int) -> tuple[list[Centre], Known]:
    """The communes from south to north, and by code; read again only when the territory's data were loaded anew."""
    people = dict(Population.objects.order_by("year").values_list("commune_id", "inhabitants"))
    rows = Commune.objects.values_list("code", "lon", "lat", "area_km2")
    known = {code: _centre(code, lon, lat, density(people.get(code), area)) for code, lon, lat, area in rows}
    return sorted(known.values(), key=lambda one: (one.lat, one.code)), known


def _centre(code: str, lon: float, lat: float, people: float) -> Centre:
    east, north = radians(lon), radians(lat)
    x, y, z = cos(north) * cos(east), cos(north) * sin(east), sin(north)
    return Centre(code, lon, lat, people, speed_kmh(people), x, y, z)
