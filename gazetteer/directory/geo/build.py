"""Makes `world.json.gz` from Natural Earth's countries, 1:50 million, as packed in npm `world-atlas` 2.0.2.

    npm pack world-atlas && tar xzf world-atlas-2.0.2.tgz
    python -m gazetteer.directory.geo.build package/countries-50m.json

TopoJSON (https://github.com/topojson/topojson-specification) stores each border once, as an arc of whole-number steps.
So do we, on a grid of a hundredth of a degree, in two simplifications: `fine` for small countries and `coarse` for
large ones. Borders shared by two countries stay shared, so that no gaps open between them.

The file: `countries`, each `[ISO2 or "", [polygon …]]`; a polygon is `[latitude, longitude, radius, rings]`, the first
three a circle around it in degrees, a ring a list of arc numbers (`~n` is arc n backwards); `fine` and `coarse` hold
each arc as `[x, y, dx, dy, …]` in hundredths of a degree.
"""

import gzip
import json
import math
import sys
from pathlib import Path
from typing import Any

from babel.core import get_global

GRID = 100
TOLERANCE = {"fine": 0.012, "coarse": 0.06}  # degrees a border may stray from the original
NO_NUMBER = {"Kosovo": "XK"}  # not in ISO 3166-1; the user-assigned code that everybody uses
TARGET = Path(__file__).with_name("world.json.gz")

Point = tuple[float, float]


def read_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Every arc as (longitude, latitude), its steps summed up and scaled."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(without_cut(arc))
    return arcs


def without_cut(arc: list[Point]) -> list[Point]:
    """Without the way from Antarctica's coast along the 180th meridian to the pole and back: it is no coast."""
    return [(lon, lat) for lon, lat in arc if not (lat < -84.3 and abs(lon) > 179.99) and lat > -89.5] or arc[:1]


def simplified(arc: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker's line with fewer points, degrees of longitude shortened as on the ground; ends stay."""
    keep = {0, len(arc) - 1}
    stack = [(0, len(arc) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = max(((off_line(arc, n, first, last), n) for n in range(first + 1, last)), default=(0.0, 0))
        if far > tolerance:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [arc[n] for n in sorted(keep)]


def off_line(arc: list[Point], at: int, first: int, last: int) -> float:
    """Degrees between a point and the stretch from the first to the last."""
    shrink = max(math.cos(math.radians(arc[first][1])), 0.01)
    ax, ay = apart(arc[last][0], arc[first][0]) * shrink, arc[last][1] - arc[first][1]
    px, py = apart(arc[at][0], arc[first][0]) * shrink, arc[at][1] - arc[first][1]
    length = ax * ax + ay * ay
    along = min(max((px * ax + py * ay) / length, 0.0), 1.0) if length else 0.0
    return math.hypot(px - along * ax, py - along * ay)


def apart(a: float, b: float) -> float:
    """Degrees of longitude from b to a the short way, also over the 180th meridian."""
    return (a - b + 180) % 360 - 180


def packed(arc: list[Point]) -> list[int]:
    """Whole steps on the grid; points that fall together are one, but the two ends."""
    points = [(round(lon * GRID), round(lat * GRID)) for lon, lat in arc]
    kept = [p for n, p in enumerate(points) if n in (0, len(points) - 1) or p != points[n - 1]]
    steps = [number for (ax, ay), (bx, by) in zip(kept, kept[1:], strict=False) for number in (bx - ax, by - ay)]
    return [*kept[0], *steps]


def polygons(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[list[Any]]:
    found = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    outlines = [[ring for ring in rings if not is_pole(ring, arcs)] for rings in found]
    return [[*circle(rings[0], arcs), rings] for rings in outlines]


def is_pole(ring: list[int], arcs: list[list[Point]]) -> bool:
    """Antarctica comes with an outline that is only the pole itself; the coast is its second one."""
    return all(lat < -89.5 for n in ring for _lon, lat in arcs[n if n >= 0 else ~n])


def circle(ring: list[int], arcs: list[list[Point]]) -> list[float]:
    """A circle around the ring: latitude and longitude of its middle and a radius that leaves no point out, degrees."""
    vectors = [vector(p) for n in ring for p in arcs[n if n >= 0 else ~n]]
    middle = unit([sum(v[axis] for v in vectors) for axis in range(3)])
    for _step in range(60):  # towards the farthest point, ever less: ends near the middle of the smallest circle
        far = min(vectors, key=lambda v: dot(v, middle))
        pull = 0.5 * 0.9**_step
        middle = unit([m + pull * (f - m) for m, f in zip(middle, far, strict=True)])
    radius = math.degrees(math.acos(max(-1.0, min(1.0, min(dot(v, middle) for v in vectors)))))
    lat, lon = math.degrees(math.asin(middle[2])), math.degrees(math.atan2(middle[1], middle[0]))
    return [round(lat, 2), round(lon, 2), math.ceil(radius * 100 + 3) / 100]


def vector(point: Point) -> list[float]:
    lon, lat = math.radians(point[0]), math.radians(point[1])
    return [math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)]


def unit(v: list[float]) -> list[float]:
    length = math.hypot(*v) or 1.0
    return [x / length for x in v]


def dot(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def iso2(geometry: dict[str, Any]) -> str:
    """The ISO 3166-1 alpha-2 code for the number in the data, by CLDR's table; empty for areas that have none."""
    name, number = geometry["properties"]["name"], geometry.get("id", "")
    codes = get_global("territory_aliases").get(number, [])
    return NO_NUMBER.get(name, codes[0] if codes else "")


def build(source: Path, target: Path = TARGET) -> int:
    """Writes the file, the same bytes from the same source; returns its size in bytes."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = read_arcs(topology)
    world: dict[str, Any] = {
        name: [packed(simplified(arc, tolerance)) for arc in arcs] for name, tolerance in TOLERANCE.items()
    }
    world["countries"] = [[iso2(g), polygons(g, arcs)] for g in topology["objects"]["countries"]["geometries"]]
    text = json.dumps(world, separators=(",", ":"), sort_keys=True)
    with target.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as zipped:
        zipped.write(text.encode())
    return target.stat().st_size


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Give the path of countries-50m.json; the head of this file says where it comes from.")
    print(f"{TARGET.name}: {build(Path(sys.argv[1])):,} bytes")  # noqa: T201 (a script's answer)
