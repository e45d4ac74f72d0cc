"""Where a listing is: a small map drawn by us, a link to directions, distances. Nothing is asked of another host.

The map shows the country around the point from coarse outlines (`geo/`). Colours are the page's own: `currentColor` and
`--signal`; a stylesheet may set `.locator-sea`, `-land`, `-home`, `-dot` and `-ring`.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _
from markupsafe import Markup

from gazetteer.directory.addresses import country_name
from gazetteer.directory.geo.outlines import (
    Flat,
    Plane,
    Polygon,
    Vector,
    all_polygons,
    degrees_between,
    land_at,
    reaching,
    vector,
)

EARTH_KM = 6371.0088  # mean radius, IUGG
DIRECTIONS = "https://www.openstreetmap.org/directions?to={lat}%2C{lon}"

WIDTH, HEIGHT = 480, 360  # units of the drawing
EDGE = 6  # units drawn beyond the frame, so that no outline runs along it
MARGIN = 0.08  # of the frame, around the country
DETAILS = (0.75, 1.1, 1.6, 2.4, 4.0)  # units an outline may stray: the first that keeps the drawing short enough
LONGEST = 5_000  # characters of all outlines together
SMALLEST_SPAN = 0.035  # radians of height, about 220 km: less shows nothing of where that is
FINE_BELOW = 0.16  # radians of height, about 1,000 km: larger maps are drawn from the coarse outlines
OPEN_SEA = (0.4, 0.9, 1.8)  # radians of height, tried in turn until some land shows
GAP = 3.0  # degrees of sea between islands that are shown together
LARGEST = 12.0  # degrees of radius up to which islands join, but for the land itself

Box = tuple[float, float, float, float]  # left, top, right, bottom
FRAME: Box = (-EDGE, -EDGE, WIDTH + EDGE, HEIGHT + EDGE)


@dataclass(frozen=True)
class View:
    """The part of the world on a map: a plane, what of it is the middle, and how many units a radian has."""

    middle: Vector
    x: float
    y: float
    scale: float

    @property
    def radius(self) -> float:
        """Degrees from the plane's middle to the farthest corner, and some more."""
        reach = math.hypot(abs(self.x) + WIDTH / self.scale / 2, abs(self.y) + HEIGHT / self.scale / 2)
        return math.degrees(2 * math.asin(min(reach / 2, 1.0))) + 1.0

    @property
    def is_fine(self) -> bool:
        return HEIGHT / self.scale < FINE_BELOW

    def on_paper(self, plane: Plane, v: Vector) -> Flat:
        x, y = plane.flat(v)
        return WIDTH / 2 + (x - self.x) * self.scale, HEIGHT / 2 - (y - self.y) * self.scale


@dataclass(frozen=True)
class Drawing:
    """The lines of a map without its dot: the same for every listing of a country."""

    view: View
    home: str
    land: str


def locator_svg(
    lat: float,
    lon: float,
    approximate: bool = False,
    width: int = 320,
    label: str = "",
    country: str = "",
    language: str = "",
) -> Markup:
    """A map of the country with the place marked: a dot, or a ring where the position is only approximate.

    `lat` and `lon` in degrees (longitudes may run past 180), `country` the listing's ISO2 code, which decides on a
    border, `width` in CSS pixels, `label` the listing's name. Empty for a position that is none.
    """
    if not is_position(lat, lon):
        return Markup("")
    point = vector(lat, lon)
    home = home_of(round(lat, 2), round((lon + 180) % 360 - 180, 2), country.upper())
    drawing = drawing_around(home, point)
    x, y = drawing.view.on_paper(Plane(drawing.view.middle), point)
    title = map_title(label, country_name(home.country if home else "", language), approximate)
    return Markup(
        '<svg class="locator" viewBox="0 0 {w} {h}" width="{width}" height="{height}" role="img" aria-label="{title}">'
        "<title>{title}</title>"
        '<path class="locator-sea" d="M0 0h{w}v{h}H0z" fill="currentColor" fill-opacity=".03"/>'
        '<g stroke="currentColor" stroke-width="1" stroke-linejoin="round">'
        '<path class="locator-land" d="{land}" fill="currentColor" fill-opacity=".05" stroke-opacity=".25"/>'
        '<path class="locator-home" d="{home}" fill="currentColor" fill-opacity=".13" stroke-opacity=".6"/></g>'
        "{mark}</svg>"
    ).format(
        w=WIDTH,
        h=HEIGHT,
        width=int(width),
        height=round(int(width) * HEIGHT / WIDTH),
        title=title,
        land=drawing.land,
        home=drawing.home,
        mark=ring(x, y) if approximate else dot(x, y),
    )


def is_position(lat: float, lon: float) -> bool:
    return math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -360 <= lon <= 360


def dot(x: float, y: float) -> Markup:
    return Markup(
        '<circle class="locator-dot" cx="{x:.1f}" cy="{y:.1f}" r="8" fill="var(--signal, #b3261e)" '
        'stroke="var(--paper, #fff)" stroke-width="2.5"/>'
    ).format(x=x, y=y)


def ring(x: float, y: float) -> Markup:
    return Markup(
        '<circle class="locator-ring" cx="{x:.1f}" cy="{y:.1f}" r="17" fill="var(--signal, #b3261e)" '
        'fill-opacity=".15" stroke="var(--signal, #b3261e)" stroke-width="3" stroke-dasharray="7 4"/>'
    ).format(x=x, y=y)


def map_title(label: str, country: str, approximate: bool) -> str:
    """What the picture shows, for those who do not see it."""
    names = {"name": label or _("the place"), "country": country}
    if approximate and country:
        return _("Map of %(country)s with the approximate position of %(name)s") % names
    if approximate:
        return _("Map with the approximate position of %(name)s") % names
    if country:
        return _("Map of %(country)s with the position of %(name)s") % names
    return _("Map with the position of %(name)s") % names


def locator_caption(approximate: bool) -> str:
    """What stands under the map; empty when there is nothing to add."""
    return _("The position is approximate.") if approximate else ""


@lru_cache(maxsize=4096)
def home_of(lat: float, lon: float, country: str) -> Polygon | None:
    return land_at(vector(lat, lon), country)


def drawing_around(home: Polygon | None, point: Vector) -> Drawing:
    """The country's map if the point is on it, else one around the point, moved in steps so that few are ever drawn."""
    if home is not None:
        drawing = drawing_of(home)
        x, y = drawing.view.on_paper(Plane(drawing.view.middle), point)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            return drawing
    lat, lon = math.degrees(math.asin(point[2])), math.degrees(math.atan2(point[1], point[0]))
    return drawing_of_sea(round(lat / 2) * 2, round(lon / 2) * 2)


@lru_cache(maxsize=512)
def drawing_of(home: Polygon) -> Drawing:
    family = islands_with(home)
    return drawn(view_of(family), {id(polygon) for polygon in family})


@lru_cache(maxsize=512)
def drawing_of_sea(lat: int, lon: int) -> Drawing:
    middle = vector(lat, lon)
    for height in OPEN_SEA:
        drawing = drawn(View(middle, 0, 0, HEIGHT / height), set())
        if drawing.land:
            return drawing
    return drawing


def islands_with(home: Polygon) -> list[Polygon]:
    """The land and those pieces of the same country that are near, nearest first, as far as a map stays readable."""
    family, middle, radius = [home], home.middle, home.radius
    largest = max(LARGEST, home.radius * 1.3)
    others = [p for p in all_polygons() if p.country == home.country and p is not home]
    for other in sorted(others, key=lambda p: degrees_between(p.middle, middle) - p.radius):
        away = degrees_between(other.middle, middle)
        if away - radius - other.radius > GAP or not home.country:
            continue
        if away + other.radius > radius:
            wider = (away + radius + other.radius) / 2
            if wider > largest:
                continue
            middle, radius = between(middle, other.middle, (wider - radius) / away), wider
        family.append(other)
    return family


def between(a: Vector, b: Vector, share: float) -> Vector:
    mixed = [(1 - share) * p + share * q for p, q in zip(a, b, strict=True)]
    length = math.hypot(*mixed)
    return (mixed[0] / length, mixed[1] / length, mixed[2] / length)


def view_of(family: list[Polygon]) -> View:
    """The frame that just holds the family."""
    total = [sum(p.middle[axis] * p.radius**2 for p in family) for axis in range(3)]
    length = math.hypot(*total)
    middle = (total[0] / length, total[1] / length, total[2] / length)
    plane = Plane(middle)
    points = [plane.flat(v) for polygon in family for v in polygon.coarse[0]]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    low, high = min(y for _x, y in points), max(y for _x, y in points)
    span = max(high - low, (right - left) * HEIGHT / WIDTH, SMALLEST_SPAN) * (1 + 2 * MARGIN)
    return View(middle, (left + right) / 2, (low + high) / 2, HEIGHT / span)


def drawn(view: View, family: set[int]) -> Drawing:
    """All land in the view, as finely as its length allows."""
    plane = Plane(view.middle)
    rings: dict[bool, list[list[Flat]]] = {True: [], False: []}
    for polygon in reaching(view.middle, view.radius):
        for points in polygon.fine if view.is_fine else polygon.coarse:
            ring = cut([view.on_paper(plane, v) for v in points], FRAME)
            rings[id(polygon) in family].append(ring)
    for detail in DETAILS:
        home = "".join(path(ring, detail) or speck(ring, view) for ring in rings[True])
        land = "".join(path(ring, detail) for ring in rings[False])
        if len(home) + len(land) <= LONGEST:
            break
    return Drawing(view, home, land)


def path(points: list[Flat], detail: float) -> str:
    """The outline as whole steps; empty for what is too small to have a shape."""
    ring = simplified(points, detail)
    if len(ring) < 3:
        return ""
    steps = [(round(x), round(y)) for x, y in ring]
    moves = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in zip(steps, steps[1:], strict=False)]
    return f"M{steps[0][0]} {steps[0][1]}l{' '.join(moves)}z".replace(" -", "-")


def speck(points: list[Flat], view: View) -> str:
    """An island of a small country, too small for a shape but all the land there is."""
    return f"M{round(points[0][0])} {round(points[0][1])}h1v1h-1z" if points and view.is_fine else ""


def cut(points: list[Flat], box: Box) -> list[Flat]:
    """Sutherland and Hodgman's clipping to a box, one side after another."""
    for axis, limit, keeps_less in ((0, box[0], False), (0, box[2], True), (1, box[1], False), (1, box[3], True)):
        inside = [(p[axis] <= limit) == keeps_less or p[axis] == limit for p in points]
        if all(inside):
            continue
        if not any(inside):
            return []
        points = list(cut_side(points, inside, axis, limit))
    return points


def cut_side(points: list[Flat], inside: list[bool], axis: int, limit: float) -> list[Flat]:
    found = []
    last, last_inside = points[-1], inside[-1]
    for point, is_inside in zip(points, inside, strict=True):
        if is_inside != last_inside:
            share = (limit - last[axis]) / (point[axis] - last[axis])
            crossing = last[1 - axis] + share * (point[1 - axis] - last[1 - axis])
            found.append((limit, crossing) if axis == 0 else (crossing, limit))
        if is_inside:
            found.append(point)
        last, last_inside = point, is_inside
    return found


def simplified(points: list[Flat], detail: float) -> list[Flat]:
    """A ring with no more corners than the eye tells apart."""
    spread = [p for n, p in enumerate(points) if n == 0 or far_enough(p, points[n - 1])]
    if len(spread) < 3:
        return []
    opposite = max(range(len(spread)), key=lambda n: square(spread[0], spread[n]))
    first, second = line(spread[: opposite + 1], detail), line([*spread[opposite:], spread[0]], detail)
    ring = first[:-1] + second[:-1]
    return ring if len(ring) > 2 else []


def far_enough(a: Flat, b: Flat) -> bool:
    return abs(a[0] - b[0]) > 0.05 or abs(a[1] - b[1]) > 0.05


def square(a: Flat, b: Flat) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def line(points: list[Flat], detail: float) -> list[Flat]:
    """Douglas and Peucker's line through them."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = farthest(points, first, last)
        if far > detail:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[n] for n in sorted(keep)]


def farthest(points: list[Flat], first: int, last: int) -> tuple[float, int]:
    """How far, in units, and which point between the two lies off the straight line."""
    (ax, ay), (bx, by) = points[first], points[last]
    dx, dy = bx - ax, by - ay
    length = math.hypot(dx, dy)
    best, at = 0.0, first
    for n in range(first + 1, last):
        px, py = points[n][0] - ax, points[n][1] - ay
        off = abs(px * dy - py * dx) / length if length else math.hypot(px, py)
        if off > best:
            best, at = off, n
    return best, at


def distance_km(a: Flat, b: Flat) -> float:
    """Kilometres along the great circle between two (latitude, longitude) in degrees, on a sphere of mean radius."""
    return math.radians(degrees_between(vector(*a), vector(*b))) * EARTH_KM


def directions_url(lat: float, lon: float, label: str = "", pattern: str = DIRECTIONS) -> str:
    """The link that leads to directions: `{lat}`, `{lon}` and `{name}` in the operator's pattern."""
    values = {"{lat}": f"{lat:.6f}".rstrip("0").rstrip("."), "{lon}": f"{lon:.6f}".rstrip("0").rstrip(".")}
    url = pattern.replace("{name}", quote(label, safe=""))
    for mark, value in values.items():
        url = url.replace(mark, value)
    return url


def check_directions(pattern: str) -> str:
    """What is wrong with an operator's pattern, for people; empty when nothing is."""
    if urlsplit(pattern).scheme not in {"http", "https"}:
        return _("The address for directions must begin with https://.")
    if "{lat}" not in pattern or "{lon}" not in pattern:
        return _("The address for directions must contain {lat} and {lon}.")
    return ""
