"""How far two communes are, as the crow flies and by road, when no table of travel times was loaded.

Distances are great circles on the mean Earth (IUGG radius), between centroids in WGS 84 degrees.

The road model is deliberately plain, so that anyone can redo it by hand: a road is longer than the flight
(``DETOUR``); at each end one drives ``END_KM`` at a speed that falls where people live closer (``SPEEDS``), and
between both ends at ``BETWEEN_KMH``. Short ways are shared equally between the two ends.
It knows nothing of rivers, bridges and ferries: where that matters (both banks of the Seine), load a table of
minutes, which always wins over the model.
"""

from math import asin, cos, radians, sin, sqrt

#: Mean Earth radius (IUGG), metres: the one of the whole house.
EARTH_M = 6_371_008.8
#: Road length for one kilometre of flight.
DETOUR = 1.3
#: (inhabitants per km² from which it holds, km/h), the densest first.
SPEEDS = ((1500.0, 28.0), (400.0, 40.0), (100.0, 52.0), (0.0, 60.0))
#: Kilometres of road driven at the speed of each end.
END_KM = 4.0
#: km/h between the two ends.
BETWEEN_KMH = 65.0
#: A surface is never taken smaller than this, km²: outlines may be missing.
LEAST_AREA_KM2 = 0.1


def great_circle_m(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Great-circle distance in metres between two points in WGS 84 degrees (haversine)."""
    f1, f2 = radians(lat1), radians(lat2)
    h = sin((f2 - f1) / 2) ** 2 + cos(f1) * cos(f2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_M * asin(min(1.0, sqrt(h)))


def density(inhabitants: int | None, area_km2: float) -> float:
    """Inhabitants per km²; an unknown population counts as nobody."""
    return (inhabitants or 0) / max(area_km2, LEAST_AREA_KM2)


def speed_kmh(people_per_km2: float) -> float:
    """The speed at which one drives where so many people live, km/h."""
    return next(speed for least, speed in SPEEDS if people_per_km2 >= least)


def minutes_by_road(flight_km: float, density_a: float, density_b: float) -> float:
    """Estimated minutes by car for a flight of so many kilometres between two densities (inhabitants per km²)."""
    road = flight_km * DETOUR
    end = min(END_KM, road / 2)
    hours = end / speed_kmh(density_a) + end / speed_kmh(density_b) + (road - 2 * end) / BETWEEN_KMH
    return hours * 60


def flight_km(minutes: float, density_a: float, density_b: float) -> float:
    """How far one flies, at most, in so many minutes by road: the inverse of ``minutes_by_road``."""
    a, b, hours = speed_kmh(density_a), speed_kmh(density_b), max(0.0, minutes) / 60
    short = END_KM * (1 / a + 1 / b)
    road = 2 * hours / (1 / a + 1 / b) if hours <= short else 2 * END_KM + (hours - short) * BETWEEN_KMH
    return road / DETOUR
