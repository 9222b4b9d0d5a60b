"""Makes the map's outlines: ``outlines.py departements.geojson outlines.geojson``.

Takes the outlines of the territory (source and licence: src/escale/foundation/territory/data/LICENCE.md) and
keeps the points that matter at a regional map's scale (Douglas and Peucker 1973), in thousandths of a degree.
"""

import json
import sys
from pathlib import Path

TOLERANCE = 0.0025


def away(point: list[float], a: list[float], b: list[float]) -> float:
    """Distance of a point to the segment a b, in degrees."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = 0.0 if not length else max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return float(((point[0] - a[0] - t * dx) ** 2 + (point[1] - a[1] - t * dy) ** 2) ** 0.5)


def simpler(line: list[list[float]]) -> list[list[float]]:
    """The line without the points that lie within the tolerance."""
    keep, stack = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        most, at = max((away(line[n], line[first], line[last]), n) for n in range(first + 1, last))
        if most > TOLERANCE:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [[round(line[n][0], 3), round(line[n][1], 3)] for n in sorted(keep)]


def ring(line: list[list[float]]) -> list[list[float]]:
    """A closed ring, cut at its far point so that both halves simplify."""
    far = max(range(len(line)), key=lambda n: (line[n][0] - line[0][0]) ** 2 + (line[n][1] - line[0][1]) ** 2)
    return simpler(line[: far + 1]) + simpler(line[far:])[1:]


def main(source: str, target: str) -> None:
    """Reads, simplifies, writes."""
    found = json.loads(Path(source).read_text(encoding="utf-8"))
    for feature in found["features"]:
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        kept = [[ring(line) for line in polygon if len(line) > 8] for polygon in polygons]
        feature["geometry"] = {"type": "MultiPolygon", "coordinates": [one for one in kept if one and len(one[0]) > 4]}
    Path(target).write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
