"""The places that count as open in a measure or a scenario."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OpenPlace:
    """A place of the network at an instant: number, name, WGS 84 degrees."""

    number: str
    name: str
    lon: float
    lat: float


def places_of(network: str, at: datetime) -> list[OpenPlace]:
    """The places of ``network`` (``open``, ``labelled``, ``none``) at ``at``, by number."""
    return []
