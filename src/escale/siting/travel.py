"""Estimated car minutes where no road graph is given: great circle, detour, speed by density.

The model, to be shown with every figure that rests on it: the road is 1.3 times the great circle; half of the
trip is driven at the speed of the place it leaves, half at the speed of the place it reaches. Speeds follow
the density of people within 5 km: 25 km/h above 1 500 inhabitants per km², 38 km/h above 300, 52 km/h
elsewhere. On one trip the error can reach a quarter of the time; on shares of people it is small.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from escale.siting.arrays import Floats
from escale.siting.barriers import NO_BARRIER, Barriers, pairs_around
from escale.siting.pairs import Pairs
from escale.siting.sphere import chord, unit_vectors


@dataclass(frozen=True)
class TravelModel:
    """Detour factor, densities per km² that separate classes, km/h of each class from the densest."""

    detour: float = 1.3
    densities: tuple[float, ...] = (1500.0, 300.0)
    speeds: tuple[float, ...] = (25.0, 38.0, 52.0)
    radius_km: float = 5.0

    def pace(self, people_per_km2: Floats) -> Floats:
        """Minutes per km of road (n,) at densities (n,)."""
        speed = np.full(len(people_per_km2), self.speeds[-1])
        for limit, value in reversed(list(zip(self.densities, self.speeds, strict=False))):
            speed[people_per_km2 >= limit] = value
        return 60.0 / speed


CAR = TravelModel()


def density(lon: Floats, lat: Floats, of_lon: Floats, of_lat: Floats, weight: Floats, radius_km: float) -> Floats:
    """Weight per km² (n,) within ``radius_km`` of each point, from points that carry the weight."""
    tree = cKDTree(unit_vectors(of_lon, of_lat))
    near = cKDTree(unit_vectors(lon, lat)).sparse_distance_matrix(
        tree, chord(radius_km * 1000.0), output_type="ndarray"
    )
    held = np.bincount(near["i"], weight[near["j"]], len(lon))
    return held / (np.pi * radius_km**2)


def estimated_minutes(
    demand: tuple[Floats, Floats],
    weight: Floats,
    sites: tuple[Floats, Floats],
    minutes: float,
    barriers: Barriers = NO_BARRIER,
    model: TravelModel = CAR,
) -> Pairs:
    """Pairs at most ``minutes`` apart by the model; ``value`` is in minutes.

    ``demand`` and ``sites`` are (longitudes, latitudes) in WGS 84 degrees, ``weight`` (D,) gives the density.
    """
    radius_m = minutes / 60.0 * max(model.speeds) * 1000.0 / model.detour
    around, wait = pairs_around(demand, sites, radius_m, barriers)
    leave = model.pace(density(*demand, *demand, weight, model.radius_km))
    reach = model.pace(density(*sites, *demand, weight, model.radius_km))
    pace = 0.5 * (leave[around.demand] + reach[around.site])
    spent = around.value / 1000.0 * model.detour * pace + wait
    return Pairs(around.start, around.site, spent, around.n_sites).within(minutes)
