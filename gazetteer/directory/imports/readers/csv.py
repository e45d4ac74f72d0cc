"""Tables as text: comma, semicolon or tab between cells, the columns' names in the first row."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.directory.imports.readers import LONGEST_ROW, Raw, Reader
from gazetteer.directory.imports.readers.cells import Table
from gazetteer.directory.imports.readers.files import lines

UNREADABLE = re.compile("[\udc80-\udcff]")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
NOT_UTF_8 = "the row is not UTF-8. In a spreadsheet program save the table as “CSV UTF-8”"


def read(path: Path) -> Iterator[Raw]:
    text = decoded(path)
    first = next(text, "")
    csv.field_size_limit(LONGEST_ROW)
    rows = csv.reader(chained(first, text), delimiter=delimiter(first))
    table = Table(next_row(rows, 1) or [])
    yield from numbered(rows, table)


def decoded(path: Path) -> Iterator[str]:
    """The lines as text; bytes that are not UTF-8 are kept as lone surrogates, and their row is refused later."""
    for number, line in enumerate(lines(path), 1):
        if number == 1 and line and line.startswith(UTF_16_MARKS):
            raise ImportFailed(f"{path.name} is UTF-16. Save it as “CSV UTF-8”.")
        if line is None:
            raise ImportFailed(f"Line {number} of {path.name} is longer than {LONGEST_ROW // 1024 // 1024} MB.")
        yield line.decode("utf-8", "surrogateescape")


def chained(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def delimiter(first: str) -> str:
    """The sign that parts the names in the first row most often."""
    return max(",;\t", key=first.count)


def numbered(rows: Any, table: Table) -> Iterator[Raw]:
    number = 1
    while (cells := next_row(rows, number + 1)) is not None:
        number += 1
        if any(UNREADABLE.search(cell) for cell in cells):
            yield Raw(number, {}, refused=f"{NOT_UTF_8} (line {rows.line_num} of the file)")
        elif (row := table.row(number, cells)) is not None:
            yield row


def next_row(rows: Any, number: int) -> list[str] | None:
    try:
        cells: list[str] | None = next(rows, None)
        return cells
    except csv.Error as error:
        raise ImportFailed(
            f"Row {number} (line {rows.line_num}) is no row of a table: {error}. Mend it there."
        ) from error


READER = Reader("CSV", (".csv", ".tsv", ".txt"), read)
