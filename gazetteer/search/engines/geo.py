"""Distances on the sphere, and the cells of the map that a circle covers."""

from math import asin, atan2, cos, degrees, radians, sin, sqrt

from gazetteer.search.engines.base import Box

EARTH_KM = 6371.0088
"""The mean radius (IUGG)."""


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great circle between two points, by the haversine formula; exact for small distances too."""
    north, east = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    half = sin(north) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def wrapped(lon: float) -> float:
    """A longitude from -180 up to but without 180; 180 itself is -180."""
    return (lon + 180.0) % 360.0 - 180.0


def is_in(box: Box, lat: float, lon: float) -> bool:
    if not box.south <= lat <= box.north:
        return False
    if box.east - box.west >= 360:
        return True
    west, east, at = wrapped(box.west), wrapped(box.east), wrapped(lon)
    # 180 and -180 are the same meridian, and both edges count.
    if box.east == 180.0:
        east = 180.0
    return west <= at <= east or at + 360 == east if west <= east else at >= west or at <= east


def destination(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """Where one comes to from a point, going so far in a direction (degrees from north)."""
    angle, at, course = km / EARTH_KM, radians(lat), radians(bearing)
    north = asin(sin(at) * cos(angle) + cos(at) * sin(angle) * cos(course))
    east = atan2(sin(course) * sin(angle) * cos(at), cos(angle) - sin(at) * sin(north))
    return degrees(north), wrapped(lon + degrees(east))
