"""SQLite: a snapshot through its own backup interface, which neither waits for writers nor makes them wait."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.db import connection

from gazetteer.ops.archive.form import DATABASE, Manifest, Refused, Writer, extract

MEMBER = f"{DATABASE}site.sqlite3"


@contextmanager
def connected(path: Path | str, **options: Any) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, **options)) as database:
        yield database


def save(writer: Writer, part: Path) -> None:
    """Copy the whole database as of one moment to `part`, and that into the archive. `part` is removed."""
    try:
        connection.ensure_connection()
        with connected(part) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            writer.manifest.tables = row_counts(copy)
        writer.add_file(MEMBER, part)
    finally:
        part.unlink(missing_ok=True)


def row_counts(database: sqlite3.Connection) -> dict[str, int]:
    names = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}  # noqa: S608 (names from the file's own list)


def bring_back(archive: ZipFile, manifest: Manifest, target: Path) -> None:
    """Write the database to `target` and prove it whole: SQLite's own check, and the rows of every table."""
    extract(archive, MEMBER, target)
    with connected(f"file:{target}?mode=ro", uri=True) as database:
        answer = database.execute("PRAGMA quick_check").fetchone()[0]
        if answer != "ok":
            raise Refused(f"The database in the backup is damaged: {answer}.")
        if row_counts(database) != manifest.tables:
            raise Refused("The database in the backup does not have the rows that its manifest lists.")
