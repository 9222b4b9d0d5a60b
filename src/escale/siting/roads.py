"""Minutes along a road graph given by the user: shortest ways by tiles, so that a Region fits in memory."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from escale.siting.arrays import BadInput, Flags, Floats, Ints, check_points
from escale.siting.pairs import Pairs, pairs_from_table
from escale.siting.sphere import chord, great_circle_m, unit_vectors

_TILE_M = 15_000.0
_SOURCES = 64


@dataclass(frozen=True)
class Roads:
    """Nodes (lon, lat) in WGS 84 degrees, shape (n,); ``minutes`` (n, n) sparse, row to column, one way."""

    lon: Floats
    lat: Floats
    minutes: csr_array

    def nearest(self, lon: Floats, lat: Floats) -> tuple[Ints, Floats]:
        """Nearest node of each point, and how far it is in metres."""
        _, at = cKDTree(unit_vectors(self.lon, self.lat)).query(unit_vectors(lon, lat))
        at = np.asarray(at, dtype=np.int64)
        return at, great_circle_m(lon, lat, self.lon[at], self.lat[at])

    def pieces(self) -> Ints:
        """Number (n,) of the connected piece of each node, directions left aside."""
        return np.asarray(connected_components(self.minutes, directed=False)[1], dtype=np.int64)


def roads(lon: Floats, lat: Floats, start: Ints, end: Ints, minutes: Floats, one_way: Flags | None = None) -> Roads:
    """Put a graph together. Edges go both ways unless ``one_way`` (m,); the quickest of doubles is kept.

    Raises BadInput on unknown nodes, negative or not finite minutes, coordinates out of range, no node.
    """
    faults = check_points(lon, lat, "nodes") if len(lon) else ["nodes: none, at least one expected"]
    if not (len(start) == len(end) == len(minutes)):
        faults.append("edges: the columns must have the same length")
    elif len(start):
        if min(start.min(), end.min()) < 0 or max(start.max(), end.max()) >= len(lon):
            faults.append(f"edges: node numbers must be 0..{len(lon) - 1}")
        if not (np.isfinite(minutes).all() and (minutes >= 0).all()):
            faults.append("edges: minutes must be finite numbers at least 0")
    if faults:
        raise BadInput(faults)
    back = np.ones(len(start), dtype=bool) if one_way is None else ~one_way
    a, b = np.concatenate((start, end[back])), np.concatenate((end, start[back]))
    # A stored zero would mean "no edge": an edge of no minutes takes a hair more.
    cost = np.maximum(np.concatenate((minutes, minutes[back])), 1e-9)
    order = np.lexsort((cost, b, a))
    a, b, cost = a[order], b[order], cost[order]
    first = np.ones(len(a), dtype=bool)
    first[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    table = csr_array((cost[first], (a[first], b[first])), shape=(len(lon), len(lon)))
    return Roads(lon, lat, table)


def minutes_by_road(
    graph: Roads,
    demand: tuple[Floats, Floats],
    sites: tuple[Floats, Floats],
    minutes: float,
    access_km_h: float = 30.0,
) -> Pairs:
    """Pairs at most ``minutes`` apart by road, from demand to site; ``value`` in minutes.

    Points join their nearest node in a straight line at ``access_km_h``. Only tiles with sites are walked, each
    with a margin that nothing reachable can leave, so that the answer is exact.
    """
    d_node, d_metres = graph.nearest(*demand)
    s_node, s_metres = graph.nearest(*sites)
    access = 60.0 / (access_km_h * 1000.0)
    margin = _fastest(graph) * minutes
    back = csr_array(graph.minutes.T)
    vectors = unit_vectors(graph.lon, graph.lat)
    tree = cKDTree(vectors)
    by_node = np.argsort(d_node, kind="stable")
    sorted_nodes = d_node[by_node]
    found: list[tuple[Ints, Ints, Floats]] = []
    for members in _tiles(graph, s_node):
        at = vectors[s_node[members]]
        centre = at.mean(axis=0)
        radius = float(np.linalg.norm(at - centre, axis=1).max()) + chord(margin) * 1.001 + 1e-9
        nodes = np.sort(np.asarray(tree.query_ball_point(centre, radius), dtype=np.int64))
        part = back[nodes][:, nodes]
        for begin in range(0, len(members), _SOURCES):
            some = members[begin : begin + _SOURCES]
            spent = dijkstra(part, indices=np.searchsorted(nodes, s_node[some]), limit=minutes)
            row, column = np.nonzero(np.isfinite(spent))
            found.append(_join(sorted_nodes, by_node, nodes[column], some[row], spent[row, column]))
    if not found:
        empty = np.zeros(0, dtype=np.int64)
        return pairs_from_table(empty, empty, np.zeros(0), len(demand[0]), len(sites[0]))
    i, j, value = (np.concatenate(column) for column in zip(*found, strict=True))
    value = value + access * (d_metres[i] + s_metres[j])
    near = value <= minutes
    return pairs_from_table(i[near], j[near], value[near], len(demand[0]), len(sites[0]))


def _join(sorted_nodes: Ints, by_node: Ints, node: Ints, site: Ints, spent: Floats) -> tuple[Ints, Ints, Floats]:
    """Demand points that stand at the nodes reached."""
    first = np.searchsorted(sorted_nodes, node, side="left")
    count = np.searchsorted(sorted_nodes, node, side="right") - first
    begin = np.cumsum(count) - count
    where = np.repeat(first - begin, count) + np.arange(int(count.sum()))
    return by_node[where], np.repeat(site, count), np.repeat(spent, count)


def _fastest(graph: Roads) -> float:
    """Greatest speed of an edge, in great-circle metres a minute."""
    a = np.repeat(np.arange(len(graph.lon)), np.diff(graph.minutes.indptr))
    b = graph.minutes.indices
    if not len(b):
        return 0.0
    far = great_circle_m(graph.lon[a], graph.lat[a], graph.lon[b], graph.lat[b])
    return float((far / graph.minutes.data).max())


def _tiles(graph: Roads, s_node: Ints) -> list[Ints]:
    """Sites by squares of about 15 km."""
    if not len(s_node):
        return []
    lat, lon = graph.lat[s_node], graph.lon[s_node]
    step = np.degrees(_TILE_M / 6_371_008.8)
    row = np.floor(lat / step).astype(np.int64)
    column = np.floor(lon * np.cos(np.radians(row * step)) / step).astype(np.int64)
    _, tile = np.unique(row * 1_000_003 + column, return_inverse=True)
    order = np.argsort(tile, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(tile[order])) + 1)
