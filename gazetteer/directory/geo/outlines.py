"""The world's outlines, read once in a process from `world.json.gz` and made vectors only where a map needs them.

A point on the earth is a vector of length one: so neither the poles nor the 180th meridian are special anywhere.
"""

import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import Any

GRID = 100  # steps in a degree
NEAR_COAST = 1.5  # degrees: what lies so near a coast is on it, for the coast is drawn coarsely

Vector = tuple[float, float, float]
Flat = tuple[float, float]


@dataclass(eq=False)
class Polygon:
    """One piece of land of one country, in a circle of `radius` degrees around `middle`."""

    country: str
    middle: Vector
    radius: float
    rings: list[list[int]]
    world: dict[str, Any] = field(repr=False)

    @cached_property
    def fine(self) -> list[list[Vector]]:
        return [self.ring("fine", ring) for ring in self.rings]

    @cached_property
    def coarse(self) -> list[list[Vector]]:
        return [self.ring("coarse", ring) for ring in self.rings]

    def ring(self, detail: str, arcs: list[int]) -> list[Vector]:
        """Its points in order, at least one; where two arcs meet they share one."""
        points = list(chain.from_iterable(self.arc(detail, number)[:-1] for number in arcs))
        return [vector(lat, lon) for lat, lon in points or self.arc(detail, arcs[0])[:1]]

    def arc(self, detail: str, number: int) -> list[Flat]:
        numbers = self.world[detail][number if number >= 0 else ~number]
        x = y = 0
        points = []
        for at in range(0, len(numbers), 2):
            x, y = x + numbers[at], y + numbers[at + 1]
            points.append((y / GRID, x / GRID))
        return points if number >= 0 else points[::-1]


def vector(lat: float, lon: float) -> Vector:
    phi, theta = math.radians(lat), math.radians(lon)
    return (math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi))


def degrees_between(a: Vector, b: Vector) -> float:
    """The angle, exact for near and far points alike."""
    cross = math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return math.degrees(math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]))


@cache
def all_polygons() -> tuple[Polygon, ...]:
    """Every piece of land. The file is part of the program and never changes while it runs."""
    with gzip.open(Path(__file__).with_name("world.json.gz"), "rt", encoding="utf-8") as file:
        world = json.load(file)
    return tuple(
        Polygon(country, vector(lat, lon), radius, rings, world)
        for country, polygons in world["countries"]
        for lat, lon, radius, rings in polygons
    )


def reaching(middle: Vector, radius: float) -> Iterator[Polygon]:
    """The pieces of land that may reach into a circle of `radius` degrees."""
    return (p for p in all_polygons() if degrees_between(p.middle, middle) <= p.radius + radius)


def land_at(point: Vector, country: str = "") -> Polygon | None:
    """The land a point lies on, else the nearest coast within a degree and a half; the listing's country goes first.

    None on the high seas.
    """
    near = sorted(reaching(point, NEAR_COAST), key=lambda p: p.country != country)
    for polygon in near:
        if degrees_between(polygon.middle, point) <= polygon.radius and contains(polygon, point):
            return polygon
    coasts = [(p.country != country, coast_distance(p, point), n) for n, p in enumerate(near)]
    within = [coast for coast in coasts if coast[1] <= NEAR_COAST]
    return near[min(within)[2]] if within else None


def contains(polygon: Polygon, point: Vector) -> bool:
    """Whether the point is inside: a ray from it crosses the outlines, holes too, an odd number of times."""
    plane = Plane(point)
    return sum(crossings([plane.flat(v) for v in ring]) for ring in polygon.fine) % 2 == 1


def crossings(ring: list[Flat]) -> int:
    """How often the outline crosses the line from the origin to the right."""
    count = 0
    ax, ay = ring[-1]
    for bx, by in ring:
        if (ay > 0) != (by > 0) and ax - ay * (bx - ax) / (by - ay) > 0:
            count += 1
        ax, ay = bx, by
    return count


def coast_distance(polygon: Polygon, point: Vector) -> float:
    """Degrees to the nearest corner of the outline."""
    x, y, z = point
    nearest = max(polygon.fine[0], key=lambda v: v[0] * x + v[1] * y + v[2] * z)
    return degrees_between(nearest, point)


class Plane:
    """Lambert's azimuthal equal-area projection around a point: north up, one unit about one radian near the middle."""

    def __init__(self, middle: Vector) -> None:
        self.middle = middle
        x, y, z = middle
        across = math.hypot(x, y)
        self.east: Vector = (-y / across, x / across, 0.0) if across > 1e-9 else (0.0, 1.0, 0.0)
        self.north: Vector = (
            -z * self.east[1],
            z * self.east[0],
            x * self.east[1] - y * self.east[0],
        )

    def flat(self, v: Vector) -> Flat:
        """Right and up; the point opposite the middle, which lies on a whole circle, goes far to the right."""
        mx, my, mz = self.middle
        ahead = 1 + v[0] * mx + v[1] * my + v[2] * mz
        scale = math.sqrt(2 / ahead) if ahead > 1e-9 else 1e4
        (ex, ey, _ez), (nx, ny, nz) = self.east, self.north
        return scale * (v[0] * ex + v[1] * ey), scale * (v[0] * nx + v[1] * ny + v[2] * nz)
