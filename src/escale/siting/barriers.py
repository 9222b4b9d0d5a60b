"""Lines that a straight path may not cross, except through crossings: rivers, bridges, ferries.

A path that meets a barrier goes through one or several crossings, straight in between. Angles are small, so
that crossing is decided on a plane of longitudes and latitudes (some metres off over 30 km).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from escale.siting.arrays import BadInput, Flags, Floats, Ints
from escale.siting.pairs import Pairs, pairs_from_table, pairs_within
from escale.siting.sphere import great_circle_m

# A leg may end on the barrier at its own crossing: its last part, about 300 m, is not looked at.
_LANDING_M = 300.0
_BLOCK = 200_000


@dataclass(frozen=True)
class Barriers:
    """``segments`` (n, 4) as lon, lat, lon, lat; ``crossings`` (c, 2) as lon, lat; ``wait`` (c,) minutes."""

    segments: Floats
    crossings: Floats
    wait: Floats

    def cut(self, lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Flags:
        """Which straight paths (n,) meet a barrier."""
        hit = np.zeros(len(lon1), dtype=bool)
        for start in range(0, len(lon1), _BLOCK):
            part = slice(start, start + _BLOCK)
            hit[part] = self._cut(lon1[part], lat1[part], lon2[part], lat2[part])
        return hit

    def _cut(self, lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Flags:
        hit = np.zeros(len(lon1), dtype=bool)
        west, east = np.minimum(lon1, lon2), np.maximum(lon1, lon2)
        south, north = np.minimum(lat1, lat2), np.maximum(lat1, lat2)
        for ax, ay, bx, by in self.segments:
            near = (west <= max(ax, bx)) & (east >= min(ax, bx)) & (south <= max(ay, by)) & (north >= min(ay, by))
            at = np.flatnonzero(near & ~hit)
            if not len(at):
                continue
            x1, y1, x2, y2 = lon1[at], lat1[at], lon2[at], lat2[at]
            one, two = _side(ax, ay, bx, by, x1, y1), _side(ax, ay, bx, by, x2, y2)
            three, four = _side(x1, y1, x2, y2, ax, ay), _side(x1, y1, x2, y2, bx, by)
            hit[at] = (one * two <= 0) & (three * four <= 0) & ((one != 0) | (two != 0))
        return hit


NO_BARRIER = Barriers(np.zeros((0, 4)), np.zeros((0, 2)), np.zeros(0))


def _side(ax: Floats, ay: Floats, bx: Floats, by: Floats, x: Floats, y: Floats) -> Floats:
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax)


def barriers_from_geojson(document: object) -> Barriers:
    """Lines and outlines are barriers; points are crossings, with ``minutes`` of waiting in their properties.

    Raises BadInput naming each feature that cannot be read.
    """
    faults: list[str] = []
    segments: list[tuple[float, ...]] = []
    crossings: list[tuple[float, float]] = []
    wait: list[float] = []
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise BadInput(["features: a GeoJSON FeatureCollection is expected"])
    for number, feature in enumerate(features):
        try:
            shape, kept = feature["geometry"], feature.get("properties") or {}
            if shape["type"] == "Point":
                lon, lat = _point(shape["coordinates"])
                delay = float(kept.get("minutes", 0.0))
                if not (np.isfinite(delay) and delay >= 0):
                    raise ValueError("minutes")
                crossings.append((lon, lat))
                wait.append(delay)
                continue
            for line in _lines(shape):
                points = [_point(one) for one in line]
                segments += [(*a, *b) for a, b in pairwise(points)]
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            faults.append(
                f"features.{number}: a Point (crossing) or a LineString, MultiLineString or Polygon in WGS 84"
                " degrees is expected"
            )
    if faults:
        raise BadInput(faults)
    return Barriers(
        np.array(segments, dtype=np.float64).reshape(-1, 4),
        np.array(crossings, dtype=np.float64).reshape(-1, 2),
        np.array(wait, dtype=np.float64),
    )


def _lines(shape: dict) -> list:
    if shape["type"] == "LineString":
        return [shape["coordinates"]]
    if shape["type"] in ("MultiLineString", "Polygon"):
        return shape["coordinates"]
    if shape["type"] == "MultiPolygon":
        return [ring for polygon in shape["coordinates"] for ring in polygon]
    raise ValueError(shape["type"])


def _point(pair: list) -> tuple[float, float]:
    lon, lat = float(pair[0]), float(pair[1])
    if not (abs(lon) <= 180.0 and abs(lat) <= 90.0):
        raise ValueError("degrees")
    return lon, lat


def pairs_around(
    demand: tuple[Floats, Floats], sites: tuple[Floats, Floats], radius_m: float, barriers: Barriers
) -> tuple[Pairs, Floats]:
    """Pairs whose path, around barriers, is at most ``radius_m``; and the minutes waited at crossings (n,)."""
    pairs = pairs_within(*demand, *sites, radius_m)
    if not len(barriers.segments):
        return pairs, np.zeros(len(pairs.site))
    i, j = pairs.demand, pairs.site
    cut = barriers.cut(demand[0][i], demand[1][i], sites[0][j], sites[1][j])
    clear = ~cut
    if not cut.any() or not len(barriers.crossings):
        kept = pairs.keep(clear)
        return kept, np.zeros(len(kept.site))
    at = np.flatnonzero(cut)
    metres, wait = _through(demand, sites, i[at], j[at], barriers)
    good = metres <= radius_m
    keys = np.concatenate((i[clear], i[at][good])), np.concatenate((j[clear], j[at][good]))
    values = np.concatenate((pairs.value[clear], metres[good]))
    waits = np.concatenate((np.zeros(int(clear.sum())), wait[good]))
    order = np.lexsort((keys[1], keys[0]))
    table = pairs_from_table(*keys, values, pairs.n_demand, pairs.n_sites)
    return table, waits[order]


def _through(
    demand: tuple[Floats, Floats], sites: tuple[Floats, Floats], i: Ints, j: Ints, barriers: Barriers
) -> tuple[Floats, Floats]:
    """Shortest path through crossings for each pair, infinite when there is none, and what is waited on it."""
    c = len(barriers.crossings)
    between, waited = _between(barriers)
    ends, where = np.unique(i, return_inverse=True)
    others, there = np.unique(j, return_inverse=True)
    first = _legs(demand[0][ends], demand[1][ends], barriers)
    last = _legs(sites[0][others], sites[1][others], barriers)
    metres, wait = np.full(len(i), np.inf), np.zeros(len(i))
    for a in range(c):
        for b in range(c):
            path = first[where, a] + between[a, b] + last[there, b]
            better = path < metres
            metres[better], wait[better] = path[better], waited[a, b]
    return metres, wait


def _legs(lon: Floats, lat: Floats, barriers: Barriers) -> Floats:
    """Metres (n, c) from points to crossings in a straight line, infinite across a barrier."""
    legs = np.full((len(lon), len(barriers.crossings)), np.inf)
    for c, (x, y) in enumerate(barriers.crossings):
        far = great_circle_m(lon, lat, np.full(len(lon), x), np.full(len(lon), y))
        part = np.clip(1.0 - _LANDING_M / np.maximum(far, 1e-9), 0.0, 1.0)
        clear = ~barriers.cut(lon, lat, lon + (x - lon) * part, lat + (y - lat) * part)
        legs[clear, c] = far[clear]
    return legs


def _between(barriers: Barriers) -> tuple[Floats, Floats]:
    """Metres and minutes waited (c, c) between crossings, both included, through others where needed."""
    c = len(barriers.crossings)
    metres = np.full((c, c), np.inf)
    wait = np.tile(barriers.wait, (c, 1)).T + barriers.wait
    for a, (x, y) in enumerate(barriers.crossings):
        for b, (s, t) in enumerate(barriers.crossings):
            far = float(great_circle_m(*(np.array([v]) for v in (x, y, s, t)))[0])
            part = min(0.5, _LANDING_M / max(far, 1e-9))
            ends = (x + (s - x) * part, y + (t - y) * part, s + (x - s) * part, t + (y - t) * part)
            if a == b or not barriers.cut(*(np.array([v]) for v in ends))[0]:
                metres[a, b] = far
    np.fill_diagonal(wait, barriers.wait)
    for k in range(c):
        path = metres[:, [k]] + metres[[k], :]
        wait = np.where(path < metres, wait[:, [k]] + wait[[k], :] - barriers.wait[k], wait)
        metres = np.minimum(metres, path)
    return metres, wait
