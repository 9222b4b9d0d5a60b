"""Lambert-93 (EPSG:2154) from and to WGS 84 (RGF93, the same to a few centimetres): metres and degrees.

Formulas: IGN, « Projection cartographique conique conforme de Lambert », algorithms ALG0001 to ALG0004 and
ALG0019 (NT/G 71), with the constants of the RGF93 / Lambert-93 projection on the GRS 80 ellipsoid.
"""

from math import atan, atan2, cos, degrees, exp, log, pi, radians, sin, sqrt, tan

_A, _F = 6_378_137.0, 1 / 298.257222101
_E = sqrt(2 * _F - _F * _F)
_X0, _Y0, _LON0 = 700_000.0, 6_600_000.0, radians(3)
_LAT0, _LAT1, _LAT2 = radians(46.5), radians(44), radians(49)


def _isometric(lat: float) -> float:
    return log(tan(pi / 4 + lat / 2) * ((1 - _E * sin(lat)) / (1 + _E * sin(lat))) ** (_E / 2))


def _normal(lat: float) -> float:
    return _A / sqrt(1 - (_E * sin(lat)) ** 2)


_N = log(_normal(_LAT2) * cos(_LAT2) / (_normal(_LAT1) * cos(_LAT1))) / (_isometric(_LAT1) - _isometric(_LAT2))
_C = _normal(_LAT1) * cos(_LAT1) / _N * exp(_N * _isometric(_LAT1))
_YS = _Y0 + _C * exp(-_N * _isometric(_LAT0))


def to_lambert93(lon: float, lat: float) -> tuple[float, float]:
    """(x, y) in metres of a point in WGS 84 degrees; meant for mainland France, exact to the millimetre there."""
    radius = _C * exp(-_N * _isometric(radians(lat)))
    turn = _N * (radians(lon) - _LON0)
    return _X0 + radius * sin(turn), _YS - radius * cos(turn)


def from_lambert93(x: float, y: float) -> tuple[float, float]:
    """(lon, lat) in WGS 84 degrees of a point in Lambert-93 metres."""
    turn = atan2(x - _X0, _YS - y)
    away = sqrt((x - _X0) ** 2 + (y - _YS) ** 2)
    isometric = -log(away / _C) / _N
    lat = 2 * atan(exp(isometric)) - pi / 2
    for _round in range(20):
        stretched = ((1 + _E * sin(lat)) / (1 - _E * sin(lat))) ** (_E / 2)
        after = 2 * atan(stretched * exp(isometric)) - pi / 2
        if abs(after - lat) < 1e-13:
            break
        lat = after
    return degrees(_LON0 + turn / _N), degrees(lat)
