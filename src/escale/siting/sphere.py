"""Great-circle distances on the sphere of radius 6 371 008.8 m (mean radius of IUGG), and who is near whom."""

from collections.abc import Iterator

import numpy as np
from scipy.spatial import cKDTree

from escale.siting.arrays import Floats, Ints

EARTH_RADIUS_M = 6_371_008.8
# Neighbours are looked for a hair farther than asked, then kept by the exact distance.
_SLACK = 1.0 + 1e-9
_CHUNK = 100_000


def unit_vectors(lon: Floats, lat: Floats) -> Floats:
    """Points of the unit sphere, shape (n, 3), from WGS 84 degrees."""
    a, b = np.radians(lon), np.radians(lat)
    return np.column_stack((np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b)))


def great_circle_m(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Floats:
    """Great-circle distance in metres (haversine form), element by element."""
    a1, b1, a2, b2 = (np.radians(v) for v in (lon1, lat1, lon2, lat2))
    h = np.sin((b2 - b1) / 2.0) ** 2 + np.cos(b1) * np.cos(b2) * np.sin((a2 - a1) / 2.0) ** 2
    return 2.0 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))


def chord(metres: float) -> float:
    """Length of the straight chord, on the unit sphere, of a great-circle distance."""
    return float(2.0 * np.sin(min(metres / EARTH_RADIUS_M, np.pi) / 2.0))


def count_within(from_lon: Floats, from_lat: Floats, to_lon: Floats, to_lat: Floats, radius_m: float) -> int:
    """About how many pairs are that near, counted without listing them."""
    one, two = cKDTree(unit_vectors(from_lon, from_lat)), cKDTree(unit_vectors(to_lon, to_lat))
    return int(one.count_neighbors(two, chord(radius_m) * _SLACK + 1e-15))


def chunks_of_neighbours(
    from_lon: Floats, from_lat: Floats, to_lon: Floats, to_lat: Floats, radius_m: float
) -> Iterator[tuple[Ints, Ints, Floats]]:
    """Pairs (from, to, metres) at most ``radius_m`` apart, by chunks of increasing ``from``.

    Inside a chunk pairs are sorted by ``from`` then ``to``. Nothing dense is ever built.
    """
    tree = cKDTree(unit_vectors(to_lon, to_lat))
    reach = chord(radius_m) * _SLACK + 1e-15
    for start in range(0, len(from_lon), _CHUNK):
        stop = min(start + _CHUNK, len(from_lon))
        part = cKDTree(unit_vectors(from_lon[start:stop], from_lat[start:stop]))
        near = part.sparse_distance_matrix(tree, reach, output_type="ndarray")
        i, j = near["i"] + start, near["j"]
        metres = great_circle_m(from_lon[i], from_lat[i], to_lon[j], to_lat[j])
        kept = metres <= radius_m
        i, j, metres = i[kept], j[kept], metres[kept]
        order = np.argsort(i * np.int64(len(to_lon)) + j, kind="stable")
        yield i[order].astype(np.int64), j[order].astype(np.int64), metres[order]
