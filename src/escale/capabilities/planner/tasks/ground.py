"""The territory as arrays: communes with their people, the network's places, minutes between them."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from escale.capabilities.planner.queries import network
from escale.foundation.territory.models import Commune, Population
from escale.siting.arrays import Floats
from escale.siting.barriers import Barriers, barriers_from_geojson
from escale.siting.pairs import Pairs
from escale.siting.travel import estimated_minutes


@dataclass(frozen=True)
class Ground:
    """Communes in the order of their codes; ``people`` of the latest year, 0 where unknown."""

    codes: list[str]
    names: list[str]
    departements: list[str]
    lon: Floats
    lat: Floats
    people: Floats

    @property
    def place(self) -> tuple[Floats, Floats]:
        """Longitudes and latitudes."""
        return self.lon, self.lat

    def minutes_to(self, sites: tuple[Floats, Floats], most: float) -> Pairs:
        """Pairs commune–site at most ``most`` estimated minutes apart, around the Seine's estuary."""
        return estimated_minutes(self.place, self.people, sites, most, seine())


def ground() -> Ground:
    """Every commune that the installation knows, in two queries."""
    people = dict(Population.objects.order_by("year").values_list("commune_id", "inhabitants"))
    rows = list(Commune.objects.order_by("code").values_list("code", "name", "departement", "lon", "lat"))
    return Ground(
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        np.array([row[3] for row in rows], dtype=np.float64),
        np.array([row[4] for row in rows], dtype=np.float64),
        np.array([people.get(row[0], 0) for row in rows], dtype=np.float64),
    )


@cache
def seine() -> Barriers:
    """The lower Seine with its bridges and ferries."""
    text = files("escale.siting").joinpath("data/seine.geojson").read_text(encoding="utf-8")
    return barriers_from_geojson(json.loads(text))


def points(places: list[network.OpenPlace]) -> tuple[Floats, Floats]:
    """Places as arrays of longitudes and latitudes."""
    return (
        np.array([one.lon for one in places], dtype=np.float64),
        np.array([one.lat for one in places], dtype=np.float64),
    )
