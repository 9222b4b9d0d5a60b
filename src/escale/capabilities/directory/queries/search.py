"""The one search behind the list, the map, the exports and the API: the same places in the same order.

Its conditions are written as SQL, the same for both databases: composing them through the ORM took several times
longer than the database to answer (docs/decisions/0093).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import asin, cos, degrees, radians, sin
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, DateTimeField, F, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from escale.capabilities.directory.models import Listing
from escale.capabilities.directory.queries import opening
from escale.capabilities.directory.queries.question import Near, Question
from escale.capabilities.directory.queries.record import unit_vector
from escale.foundation.territory import reach
from escale.foundation.territory.names import fold
from escale.rules.distances import EARTH_M

type Found = QuerySet[Listing]
#: A condition in SQL and its values.
type Clause = tuple[str, list[Any]]

#: From how many answers on it is quicker to walk the list asking each place than to gather all the open ones first.
MANY = 200
_ALL: Clause = ("1 = 1", [])
_DAYTIME: DateTimeField[Any, Any] = DateTimeField()
_COLUMNS = {"kind": "kinds", "equipment": "equipment", "service": "services", "public": "publics"}


@dataclass(frozen=True)
class Asked:
    """A question as SQL: ``plain``, all but hours; ``hours``, gathered or (``probed``) asked of each place in turn;
    ``far``, the squared chord that places are put in order by, when one searches near somewhere.
    """

    plain: list[Clause]
    hours: Clause | None = None
    probed: Clause | None = None
    far: Clause | None = None
    few: bool = False

    def where(self, *, probing: bool) -> Clause:
        """All the conditions as one."""
        hours = self.probed if probing else self.hours
        return _both([*self.plain, *([hours] if hours else [])])


def matching(asked: Question, at: datetime) -> Found:
    """The listed places that answer, in their order: by distance when one searches near somewhere, else by name.

    ``kind``: any of those named. ``equipment``, ``service``, ``public``, ``access``, ``standing``: all of
    them. A price is compared in its own unit only. What is not known never answers yes.
    """
    said = _said(asked, at)
    text, values = said.where(probing=said.few)
    found = Listing.objects.all()
    if text != _ALL[0]:
        found = found.filter(RawSQL(text, values, output_field=BooleanField()))
    if said.far is None:
        return found.order_by("rank", "place_id")
    found = found.annotate(far=RawSQL(*said.far, output_field=FloatField()))
    return found.order_by(F("far").asc(nulls_last=True), "rank", "place_id")


def page(asked: Question, at: datetime, *, first: int, rows: int) -> tuple[int, list[tuple[str, float | None]]]:
    """How many places answer, and ``rows`` of them from the one numbered ``first`` on: what the list shows of each,
    and its squared chord. The same answer as ``matching``.
    """
    said = _said(asked, at)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        count, found = _found(cursor, said, first, rows)
        keys = [key for key, _far in found] or [0]
        marks = ", ".join(["%s"] * len(keys))
        cursor.execute(f"SELECT listing_id, brief FROM directory_record WHERE listing_id IN ({marks})", keys)
        briefs = dict(cursor.fetchall())
    return count, [(briefs[key], chord if said.far else None) for key, chord in found if key in briefs]


def _found(cursor: Any, said: "Asked", first: int, rows: int) -> tuple[int, list[tuple[int, float]]]:
    """How many, then the keys and chords of some. Few are all read in one go; of many the count comes first."""
    far, values = said.far or ("0", [])
    order = "far NULLS LAST, rank, place_id" if said.far else "rank, place_id"
    text, more = said.where(probing=said.few)
    if said.few:
        cursor.execute(
            f"SELECT place_id, {far} AS far FROM directory_listing WHERE {text} ORDER BY {order}", [*values, *more]
        )
        found = cursor.fetchall()
        return len(found), found[first : first + rows]
    cursor.execute(f"SELECT COUNT(*) FROM directory_listing WHERE {text}", more)
    count = cursor.fetchone()[0]
    text, more = said.where(probing=count >= MANY)
    cursor.execute(
        f"SELECT place_id, {far} AS far FROM directory_listing WHERE {text} ORDER BY {order} LIMIT %s OFFSET %s",
        [*values, *more, rows, first],
    )
    return count, cursor.fetchall()


def kilometres(far: float | None) -> float | None:
    """Great-circle kilometres of a squared chord ``far``."""
    return None if far is None else 2 * EARTH_M * asin(min(1.0, far**0.5 / 2)) / 1000


def slugs(found: Found) -> Iterable[str]:
    """The addresses of the places found, in order."""
    return found.values_list("slug", flat=True)


def _said(asked: Question, at: datetime) -> Asked:
    plain: list[Clause] = [("words LIKE %s", [f"%{word}%"]) for word in fold(asked.q).split()]
    plain += _coded(asked)
    if kinds := asked.codes.get("standing"):
        plain += _standing(kinds, at)
    if asked.unit:
        plain.append((f"price_{asked.unit} IS NOT NULL", []))
        if asked.price_max is not None:
            plain.append((f"price_{asked.unit} <= %s", [asked.price_max]))
    far = _chord_squared(asked.near) if asked.near else None
    few = bool(asked.q) or (asked.near is not None and (asked.km is not None or asked.minutes is not None))
    if asked.near is not None and far is not None:
        plain += _around(asked.near, far, asked)
    if asked.open_at is None and asked.open_on is None:
        return Asked(plain, far=far, few=few)
    days = opening.days(asked.open_at, asked.open_on)
    return Asked(plain, opening.clause(days, probing=False), opening.clause(days, probing=True), far, few)


def _both(clauses: list[Clause]) -> Clause:
    if not clauses:
        return _ALL
    return " AND ".join(text for text, _values in clauses), [one for _text, values in clauses for one in values]


def _coded(asked: Question) -> list[Clause]:
    found: list[Clause] = []
    if kinds := asked.codes.get("kind"):
        found.append((f"({' OR '.join(['kinds LIKE %s'] * len(kinds))})", [f"%|{code}|%" for code in kinds]))
    for name in ("equipment", "service", "public"):
        found += [(f"{_COLUMNS[name]} LIKE %s", [f"%|{code}|%"]) for code in asked.codes.get(name, ())]
    for need, answer in asked.access:
        like = f"%|{need}|%"
        found.append(
            ("access_yes NOT LIKE %s AND access_no NOT LIKE %s", [like, like])
            if answer == "unknown"
            else (f"access_{answer} LIKE %s", [like])
        )
    return found


def _standing(kinds: tuple[str, ...], at: datetime) -> list[Clause]:
    now = _DAYTIME.get_db_prep_value(at, connections[DEFAULT_DB_ALIAS])
    text = (
        "place_id IN (SELECT place_id FROM places_standing WHERE kind = %s AND since <= %s "
        "AND (until IS NULL OR until > %s))"
    )
    return [(text, [kind, now, now]) for kind in kinds]


def _around(near: Near, far: Clause, asked: Question) -> list[Clause]:
    found: list[Clause] = []
    if asked.km is not None:
        most = (2 * sin(asked.km * 1000 / EARTH_M / 2)) ** 2
        found += [*_box(near, asked.km), (f"{far[0]} <= %s", [*far[1], most])]
    if asked.minutes is not None:
        codes = sorted(reach.within(near.commune, asked.minutes))
        found.append((f"commune IN ({', '.join(['%s'] * len(codes))})", list(codes)) if codes else ("1 = 0", []))
    return found


def _box(near: Near, km: float) -> list[Clause]:
    """What cannot be nearer, left out by an index before distances are computed; all longitudes beside a pole."""
    up = degrees(km * 1000 / EARTH_M) * 1.001 + 1e-9
    inside: list[Clause] = [("lat BETWEEN %s AND %s", [near.lat - up, near.lat + up])]
    edge = abs(near.lat) + up
    if edge >= 89.0:
        return inside
    # Meridians draw together towards the pole: the box is as wide as its nearer edge needs.
    across = up / cos(radians(edge))
    west, east = near.lon - across, near.lon + across
    return [*inside, ("lon BETWEEN %s AND %s", [west, east])] if west >= -180 and east <= 180 else inside


def _chord_squared(near: Near) -> Clause:
    """Square of the straight line through the unit sphere: grows with the great circle, and is plain SQL."""
    x, y, z = unit_vector(near.lon, near.lat)
    return "((x - %s) * (x - %s) + (y - %s) * (y - %s) + (z - %s) * (z - %s))", [x, x, y, y, z, z]
