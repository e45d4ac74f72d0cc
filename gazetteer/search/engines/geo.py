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


# ---- Cells of the map -----------------------------------------------------------------------------------------------

LEVELS = (2, 4, 6, 8, 10, 12, 14, 16)
"""A cell of level n is 360 / 2**n degrees wide and 180 / 2**n high; of level 16, at most 611 by 306 metres."""

MOST_CELLS = 200


def cells_of(lat: float, lon: float) -> list[str]:
    """The cell of every level that a point is in."""
    finest = LEVELS[-1]
    row, column = row_of(lat, finest), column_of(lon, finest)
    return [cell(level, row >> (finest - level), column >> (finest - level)) for level in LEVELS]


def cell(level: int, row: int, column: int) -> str:
    return f"{level}/{row}/{column}"


def row_of(lat: float, level: int) -> int:
    return max(0, min((1 << level) - 1, int((lat + 90) / 180 * (1 << level))))


def column_of(lon: float, level: int) -> int:
    return min((1 << level) - 1, int((wrapped(lon) + 180) / 360 * (1 << level)))


def covering(lat: float, lon: float, km: float) -> tuple[list[str], list[str]]:
    """The cells wholly within a circle, and those on its edge, which hold points on either side of it."""
    level = next((each for each in reversed(LEVELS) if size_at(each, lat, lon, km) <= MOST_CELLS), LEVELS[0])
    within, edge = [], []
    rows, columns = span(level, lat, lon, km)
    for row in rows:
        for column in columns:
            nearest, farthest = reach(level, row, column, lat, lon)
            if farthest <= km:
                within.append(cell(level, row, column))
            elif nearest <= km:
                edge.append(cell(level, row, column))
    return within, edge


def size_at(level: int, lat: float, lon: float, km: float) -> int:
    rows, columns = span(level, lat, lon, km)
    return len(rows) * len(columns)


def span(level: int, lat: float, lon: float, km: float) -> tuple[range, list[int]]:
    """Rows and columns of cells that a circle can touch: over a pole, all columns."""
    high = degrees(km / EARTH_KM)
    south, north = max(-90.0, lat - high), min(90.0, lat + high)
    rows = range(row_of(south, level), row_of(north, level) + 1)
    count = 1 << level
    if lat + high >= 90 or lat - high <= -90:
        return rows, list(range(count))
    wide = degrees(asin(min(1.0, sin(radians(high)) / cos(radians(lat))))) if high < 90 else 180.0
    first = column_of(lon - wide, level)
    last = first + (column_of(lon + wide, level) - first) % count
    if 2 * wide >= 360 - 360 / count:
        return rows, list(range(count))
    return rows, [column % count for column in range(first, last + 1)]


SLACK_KM = 1e-6
"""Rounding must never take a point for inside that is outside."""


def reach(level: int, row: int, column: int, lat: float, lon: float) -> tuple[float, float]:
    """Least and greatest distance from a point to a cell, in kilometres; rather too near and too far than wrong."""
    high, wide = 180 / (1 << level), 360 / (1 << level)
    south, west = row * high - 90, column * wide - 180
    north = south + high
    apart = (lon - west) % 360  # how far east of the western edge the point lies
    to_east, to_west = (0.0, 0.0) if apart <= wide else (360 - apart, apart - wide)
    nearest_lon = min(to_east, to_west)
    farthest_lon = (
        180.0 if abs((apart - wide / 2 + 180) % 360 - 180) + wide / 2 >= 180 else max(apart, abs(apart - wide))
    )
    farthest_lon = min(180.0, farthest_lon if farthest_lon <= 180 else 360 - min(apart, abs(apart - wide)))
    farthest = max(
        kilometres(lat, 0, edge, farthest_lon) for edge in (south, north, *foot(lat, farthest_lon, south, north))
    )
    nearest = min(
        kilometres(lat, 0, edge, nearest_lon) for edge in (*foot(lat, nearest_lon, south, north), south, north)
    )
    return nearest - SLACK_KM, farthest + SLACK_KM


def foot(lat: float, apart: float, south: float, north: float) -> tuple[float, ...]:
    """Where on a meridian so many degrees away, between two latitudes, the distance has its least or greatest value."""
    nearest = degrees(atan2(sin(radians(lat)), cos(radians(lat)) * cos(radians(apart))))
    candidates = [nearest, nearest - 180, nearest + 180, 180 - nearest, -180 - nearest]
    return tuple(each for each in candidates if south <= each <= north)
