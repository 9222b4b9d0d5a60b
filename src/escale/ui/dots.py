"""The territory as dots: each commune at its place, sized by its people; a lit dot is a place of the network.

One compact SVG: coordinates are whole tenths of a pixel, a dot is a closed path of no length with round
ends, and all dots of one radius are one ``<path>`` of relative moves. It is an ornament (``aria-hidden``): the
page says in a sentence what it shows.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import cos, radians

from django.utils.safestring import SafeString, mark_safe

type Point = tuple[float, float, int]  #: longitude and latitude in degrees, inhabitants
type Place = tuple[float, float]  #: longitude and latitude in degrees
type Layer = tuple[str, Sequence[Point]]  #: suffix of a class, points
type Box = tuple[float, float, float, float]  #: west, south, east, north in degrees

#: inhabitants up to which a dot has this diameter, in tenths of a pixel for a drawing 640 pixels wide
SIZES = (
    (200, 16),
    (500, 21),
    (1_000, 27),
    (2_500, 35),
    (7_000, 47),
    (20_000, 66),
    (60_000, 94),
    (10**9, 132),
)
SCALE = 10


def dots_svg(
    points: Sequence[Point],
    lit: Sequence[Place] = (),
    box: Box | None = None,
    width: int = 640,
    height: int = 0,
) -> SafeString:
    """Draws ``points``, and the places ``lit`` in amber, inside ``box`` (by default around the points).

    ``width`` and ``height`` are pixels of the view box; a height of 0 follows the box's own shape.
    Points outside the box are left out. Never raises for an empty list: it is an empty drawing.
    """
    return _drawn((("", tuple(points)),), tuple(lit), box or around(points), width, height)


def layers_svg(
    layers: Sequence[Layer], lit: Sequence[Place] = (), box: Box | None = None, width: int = 640, height: int = 0
) -> SafeString:
    """Draws several sets of points, each in a class of its own (``dots__near``…), the last on top.

    The layer ``far`` is drawn as rings, so that it is told from the others without colour.
    """
    points = [point for _name, some in layers for point in some]
    kept = tuple((name, tuple(some)) for name, some in layers)
    return _drawn(kept, tuple(lit), box or around(points), width, height)


def around(points: Sequence[Point | Place], margin: float = 0.02) -> Box:
    """The box of the points, a little wider (``margin`` in degrees)."""
    if not points:
        return (0.0, 0.0, 1.0, 1.0)
    lon, lat = [p[0] for p in points], [p[1] for p in points]
    return (min(lon) - margin * 1.5, min(lat) - margin, max(lon) + margin * 1.5, max(lat) + margin)


def near(place: Place, km: float) -> Box:
    """A box that shows ``km`` kilometres on each side of ``place``, twice as wide as high."""
    up = km / 111.2
    across = 2 * up / cos(radians(place[1]))
    return (place[0] - across, place[1] - up, place[0] + across, place[1] + up)


@lru_cache(maxsize=128)
def _drawn(
    layers: tuple[tuple[str, tuple[Point, ...]], ...], lit: tuple[Place, ...], box: Box, width: int, height: int
) -> SafeString:
    west, south, east, north = box
    shrink = cos(radians((south + north) / 2))
    scale = width * SCALE / ((east - west) * shrink)
    high = round((north - south) * scale) if not height else height * SCALE

    def spot(lon: float, lat: float) -> tuple[int, int]:
        middle = high / 2 - (north + south) / 2 * -scale
        return round((lon - west) * shrink * scale), round(middle - lat * scale)

    # A closer view shows fewer communes, drawn larger.
    grow = min(3.0, max(1.0, (3.8 / max(east - west, 0.1)) ** 0.6)) * width / 640
    rows = [f'<svg class="dots" viewBox="0 0 {width * SCALE} {high}" aria-hidden="true" focusable="false">']
    for name, points in layers:
        classes: dict[int, list[tuple[int, int]]] = {}
        for lon, lat, people in points:
            if west <= lon <= east and south <= lat <= north:
                diameter = next(across for most, across in SIZES if people <= most)
                classes.setdefault(diameter, []).append(spot(lon, lat))
        kind = f"dots__{name}" if name else ""
        rows += [_path(spots, across * grow, kind) for across, spots in sorted(classes.items())]
        if name == "far":
            rows += [_path(spots, across * grow * 0.5, "dots__hole") for across, spots in sorted(classes.items())]
    lamps = [spot(lon, lat) for lon, lat in lit if west <= lon <= east and south <= lat <= north]
    if lamps:
        rows += [_path(lamps, 190 * grow, "dots__halo"), _path(lamps, 104 * grow, "dots__ring")]
        rows.append(_path(lamps, 76 * grow, "dots__lit"))
    return mark_safe("".join(rows) + "</svg>")


def _path(spots: list[tuple[int, int]], across: float, name: str = "") -> str:
    """One path for many dots: relative moves in order of place, which compresses best."""
    here, moves = (0, 0), []
    for x, y in sorted(spots, key=lambda s: (s[0] // 200, s[1])):
        dx, dy = x - here[0], y - here[1]
        moves.append(f"m{dx}{dy if dy < 0 else f' {dy}'}z")
        here = (x, y)
    kind = f' class="{name}"' if name else ""
    return f'<path{kind} stroke-width="{round(across)}" d="{"".join(moves)}"/>'
