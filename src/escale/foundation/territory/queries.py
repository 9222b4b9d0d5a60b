"""Reads of the territory: find a commune, its population of a year, its zones, how far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.db.models import Q, QuerySet

from escale.foundation.territory.models import Commune, FormerCommune, Population, Revision, Travel, Zone
from escale.foundation.territory.names import fold

#: Mean Earth radius (IUGG), metres: the one of the whole house.
EARTH_M = 6_371_008.8
#: Default travel model where no table of minutes is given: roads are longer than flight (detour), and
#: slower in dense communes. km/h by inhabitants per km², at the slower end of the way.
DETOUR = 1.3
SPEEDS = ((1500.0, 28.0), (400.0, 40.0), (100.0, 52.0), (0.0, 60.0))


def current_code(code: str) -> str | None:
    """The code of today for a code of today or of a merged commune; None when nobody knows it."""
    if Commune.objects.filter(code=code).exists():
        return code
    former = FormerCommune.objects.filter(code=code).order_by("id").first()
    return former.current_id if former else None


def commune(code: str) -> Commune | None:
    """The commune of today that bears or holds this code."""
    current = current_code(code)
    return Commune.objects.filter(code=current).first() if current else None


def population(code: str, year: int | None = None) -> int | None:
    """Legal population of the reference ``year``, or of the latest year; None when unknown, never guessed."""
    rows = Population.objects.filter(commune_id=code)
    rows = rows.filter(year=year) if year else rows.order_by("-year")
    return rows.values_list("inhabitants", flat=True).first()


def populations(codes: Iterable[str], year: int | None = None) -> dict[str, int]:
    """The populations of several communes in one query; unknown ones are absent."""
    rows = Population.objects.filter(commune_id__in=list(codes)).order_by("year")
    rows = rows.filter(year=year) if year else rows
    return dict(rows.values_list("commune_id", "inhabitants"))


def find(text: str, limit: int = 12) -> list[Commune]:
    """Communes whose name (or a merged commune's name, or code) begins with or holds the words typed.

    Those that begin with the text come first; a merged commune finds the one of today.
    """
    asked = fold(text)
    if not asked:
        return []
    code = text.strip().upper()
    begins = Q(folded__startswith=asked) | Q(code=code)
    found = list(Commune.objects.filter(begins)[:limit])
    if len(found) < limit:
        words = Q()
        for word in asked.split():
            words &= Q(folded__contains=word)
        former = FormerCommune.objects.filter(Q(folded__startswith=asked) | Q(code=code))
        more = Commune.objects.filter(words | Q(code__in=former.values("current_id")))
        seen = {one.code for one in found}
        found += [one for one in more[: limit * 2] if one.code not in seen]
    return found[:limit]


def is_called(one: Commune, text: str) -> bool:
    """Whether the commune bears exactly this name, accents and hyphens forgiven."""
    return one.folded == fold(text)


def zones_of(code: str) -> list[str]:
    """The keys of the zones that hold this commune, sorted."""
    return list(Zone.objects.filter(communes__code=code).order_by("key").values_list("key", flat=True))


def class_of(code: str, family: str) -> str | None:
    """The class of the commune in a family of zones (``vulnerability``), or None."""
    rows = Zone.objects.filter(communes__code=code, family=family).order_by("key")
    return rows.values_list("key", flat=True).first()


def distance_km(a: Commune, b: Commune) -> float:
    """Great-circle distance between two centroids, kilometres."""
    return great_circle_m(a.lon, a.lat, b.lon, b.lat) / 1000


def great_circle_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle distance in metres between two points in WGS 84 degrees."""
    f1, f2 = radians(lat1), radians(lat2)
    h = sin((f2 - f1) / 2) ** 2 + cos(f1) * cos(f2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(h))


@dataclass(frozen=True)
class Minutes:
    """A travel time and where it comes from: ``table`` (a file gave it) or ``model`` (an estimate)."""

    minutes: float
    source: str


def minutes_between(a: str, b: str) -> Minutes | None:
    """Minutes by road between two communes; None when one of them is unknown."""
    if a == b and Commune.objects.filter(code=a).exists():
        return Minutes(0.0, "model")
    pair = Q(origin_id=a, destination_id=b) | Q(origin_id=b, destination_id=a)
    given = sorted(Travel.objects.filter(pair), key=lambda row: row.origin_id != a)
    if given:
        return Minutes(given[0].minutes, "table")
    both = Commune.objects.in_bulk([a, b])
    if len(both) < 2:
        return None
    speed = min(_speed(one) for one in both.values())
    return Minutes(distance_km(both[a], both[b]) * DETOUR / speed * 60, "model")


def revision() -> int:
    """The number of the last load of territory data."""
    return Revision.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def dots() -> list[tuple[float, float, int]]:
    """(lon, lat, inhabitants) of every commune, the most populated first: the territory as ornament."""
    people = dict(Population.objects.order_by("year").values_list("commune_id", "inhabitants"))
    rows: Sequence[tuple[str, float, float]] = list(Commune.objects.values_list("code", "lon", "lat"))
    return sorted(((lon, lat, people.get(code, 0)) for code, lon, lat in rows), key=lambda dot: -dot[2])


def in_departement(departement: str) -> "QuerySet[Commune]":
    """The communes of a département."""
    return Commune.objects.filter(departement=departement)


def _speed(one: Commune) -> float:
    density = (population(one.code) or 0) / max(one.area_km2, 0.1)
    return next(speed for least, speed in SPEEDS if density >= least)
