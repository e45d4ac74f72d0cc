"""One file per kind of file: each turns bytes into rows of plain data, and knows nothing of listings.

A reader is a function from a path to `Raw` rows. It registers through the hook `import_readers`, as a plug-in would.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_ROW = 4 * 1024 * 1024
"""Bytes of one row; what is longer is no listing, and would only fill the memory."""


@dataclass(slots=True)
class Raw:
    """One row as read.

    `refused` says why the row cannot be taken, and `field` which name is to blame. `whole`: the row is all that is
    known, so that a name left out means nothing is known any more; a row of a table speaks only of the table's columns.
    """

    number: int
    data: dict[str, Any]
    digest: str = ""
    refused: str = ""
    field: str = ""
    whole: bool = True
    feed: str = ""
    external_id: str = ""
    """Filled in by the run: what the row is known by, see `rows.identify`."""


@dataclass(frozen=True)
class Reader:
    """A kind of file: how its names end (`.gz` taken off before), what it is called, and how it is read."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[Path], Iterator[Raw]]
