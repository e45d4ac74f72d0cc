"""Workbooks of spreadsheet programs (Office Open XML): the first sheet, read row by row."""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.directory.imports.readers import Raw, Reader
from gazetteer.directory.imports.readers.cells import Table

LARGEST_TEXTS = 64 * 1024 * 1024
"""Unpacked bytes of the table of shared texts, which is held in memory at several times its size."""
LARGEST_PART = 4 * 1024 * 1024 * 1024
BROKEN = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError, OSError, EOFError)
"""What openpyxl raises on a damaged workbook; XML errors are SyntaxErrors."""


def read(path: Path) -> Iterator[Raw]:
    check_size(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except BROKEN as error:
        raise damaged(path, error) from error
    try:
        yield from rows(book.worksheets[0].iter_rows(values_only=True), path)
    finally:
        book.close()


def rows(cells: Iterator[Sequence[Any]], path: Path) -> Iterator[Raw]:
    table: Table | None = None
    number = 0
    while (found := next_row(cells, path)) is not None:
        number += 1
        texts = [text_of(cell) for cell in found]
        if table is None:
            table = Table(texts)
        elif (row := table.row(number, texts)) is not None:
            yield row
    if table is None:
        raise ImportFailed(f"The first sheet of {path.name} is empty.")


def next_row(cells: Iterator[Sequence[Any]], path: Path) -> Sequence[Any] | None:
    try:
        return next(cells, None)
    except BROKEN as error:
        raise damaged(path, error) from error


def damaged(path: Path, error: Exception) -> ImportFailed:
    return ImportFailed(
        f"{path.name} is not a workbook, or is damaged ({error}). Save it again as .xlsx or as CSV UTF-8."
    )


def check_size(path: Path) -> None:
    """Refuse a workbook that would fill the memory when unpacked."""
    try:
        with zipfile.ZipFile(path) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
    except zipfile.BadZipFile as error:
        raise damaged(path, error) from error
    if sizes.get("xl/sharedStrings.xml", 0) > LARGEST_TEXTS or max(sizes.values(), default=0) > LARGEST_PART:
        raise ImportFailed(f"{path.name} is too large for a workbook. Save it as CSV UTF-8: that may have any size.")


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without `.0` (a phone number typed as a number), dates as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return str(cell)


READER = Reader("Excel", (".xlsx", ".xlsm"), read)
