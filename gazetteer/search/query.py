"""What a visitor asked, as the address has it, made safe: whatever is typed becomes a query, never an error."""

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

LONGEST = 200
LAST_PAGE = 50
"""Nobody reads further; who wants everything has the lists of categories."""

MOST_VALUES = 20
"""Values of one filter."""

RADIUS = 25.0
"""Kilometres around a place, unless another number is asked for."""

FARTHEST = 20_040.0
"""Half the way around the earth."""

SORTS = ("name", "newest", "distance")
"""Beside the best match, which is asked for by none of them."""

POINT = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*,\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*")

Values = tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """A box of the map in degrees; `west` > `east`: across the date line."""

    south: float
    west: float
    north: float
    east: float

    def __str__(self) -> str:
        return ",".join(short(each) for each in (self.south, self.west, self.north, self.east))


@dataclass(frozen=True)
class Query:
    """`text` as typed; `kind` one of the registered kinds or "" for all; `filters` by their names in the address, in
    the order of the names; `near` a place's name or `lat,lon`; `radius` kilometres; `page` from 1."""

    text: str = ""
    kind: str = ""
    filters: tuple[tuple[str, Values], ...] = ()
    near: str = ""
    radius: float = RADIUS
    box: Box | None = None
    sort: str = ""
    page: int = 1
    more: str = ""
    """The filter of which all values are to be shown."""

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.filters or self.near or self.box)

    @property
    def point(self) -> tuple[float, float] | None:
        """What `near` is in degrees, if it is not a place's name."""
        return read_point(self.near)

    def values(self, name: str) -> Values:
        return dict(self.filters).get(name, ())

    def with_values(self, name: str, values: Iterable[str]) -> "Query":
        """From the first page on, with these as the only values of a filter."""
        chosen = {**dict(self.filters), name: tuple(dict.fromkeys(values))}
        return replace(self, filters=in_order(chosen), page=1, more="")

    def toggled(self, name: str, value: str) -> "Query":
        """With the value set, or without it where it was."""
        there = self.values(name)
        return self.with_values(name, [each for each in there if each != value] if value in there else [*there, value])

    def changed(self, **changes: Any) -> "Query":
        """From the first page on, with something else in it."""
        return replace(self, **{"page": 1, "more": "", **changes})

    @property
    def bare(self) -> "Query":
        """The same words, with nothing narrowed."""
        return Query(text=self.text)

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value of everything an address says; what is usual is left out."""
        found = [("q", self.text), ("type", self.kind)]
        found += [(name, value) for name, values in self.filters for value in values]
        found.append(("near", self.near))
        if self.near and self.radius != RADIUS:
            found.append(("radius", short(self.radius)))
        found += [("box", str(self.box) if self.box else ""), ("sort", self.sort), ("more", self.more)]
        found.append(("page", str(self.page) if self.page > 1 else ""))
        return [pair for pair in found if pair[1]]

    def address(self, **changes: Any) -> str:
        """The query part of an address (`?q=…`) for this search, perhaps with something changed."""
        return "?" + urlencode(replace(self, **changes).pairs() if changes else self.pairs())

    def hidden(self, *leave_out: str) -> list[tuple[str, str]]:
        """What a form must send along beside the fields it shows."""
        return [pair for pair in self.changed().pairs() if pair[0] not in leave_out]


def read(values: Mapping[str, Any], kinds: Collection[str], filters: Collection[str] = ()) -> Query:
    """The query in the parameters of an address (a QueryDict or a plain mapping); what cannot be used is left out."""
    kind, sort = tidy(one(values, "type")), tidy(one(values, "sort"))
    chosen = {name: several(values, name) for name in filters}
    near = tidy(one(values, "near"))
    return Query(
        text=tidy(one(values, "q")),
        kind=kind if kind in kinds else "",
        filters=in_order(chosen),
        near=near if read_point(near) or any(map(str.isalpha, near)) else "",
        radius=kilometres(one(values, "radius")) if near else RADIUS,
        box=read_box(one(values, "box")),
        sort=sort if sort in SORTS else "",
        page=page_number(one(values, "page")),
        more=tidy(one(values, "more")) if one(values, "more") in filters else "",
    )


def one(values: Mapping[str, Any], name: str) -> str:
    return str(values.get(name, "") or "")


def several(values: Mapping[str, Any], name: str) -> Values:
    """The values of a parameter that may stand there several times, each once."""
    given = values.getlist(name) if hasattr(values, "getlist") else [values[name]] if name in values else []
    tidied = (tidy(str(value)).strip("/") for value in given[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in tidied if value))


def in_order(chosen: Mapping[str, Values]) -> tuple[tuple[str, Values], ...]:
    return tuple((name, chosen[name]) for name in sorted(chosen) if chosen[name])


def tidy(text: str) -> str:
    """One line without control characters and half surrogates, at most 200 characters."""
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text[: LONGEST * 4])
    return " ".join(kept.split())[:LONGEST].strip()


def page_number(text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(max(int(digits[:9]), 1), LAST_PAGE)


def kilometres(text: str) -> float:
    number = degrees(text)
    return min(number, FARTHEST) if number and number > 0 else RADIUS


def read_point(text: str) -> tuple[float, float] | None:
    found = POINT.fullmatch(text)
    if found is None:
        return None
    lat, lon = float(found[1]), float(found[2])
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def read_box(text: str) -> Box | None:
    """`south,west,north,east`; nothing for what is no box."""
    sides = [degrees(part) for part in text[:LONGEST].split(",")]
    if len(sides) != 4 or None in sides:
        return None
    south, west, north, east = (float(side or 0) for side in sides)
    if not -90 <= south <= north <= 90 or abs(west) > 180 or abs(east) > 180:
        return None
    return Box(south, west, north, east)


def degrees(text: str) -> float | None:
    try:
        number = float(text[:30])
    except ValueError:
        return None
    return round(number, 6) if math.isfinite(number) else None


def short(number: float) -> str:
    """Without a fraction that says nothing: `25`, `2.5`."""
    return f"{number:.6f}".rstrip("0").rstrip(".")
