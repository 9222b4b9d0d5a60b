"""Who can reach what: a sparse table of (demand, site, cost of the trip), the only thing the engine needs."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from escale.siting.arrays import BadInput, Floats, Ints, check_points
from escale.siting.sphere import chunks_of_neighbours, count_within

MAX_PAIRS = 200_000_000
# Below this product nobody needs to count.
_SMALL = 20_000_000


@dataclass(frozen=True)
class Pairs:
    """Demand points and the sites they can reach.

    ``start`` shape (n_demand + 1,), ``site`` and ``value`` shape (n_pairs,): the sites of demand ``i`` are
    ``site[start[i]:start[i + 1]]``, sorted, each once. ``value`` is in the unit of the maker, metres or
    minutes; it may be empty when only the fact of reaching matters.
    """

    start: Ints
    site: Ints
    value: Floats
    n_sites: int

    @property
    def n_demand(self) -> int:
        """Number of demand points."""
        return len(self.start) - 1

    @property
    def demand(self) -> Ints:
        """Demand index of each pair, shape (n_pairs,)."""
        return np.repeat(np.arange(self.n_demand, dtype=np.int64), np.diff(self.start))

    def within(self, limit: float) -> "Pairs":
        """Only the pairs whose value is at most ``limit``."""
        return self.keep(self.value <= limit)

    def keep(self, kept: np.ndarray) -> "Pairs":
        """Only the pairs flagged in ``kept``, shape (n_pairs,)."""
        seen = np.concatenate(([0], np.cumsum(kept)))
        value = self.value[kept] if len(self.value) else self.value
        return Pairs(seen[self.start], self.site[kept], value, self.n_sites)

    def matrix(self) -> csr_array:
        """Ones where a demand point reaches a site, shape (n_demand, n_sites)."""
        return csr_array((np.ones(len(self.site)), self.site, self.start), shape=(self.n_demand, self.n_sites))


def pairs_from_table(demand: Ints, site: Ints, value: Floats, n_demand: int, n_sites: int) -> Pairs:
    """Build from three columns in any order; a pair given twice keeps its smallest value.

    Raises BadInput when an index is out of range or a value is not a finite number at least 0.
    """
    faults = []
    if not (len(demand) == len(site) == len(value)):
        raise BadInput(["pairs: the three columns must have the same length"])
    if len(demand) and (demand.min() < 0 or demand.max() >= n_demand):
        faults.append(f"pairs: demand index outside 0..{n_demand - 1}")
    if len(site) and (site.min() < 0 or site.max() >= n_sites):
        faults.append(f"pairs: site index outside 0..{n_sites - 1}")
    if len(value) and not (np.isfinite(value).all() and value.min() >= 0):
        faults.append("pairs: a value is negative or not a finite number")
    if faults:
        raise BadInput(faults)
    order = np.lexsort((value, site, demand))
    demand, site, value = demand[order], site[order], value[order]
    first = np.ones(len(demand), dtype=bool)
    first[1:] = (demand[1:] != demand[:-1]) | (site[1:] != site[:-1])
    start = np.searchsorted(demand[first], np.arange(n_demand + 1)).astype(np.int64)
    return Pairs(start, site[first].astype(np.int64), value[first].astype(np.float64), n_sites)


def pairs_within(demand_lon: Floats, demand_lat: Floats, site_lon: Floats, site_lat: Floats, radius_m: float) -> Pairs:
    """Pairs at most ``radius_m`` metres apart on the great circle; ``value`` is in metres.

    Coordinates are WGS 84 degrees. Raises BadInput on coordinates out of range, a radius not above 0, or more
    than MAX_PAIRS pairs, which no memory here would hold.
    """
    faults = check_points(demand_lon, demand_lat, "demand") + check_points(site_lon, site_lat, "sites")
    if not (np.isfinite(radius_m) and radius_m > 0):
        faults.append(f"radius: {radius_m} m, a distance above 0 expected")
    if not faults and len(demand_lon) * len(site_lon) > _SMALL:
        count = count_within(demand_lon, demand_lat, site_lon, site_lat, radius_m)
        if count > MAX_PAIRS:
            faults.append(f"radius: {count} pairs within {radius_m:g} m, at most {MAX_PAIRS} expected")
    if faults:
        raise BadInput(faults)
    counts = np.zeros(len(demand_lon), dtype=np.int64)
    sites: list[Ints] = []
    metres: list[Floats] = []
    if len(site_lon):
        for i, j, distance in chunks_of_neighbours(demand_lon, demand_lat, site_lon, site_lat, radius_m):
            counts += np.bincount(i, minlength=len(counts))
            sites.append(j)
            metres.append(distance)
    start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    empty: Ints = np.zeros(0, dtype=np.int64)
    return Pairs(
        start,
        np.concatenate(sites) if sites else empty,
        np.concatenate(metres) if metres else empty.astype(np.float64),
        len(site_lon),
    )
