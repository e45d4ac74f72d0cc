"""Queries whose SQL Django writes once in a process; afterwards only their values change.

Django builds the SQL of a query anew with every use: half a millisecond to two, several times what the database needs
to answer it. A page made anew asks eight times, so the reads of public pages are prepared:

    CARDS = Prepared(lambda ids: Article.objects.published().filter(pk__in=ids).values_list("pk", "headline"))
    CARDS([5, 7])   # [(5, "…"), (7, "…")]

What is kept is SQL, made of code alone; no row outlives its request.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

R = TypeVar("R")
Converters = list[tuple[int, list[Callable[..., Any]], Any]]


class Slot(Expression):
    """The place of a value in a query that is being prepared."""

    def __init__(self, number: int, among: int = 0) -> None:
        super().__init__()
        self.number = number
        self.among = among

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        return "%s", [self]

    def _resolve_output_field(self) -> Field[Any, Any] | None:
        return None


class Prepared(Generic[R]):
    """Called with values, gives the rows as tuples, or as `row` makes them of their columns (`Named._make`).

    `make` gets a place for each value and returns the `values_list` to read. Where a value is a list, it gets a list of
    places for `__in`, whose length is rounded up (a query is prepared for each length); an empty list matches nothing,
    so it does not serve for `exclude`. For a foreign key write `section__id__in`, not `section__in`. Slices are part of
    the query: no value can stand in them.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], row: Callable[[Any], R] = tuple) -> None:  # type: ignore[assignment]  # a plain tuple is what R is then
        self.make = make
        self.row = row
        self.written = lru_cache(maxsize=64)(self.write)

    def __call__(self, *values: Any) -> list[R]:
        given = [padded(value) if isinstance(value, list | tuple) else value for value in values]
        lengths = tuple(len(value) if isinstance(value, list) else None for value in given)
        sql, slots, converters = self.written(connection.vendor, lengths)
        if not sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, [bound(slot, given) for slot in slots])
            rows: Iterable[Sequence[Any]] = cursor.fetchall()
        return list(map(self.row, converted(rows, converters) if converters else rows))

    def first(self, *values: Any) -> R | None:
        found = self(*values)
        return found[0] if found else None

    def write(self, vendor: str, lengths: tuple[int | None, ...]) -> tuple[str, list[Any], Converters]:
        """The SQL, what stands in its places, and how columns become values; no SQL where nothing can match."""
        places = [
            Slot(number) if length is None else [Slot(number, among) for among in range(length)]
            for number, length in enumerate(lengths)
        ]
        compiler = self.make(*places).query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:  # it asks for what cannot be, such as names under a letter that is none
            return "", [], []
        by_column = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        return sql, list(params), [(index, *how) for index, how in by_column.items()]


def padded(values: Sequence[Any]) -> list[Any]:
    """The list made as long as the next power of two, by repeating its last value: few lengths have to be prepared."""
    size = 1 << max(0, len(values) - 1).bit_length()
    return [*values, *[values[-1] if values else None] * (size - len(values))]


def bound(slot: Any, given: list[Any]) -> Any:
    """The value for one place, as the database takes it."""
    if not isinstance(slot, Slot):
        return slot
    value = given[slot.number]
    if isinstance(value, list):
        value = value[slot.among]
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def converted(rows: Iterable[Sequence[Any]], converters: Converters) -> Iterable[list[Any]]:
    for values in rows:
        row = list(values)
        for index, functions, expression in converters:
            value = row[index]
            for function in functions:
                value = function(value, expression, connection)
            row[index] = value
        yield row
