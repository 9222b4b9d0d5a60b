"""Names of the array types that the numeric core takes and gives, and the error it raises on bad input."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class BadInput(ValueError):
    """Arrays that describe no problem at all; ``problems`` holds one English sentence for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def check_weights(weight: Floats, name: str = "weight") -> list[str]:
    """Say what is wrong with weights or costs, which must be finite and at least 0."""
    faults = []
    if not np.isfinite(weight).all():
        faults.append(f"{name}: {int((~np.isfinite(weight)).sum())} value(s) are not finite numbers")
    elif (weight < 0).any():
        faults.append(f"{name}: {int((weight < 0).sum())} value(s) are negative, at least 0 expected")
    return faults


def check_points(lon: Floats, lat: Floats, name: str) -> list[str]:
    """Say what is wrong with WGS 84 coordinates in degrees."""
    if lon.shape != lat.shape or lon.ndim != 1:
        return [f"{name}: longitudes {lon.shape} and latitudes {lat.shape} must be two equal columns"]
    good = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0)
    if good.all():
        return []
    where = int(np.flatnonzero(~good)[0])
    return [f"{name}: point {where} is at ({lon[where]}, {lat[where]}), degrees of WGS 84 expected"]


def dot(a: Floats, b: Floats) -> float:
    """Sum of products, without the threads of a BLAS, which cost more than they bring on such short vectors."""
    return float(np.einsum("i,i->", a, b))
