"""The rows of profile `world`, and the questions that its stories ask of them.

Rows are as in `world/listings.jsonl.gz`; airports carry `iata`, `icao`, `lat`, `lon` and `timezone`, every other row is
the name of a brand, operator or network. Nothing here knows of a database.
"""

import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

Row = dict[str, Any]
FILE = Path(__file__).with_name("world") / "listings.jsonl.gz"
EARTH_RADIUS_KM = 6371.0088


def read_rows(path: Path = FILE) -> Iterator[Row]:
    """The rows in the file's order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def distance_km(a: Row, b: Row) -> float:
    """Great-circle distance between two rows with coordinates."""
    lat_a, lon_a, lat_b, lon_b = (radians(value) for value in (a["lat"], a["lon"], b["lat"], b["lon"]))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


class World:
    """All rows, with the counts that stories are made of."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)

    @cached_property
    def by_id(self) -> dict[str, Row]:
        return {row["id"]: row for row in self.rows}

    @cached_property
    def airports(self) -> list[Row]:
        return [row for row in self.rows if row.get("icao")]

    @cached_property
    def names(self) -> list[Row]:
        """Everything but airports: brands, operators, networks."""
        return [row for row in self.rows if not row.get("icao")]

    @cached_property
    def branches(self) -> Counter[tuple[str, ...]]:
        """Distinct listings under every category path, at all levels."""
        return Counter({path: len(rows) for path, rows in self.by_branch.items()})

    @cached_property
    def by_branch(self) -> dict[tuple[str, ...], list[Row]]:
        """The listings under every category path, each once in a branch."""
        found: dict[tuple[str, ...], list[Row]] = {}
        for row in self.rows:
            for path in sorted(ancestors(row)):
                found.setdefault(path, []).append(row)
        return found

    @cached_property
    def countries(self) -> Counter[str]:
        """Listings by country code, all kinds together."""
        return count_countries(self.rows)

    @cached_property
    def airport_countries(self) -> Counter[str]:
        return count_countries(self.airports)

    def under(self, *path: str) -> list[Row]:
        """The listings of a category's branch, each once."""
        return self.by_branch[path]

    def count(self, *path: str) -> int:
        return self.branches[path]

    def children(self, *path: str) -> Counter[str]:
        """Counts of the categories right below `path`."""
        depth = len(path) + 1
        found = ((key, number) for key, number in self.branches.items() if len(key) == depth and key[:-1] == path)
        return Counter({key[-1]: number for key, number in found})

    def airport(self, iata: str) -> Row:
        """The airport with this three-letter code; KeyError if none has it."""
        return self.by_iata[iata]

    @cached_property
    def by_iata(self) -> dict[str, Row]:
        return {row["iata"]: row for row in self.airports}

    def named(self, name: str, *path: str) -> Row:
        """The one listing of this name (below `path`); ValueError unless there is exactly one."""
        [row] = [row for row in self.names if row["name"] == name and (not path or path in ancestors(row))]
        return row


def ancestors(row: Row) -> set[tuple[str, ...]]:
    """Every category path that a row stands under, the categories themselves included."""
    return {tuple(path[:depth]) for path in row["categories"] for depth in range(1, len(path) + 1)}


def count_countries(rows: Iterable[Row]) -> Counter[str]:
    return Counter(code for row in rows for code in row.get("countries", []))


def furthest(rows: Iterable[Row], key: Callable[[Row], float], number: int = 1) -> list[Row]:
    """The rows with the greatest `key`, greatest first; ties in the order of ids."""
    return sorted(sorted(rows, key=lambda row: str(row["id"])), key=key, reverse=True)[:number]


def first_by(rows: Iterable[Row], key: Callable[[Row], float], number: int = 1) -> list[Row]:
    """The rows with the least `key`, least first; ties in the order of ids."""
    return sorted(sorted(rows, key=lambda row: str(row["id"])), key=key)[:number]


def top(counts: Counter[str], number: int) -> list[tuple[str, int]]:
    """The largest counts, ties in alphabetical order so that a story never changes by chance."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:number]
