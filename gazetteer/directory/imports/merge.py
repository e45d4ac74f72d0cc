"""Three sides of a listing: what the feed said last, what it says now, and what stands here since.

A value that only the feed changed is taken; one that only the desk changed stands; where both changed it
differently, the desk's stands and the conflict is told. `marks` are check sums of what the feed said last.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zlib import crc32

from gazetteer.directory.imports.rows import Row

EMPTY: dict[str, Any] = {
    **dict.fromkeys(
        ("names_by_lang", "social"), {}
    ),
    **dict.fromkeys(("alt_names", "acronyms", "countries", "phones"), []),
    **dict.fromkeys(("lat", "lon", "featured_until", "expire_at", "listed_at"), None),
    "status": "open",
}  # fmt: skip
"""What a column holds when nothing is known; empty text where it is not named here."""

SET_HERE_FIRST = frozenset({"listed_at"})
"""Columns that have a value of our own before any feed speaks of them: it is nobody's decision."""


def empty(column: str) -> Any:
    return None if column.startswith("custom.") else EMPTY.get(column, "")


def mark(column: str, value: Any) -> int:
    """Check sum of a value; 0 for what is empty."""
    if type(value) is str:
        return (crc32(value.encode("utf-8", "replace")) or 1) if value != empty(column) else 0
    if value is None or value == empty(column):
        return 0
    text = repr(value.timestamp()) if isinstance(value, datetime) else flat(value)
    return crc32(text.encode("utf-8", "replace")) or 1


def flat(value: Any) -> str:
    """A value as text, the same for equal values."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else repr(value)


def marks_of(columns: Mapping[str, Any]) -> dict[str, int]:
    """The marks of all columns that are not empty."""
    return {column: mark(column, value) for column, value in columns.items() if value or value == 0}


@dataclass(slots=True)
class Merged:
    """What is to be set, and what the desk changed otherwise than the feed (column → the desk's value)."""

    values: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)


def columns(row: Row, current: Mapping[str, Any], marks: dict[str, int] | None) -> Merged:
    """Merge the row into the listing's current columns; `marks` is None if nobody knows what the feed said last."""
    merged = Merged(marks=dict(marks or {}))
    for column, new in said(row, merged.marks).items():
        here, now = mark(column, current.get(column)), mark(column, new)
        last = here if marks is None else merged.marks.get(column, here if column in SET_HERE_FIRST else 0)
        merged.marks[column] = now
        if now in (last, here):
            continue
        if last == here:
            merged.values[column] = new
        else:
            merged.conflicts[column] = current.get(column)
    merged.marks = {column: value for column, value in merged.marks.items() if value}
    return merged


def said(row: Row, marks: Iterable[str]) -> dict[str, Any]:
    """The columns the row speaks of: of a whole row, what it leaves out is empty, if the feed named it before."""
    silent = (
        [column for column in marks if column not in row.columns and column not in row.untouched] if row.whole else []
    )
    return {**{column: empty(column) for column in silent if column not in SET_HERE_FIRST}, **row.columns}


def members(now: list[int], last: list[int], here: Iterable[int]) -> list[int]:
    """Categories or tags (ids): what the feed added joins, what it took away goes, the desk's own doing stands."""
    added = [pk for pk in now if pk not in last]
    gone = {pk for pk in last if pk not in now}
    return list(dict.fromkeys([*(pk for pk in here if pk not in gone), *added]))


def primary(now: list[int], last: list[int], here: int | None, final: list[int]) -> tuple[int | None, bool]:
    """The primary category, and whether the desk's choice stands against the feed's."""
    wanted, before = now[0] if now else None, last[0] if last else None
    if wanted in final and wanted != before and here in (before, None):
        return wanted, False
    if here in final:
        return here, wanted is not None and wanted not in (before, here)
    return (wanted if wanted in final else next(iter(final), None)), False
