"""Which communes lie within so many minutes by road: the same answer as ``minutes_between`` for each pair."""

from bisect import bisect_left, bisect_right
from functools import lru_cache
from math import cos, radians
from operator import itemgetter

from django.db.models import Q

from escale.foundation.territory.models import Commune, Population, Travel
from escale.foundation.territory.queries import populations, revision
from escale.rules.distances import BETWEEN_KMH, DETOUR, density, great_circle_m, minutes_by_road

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
    lon, lat, people = here
    up = (minutes * BETWEEN_KMH / 60 / DETOUR + 1) / _DEGREE_KM
    # Meridians draw together towards the pole: the box is as wide as its nearer edge needs.
    across = up / max(0.05, cos(radians(min(89.0, abs(lat) + up))))
    first = bisect_left(north, lat - up, key=itemgetter(0))
    for other_lat, code in north[first : bisect_right(north, lat + up, key=itemgetter(0))]:
        other_lon, _lat, other_people = known[code]
        if not -across <= other_lon - lon <= across or code in given:
            continue
        km = great_circle_m(lon, lat, other_lon, other_lat) / 1000
        if minutes_by_road(km, people, other_people) <= minutes:
            found.add(code)
    found.add(origin)
    return found


def nearest(lon: float, lat: float) -> str | None:
    """The commune whose centroid is nearest to a point in WGS 84 degrees."""
    _north, known = _communes(revision())
    if not known:
        return None
    return min(known, key=lambda code: great_circle_m(lon, lat, known[code][0], known[code][1]))


def dots_in(box: tuple[float, float, float, float]) -> list[tuple[float, float, int]]:
    """(lon, lat, inhabitants) of the communes in a box (west, south, east, north), the most populated first."""
    inside = Commune.objects.filter(lon__range=(box[0], box[2]), lat__range=(box[1], box[3]))
    rows = list(inside.values_list("code", "lon", "lat"))
    people = populations(code for code, _lon, _lat in rows)
    return sorted(((lon, lat, people.get(code, 0)) for code, lon, lat in rows), key=lambda dot: -dot[2])


def _given(origin: str) -> dict[str, float]:
    """Minutes of the table, the way from ``origin`` before the way back, in one query."""
    rows = Travel.objects.filter(Q(origin=origin) | Q(destination=origin)).order_by()
    there: dict[str, float] = {}
    back: dict[str, float] = {}
    for one, other, minutes in rows.values_list("origin_id", "destination_id", "minutes"):
        if one == origin:
            there[other] = minutes
        else:
            back[one] = minutes
    return back | there


type Known = dict[str, tuple[float, float, float]]


@lru_cache(maxsize=2)
def _communes(_revision: int) -> tuple[list[tuple[float, str]], Known]:
    """(latitude, code) from south to north, and code → lon, lat, inhabitants per km²; read again only when the
    territory's data were loaded anew."""
    people = dict(Population.objects.order_by("year").values_list("commune_id", "inhabitants"))
    rows = Commune.objects.values_list("code", "lon", "lat", "area_km2")
    known = {code: (lon, lat, density(people.get(code), area)) for code, lon, lat, area in rows}
    return sorted((lat, code) for code, (_lon, lat, _people) in known.items()), known
