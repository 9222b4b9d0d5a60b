"""Reads of the territory: find a commune, its population of a year, its zones, how far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, IntegerField, Q, QuerySet

from escale.foundation.prepared import Prepared, Slot
from escale.foundation.territory.models import (
    Commune,
    FormerCommune,
    Grouping,
    Population,
    Revision,
    Travel,
    Zone,
)
from escale.foundation.territory.names import fold
from escale.rules.distances import density, great_circle_m, minutes_by_road


def current_code(code: str) -> str | None:
    """The code of today for a code of today or of a merged commune; None when nobody knows it."""
    if Commune.objects.filter(code=code).exists():
        return code
    former = FormerCommune.objects.filter(code=code).order_by("id").first()
    return former.current_id if former else None


def commune(code: str) -> Commune | None:
    """The commune of today that bears or holds this code."""
    found = _COMMUNE.first(code=code)
    if found is None and (current := current_code(code)):
        found = Commune.objects.filter(code=current).first()
    return found


def population(code: str, year: int | None = None) -> int | None:
    """Legal population of the reference ``year``, or of the latest year; None when unknown, never guessed."""
    rows = Population.objects.filter(commune_id=code)
    rows = rows.filter(year=year) if year else rows.order_by("-year")
    return rows.values_list("inhabitants", flat=True).first()


def populations(codes: Iterable[str], year: int | None = None) -> dict[str, int]:
    """The populations of several communes in one query; unknown ones are absent."""
    codes = list(codes)
    if len(codes) == 1:
        of_one = _PEOPLE_OF_YEAR.rows(code=codes[0], year=year) if year else _PEOPLE.rows(code=codes[0])
        return dict(of_one)
    rows = Population.objects.filter(commune_id__in=codes).order_by("year")
    rows = rows.filter(year=year) if year else rows
    return dict(rows.values_list("commune_id", "inhabitants"))


def _people() -> "QuerySet[Population, tuple[str, int]]":
    rows = Population.objects.filter(commune_id=_CODE).order_by("year")
    return rows.values_list("commune_id", "inhabitants")


_CODE = Slot("code", CharField())
_PEOPLE: Prepared[Population, tuple[str, int]] = Prepared(_people)
_PEOPLE_OF_YEAR: Prepared[Population, tuple[str, int]] = Prepared(
    lambda: _people().filter(year=Slot("year", IntegerField()))
)
_COMMUNE: Prepared[Commune, Commune] = Prepared(lambda: Commune.objects.filter(code=_CODE))
_REVISION: Prepared[Revision, int] = Prepared(lambda: Revision.objects.filter(pk=1).values_list("number", flat=True))
_ZONES: Prepared[Zone, str] = Prepared(
    lambda: Zone.objects.filter(communes__code=_CODE).order_by("key").values_list("key", flat=True)
)


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


def zones_in_words(code: str) -> "QuerySet[Zone]":
    """The zones that hold this commune, to be shown."""
    return Zone.objects.filter(communes__code=code).order_by("family", "name", "key")


def zones() -> "QuerySet[Zone]":
    """Every zone with the number of its communes."""
    return Zone.objects.annotate(count=Count("communes")).order_by("family", "name", "key")


def totals() -> dict[str, Any]:
    """What is loaded: communes, groupings, merged communes, minutes, years of population, the last load."""
    row = Revision.objects.filter(pk=1).first()
    return {
        "communes": Commune.objects.count(),
        "groupings": Grouping.objects.count(),
        "former": FormerCommune.objects.count(),
        "minutes": Travel.objects.count(),
        "years": sorted(Population.objects.order_by().values_list("year", flat=True).distinct()),
        "loaded_at": row.loaded_at if row else None,
    }


def zones_of(code: str) -> list[str]:
    """The keys of the zones that hold this commune, sorted."""
    return _ZONES.rows(code=code)


def class_of(code: str, family: str) -> str | None:
    """The class of the commune in a family of zones (``vulnerability``), or None."""
    rows = Zone.objects.filter(communes__code=code, family=family).order_by("key")
    return rows.values_list("key", flat=True).first()


def distance_km(a: Commune, b: Commune) -> float:
    """Great-circle distance between two centroids, kilometres."""
    return great_circle_m(a.lon, a.lat, b.lon, b.lat) / 1000


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
    people = populations([a, b])
    near, far = (density(people.get(code), both[code].area_km2) for code in (a, b))
    return Minutes(minutes_by_road(distance_km(both[a], both[b]), near, far), "model")


def revision() -> int:
    """The number of the last load of territory data."""
    return _REVISION.first() or 0


def dots() -> list[tuple[float, float, int]]:
    """(lon, lat, inhabitants) of every commune, the most populated first: the territory as ornament."""
    people = dict(Population.objects.order_by("year").values_list("commune_id", "inhabitants"))
    rows: Sequence[tuple[str, float, float]] = list(Commune.objects.values_list("code", "lon", "lat"))
    return sorted(((lon, lat, people.get(code, 0)) for code, lon, lat in rows), key=lambda dot: -dot[2])


def in_departement(departement: str) -> "QuerySet[Commune]":
    """The communes of a département."""
    return Commune.objects.filter(departement=departement)
