"""The places that count as open in a measure or a scenario."""

from dataclasses import dataclass
from datetime import datetime

from escale.foundation.places import queries as places
from escale.foundation.places.models import Place


@dataclass(frozen=True)
class OpenPlace:
    """A place of the network at an instant: number, name, WGS 84 degrees."""

    number: str
    name: str
    lon: float
    lat: float


def places_of(network: str, at: datetime) -> list[OpenPlace]:
    """The places of ``network`` (``open``, ``labelled``, ``none``) at ``at``, by number."""
    if network == "none":
        return []
    rows = places.open_points(at, standing="labelled" if network == "labelled" else "")
    names = dict(Place.objects.listed().values_list("slug", "name"))
    return sorted((OpenPlace(slug, names[slug], lon, lat) for slug, _commune, lon, lat in rows), key=lambda p: p.number)
