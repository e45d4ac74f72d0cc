"""Many rows written at once, past the ORM: one prepared statement on SQLite, COPY on PostgreSQL.

A model's save, signals and defaults are not run; the database's constraints and triggers are. On PostgreSQL the rows
go in as one statement, so that the triggers of the branch rows, which fire once a statement, fire once.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

from django.db import connection, models

Converter = Callable[[Any], Any]


LONG_WORK = {"mmap_size": 0, "wal_autocheckpoint": 10_000}
"""SQLite during an import: the file is not mapped into memory (its pages would count as ours, up to a gigabyte), and
the log is written back every 40 MB, so that a page changed by many batches is written once."""


@contextmanager
def long_work() -> Iterator[None]:
    """The connection's settings for much writing; put back at the end."""
    before = {name: pragma(name) for name in LONG_WORK} if connection.vendor == "sqlite" else {}
    try:
        for name in before:
            pragma(name, LONG_WORK[name])
        yield
    finally:
        for name, value in before.items():
            pragma(name, value)


def pragma(name: str, value: int | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}" if value is None else f"PRAGMA {name} = {value}")
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that no row has; call it in the transaction that uses them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
            last = int(cursor.fetchone()[0])
            return list(range(last + 1, last + 1 + count))
        sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(sql, [table, count])
        return [pk for (pk,) in cursor.fetchall()]


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of converted values; `names` are field names, in the order of the values.

    Columns that are not named and may not be null get the field's default.
    """
    others = [field for field in model._meta.concrete_fields if has_default(field) and field.name not in names]
    constant = tuple(converted(field, field.get_default()) for field in others)
    ready: Any = ((*row, *constant) for row in rows)
    columns = ", ".join(column_of(model, name) for name in (*names, *(field.name for field in others)))
    table = f'"{model._meta.db_table}"'
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * (len(names) + len(others)))
            sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 (names of our own models)
            cursor.executemany(sql, ready)
            return
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in ready:
                copy.write_row(row)


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set columns of rows by id; each row holds the converted values in the order of `names`, then the id."""
    sets = ", ".join(f"{column_of(model, name)} = %s" for name in names)
    ready: Any = rows
    with connection.cursor() as cursor:
        table, key = model._meta.db_table, column_of(model, "pk")
        sql = f'UPDATE "{table}" SET {sets} WHERE {key} = %s'  # noqa: S608 (names of our own models)
        cursor.executemany(sql, ready)


def column_of(model: type[models.Model], name: str) -> str:
    """The column of a field, quoted; the names are our own models', so that the SQL made of them is safe."""
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return f'"{field.column}"'


def has_default(field: Any) -> bool:
    return not field.null and not field.primary_key and not field.is_relation


def converted(field: Any, value: Any) -> Any:
    convert = converter(field)
    return convert(value) if convert else value


def converter(field: Any) -> Converter | None:
    """How values of this field go to the database; None where they go as they are."""
    if isinstance(field, models.JSONField):
        return dump
    if isinstance(field, models.DateTimeField):
        return stamp
    return None


def dump(value: Any) -> str:
    """JSON as Django stores it; what is flat is written without the detour through an encoder made for each call."""
    if type(value) is list and all(type(item) is str for item in value):
        return f"[{', '.join(map(quoted, value))}]"
    if type(value) is dict and all(type(item) in FLAT for item in value.values()):
        return "{" + ", ".join(f"{quoted(key)}: {FLAT[type(item)](item)}" for key, item in value.items()) + "}"
    return json.dumps(value)


FLAT: dict[type, Converter] = {str: quoted, int: repr}


def stamp(moment: datetime | None) -> Any:
    """A moment as the database takes it; SQLite has text in UTC, as Django writes it."""
    if moment is None or connection.vendor != "sqlite":
        return moment
    return str(moment.astimezone(UTC).replace(tzinfo=None))
