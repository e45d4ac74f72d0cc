"""Maps: the world as a cloud of airports, the North from above, one country, two places."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, log, pi, radians, sin, sqrt, tan

from PIL import Image

from gazetteer.directory.geo.outlines import Vector, all_polygons
from gazetteer.ops.demo.pictures.canvas import (
    BRICK,
    DUSK,
    HEIGHT,
    INK,
    NIGHT,
    OCHRE,
    PAPER,
    SAND,
    SEA,
    SHADE,
    WIDTH,
    Canvas,
    Point,
    mix,
)

Labelled = tuple[float, float, str]
Projection = Callable[[float, float], Point]


@cache
def land() -> list[list[Point]]:
    """The outlines of all land, in degrees; what lies across 180° comes twice, at either edge of the map."""
    rings = [outline(polygon.coarse[0]) for polygon in all_polygons() if len(polygon.coarse[0]) > 2]
    return rings + [[(lon - 360, lat) for lon, lat in ring] for ring in rings if max(lon for lon, _ in ring) > 180]


def outlines_of(*countries: str) -> list[list[Point]]:
    """The outlines of some countries (of all, if none is named) in finer detail."""
    chosen = (polygon for polygon in all_polygons() if not countries or polygon.country in countries)
    return [outline(polygon.fine[0]) for polygon in chosen if len(polygon.fine[0]) > 2]


def outline(ring: list[Vector]) -> list[Point]:
    return unwrapped([(degrees(atan2(y, x)), degrees(asin(max(-1, min(1, z))))) for x, y, z in ring])


def unwrapped(ring: list[Point]) -> list[Point]:
    """The ring without jumps from one edge of the map to the other: where it crosses 180°, it goes on beyond."""
    turn, found = 0.0, [ring[0]]
    for (before, _), (lon, lat) in pairwise(ring):
        if abs(lon - before) > 180 and abs(lat) < 86:
            turn += 360 if lon < before else -360
        found.append((lon + turn, lat))
    lowest = min(lon for lon, _ in found)
    return [(lon + 360, lat) for lon, lat in found] if lowest < -180 else found


def unfold(flat: list[int]) -> list[Point]:
    x = y = 0
    ring: list[Point] = []
    for step_x, step_y in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + step_x, y + step_y
        ring.append((x / 100, y / 100))
    return ring


def plate(lon: float, lat: float) -> Point:
    """Plain map of the whole world: a degree is as wide as it is high; 84° north to 60° south fill the height."""
    return (lon + 180) * WIDTH / 360, 60 + (84 - lat) * (HEIGHT - 120) / 150


def world_of_dots(airports: list[Point], lit: list[Labelled], *, joined: bool = False) -> Image.Image:
    """Night, a faint trace of land, a small dot for every airport and a bright one for each of those lit."""
    canvas = Canvas(NIGHT, lower="#0d1722")
    for ring in land():
        canvas.polygon([plate(*point) for point in ring], "#1d2e40")
    for point in airports:
        canvas.circle(*plate(*point), 1.5, fill="#7f97a8")
    if joined:
        draw_route(canvas, lit[0], lit[1])
    for spot in lit:
        draw_light(canvas, spot, few=len(lit) < 8, leftward=joined and spot[0] == min(other[0] for other in lit))
    return canvas.finish(0.02)


def draw_light(canvas: Canvas, spot: Labelled, *, few: bool, leftward: bool) -> None:
    x, y = plate(spot[0], min(max(spot[1], -64), 87))
    x = min(max(x, 24), WIDTH - 24) if few else x
    if not few:
        canvas.circle(x, y, 2.4, fill=OCHRE)
        return
    canvas.halo(x, y, 46, OCHRE, 0.75)
    canvas.circle(x, y, 9, fill="#fff2d4")
    if spot[2]:
        right = x < 120 or (x < WIDTH - 160 and not leftward)
        canvas.text(x + (22 if right else -22), y, spot[2], 40, "#fff2d4", anchor="lm" if right else "rm")


def draw_route(canvas: Canvas, one: Labelled, two: Labelled) -> None:
    """The shortest way between two places as a row of small dots."""
    for step in range(81):
        lon, lat = between(one, two, step / 80)
        canvas.circle(*plate(lon, lat), 2.6, fill=OCHRE)


def between(one: Labelled, two: Labelled, part: float) -> Point:
    """The point at `part` of the great circle from one place to another."""
    start, end = unit(one), unit(two)
    angle = 2 * asin(min(1, sqrt(sum((a - b) ** 2 for a, b in zip(start, end, strict=True))) / 2))
    weights = (
        (1 - part, part) if angle < 1e-9 else (sin((1 - part) * angle) / sin(angle), sin(part * angle) / sin(angle))
    )
    x, y, z = (weights[0] * a + weights[1] * b for a, b in zip(start, end, strict=True))
    return degrees(atan2(y, x)), degrees(asin(max(-1, min(1, z))))


def unit(place: Labelled) -> tuple[float, float, float]:
    lon, lat = radians(place[0]), radians(place[1])
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def polar(airports: list[Point]) -> Image.Image:
    """The north of the world from above, out to 45° north."""
    canvas = Canvas("#dfeaee", lower="#c5d8df")

    def from_above(lon: float, lat: float) -> Point:
        away = (90 - max(lat, 10)) * 10.4
        angle = radians(lon - 90)
        return WIDTH / 2 + away * cos(angle), HEIGHT / 2 - away * sin(angle)

    for ring in land():
        if max(lat for _, lat in ring) > 20:
            canvas.polygon([from_above(lon, lat) for lon, lat in ring], "#f7f4ea")
    for parallel in (50, 60, 70, 80):
        canvas.circle(WIDTH / 2, HEIGHT / 2, (90 - parallel) * 10.4, outline="#b4c8d0", width=1.5)
    for lon, lat in airports:
        if lat > 40:
            x, y = from_above(lon, lat)
            canvas.circle(x, y, 6 if lat > 66.5636 else 2.6, fill=BRICK if lat > 66.5636 else "#8aa0ab")
    for start in range(0, 360, 6):
        canvas.arc(WIDTH / 2, HEIGHT / 2, (90 - 66.5636) * 10.4, start, start + 3.4, SEA, 4)
    canvas.circle(WIDTH / 2, HEIGHT / 2, 5, fill=INK)
    return canvas.finish()


def mercator(lat: float) -> float:
    return degrees(log(tan(pi / 4 + radians(lat) / 2)))


def region(airports: list[Point]) -> Image.Image:
    """The land around some airports, with a ring for each of them."""
    canvas = Canvas("#c9dde3", lower="#b3ccd5")
    project = fitted(airports)
    for ring in outlines_of():
        canvas.polygon([project(lon, lat) for lon, lat in ring], PAPER)
        canvas.line([project(lon, lat) for lon, lat in (*ring, ring[0])], "#8fa9b2", 2)
    for point in airports:
        x, y = project(*point)
        canvas.circle(x, y, 12, fill=PAPER)
        canvas.circle(x, y, 9, fill=BRICK)
    return canvas.finish()


def fitted(points: list[Point]) -> Projection:
    """A Mercator map in which all the points fit, with room around them."""
    lons = [lon for lon, _ in points]
    tall = [mercator(lat) for _, lat in points]
    scale = min((WIDTH - 320) / max(max(lons) - min(lons), 0.1), (HEIGHT - 240) / max(max(tall) - min(tall), 0.1))
    middle = (max(lons) + min(lons)) / 2, (max(tall) + min(tall)) / 2

    def project(lon: float, lat: float) -> Point:
        return WIDTH / 2 + (lon - middle[0]) * scale, HEIGHT / 2 - (
            mercator(max(-85, min(85, lat))) - middle[1]
        ) * scale

    return project


def pair(ends: list[Labelled], kilometres: float) -> Image.Image:
    """Two places on squared paper in their true direction from each other, and the way between them."""
    canvas = Canvas(PAPER, lower=SHADE)
    for x in range(0, WIDTH, 60):
        canvas.line([(x, 0), (x, HEIGHT)], mix(SHADE, SEA, 0.18), 1)
    for y in range(0, HEIGHT, 60):
        canvas.line([(0, y), (WIDTH, y)], mix(SHADE, SEA, 0.18), 1)
    one, two = placed(ends)
    for step in range(1, 30):
        canvas.circle(one[0] + (two[0] - one[0]) * step / 30, one[1] + (two[1] - one[1]) * step / 30, 4, fill=DUSK)
    for spot, (_, _, code) in zip((one, two), ends, strict=True):
        canvas.circle(*spot, 74, fill=mix(PAPER, SAND, 0.8), outline=BRICK, width=5)
        canvas.text(*spot, code, 56, INK, anchor="mm")
    canvas.text(WIDTH / 2, HEIGHT - 110, f"{kilometres:.1f} km", 92, BRICK, anchor="mm")
    return canvas.finish()


def placed(ends: list[Labelled]) -> tuple[Point, Point]:
    """Where two places stand on the sheet: as far apart as it allows, in their true direction."""
    (lon, lat, _), (other_lon, other_lat, _) = ends
    east, north = (other_lon - lon) * cos(radians(lat)), other_lat - lat
    length = hypot(east, north) or 1
    half = min(460 / max(abs(east / length), 0.01), 235 / max(abs(north / length), 0.01))
    step = east / length * half, -north / length * half
    return (WIDTH / 2 - step[0], HEIGHT / 2 - 50 - step[1]), (WIDTH / 2 + step[0], HEIGHT / 2 - 50 + step[1])
