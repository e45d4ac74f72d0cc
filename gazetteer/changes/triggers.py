"""Database triggers, declared beside the models, dropped before and made anew after every `migrate`.

SQLite loses or breaks the triggers of a table that a migration remakes (https://www.sqlite.org/lang_altertable.html,
"Making Other Kinds Of Table Schema Changes"), and copying its rows would fire them. So they stand only between
migrations. A trigger's name in the database ends in a digest of its definition: comparing names is comparing
definitions, and a trigger of an older release is known by its name.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "gz_"


@dataclass(frozen=True)
class Trigger:
    """One trigger on one table.

    `sqlite` is the text after `CREATE TRIGGER name`; `postgres` the text after it up to `EXECUTE FUNCTION`, and
    `postgres_body` the body of its PL/pgSQL function, from DECLARE or BEGIN on. Empty: not needed on that database.
    """

    name: str
    table: str
    sqlite: str = ""
    postgres: str = ""
    postgres_body: str = ""

    def full_name(self, vendor: str) -> str:
        text = self.sqlite if vendor == "sqlite" else self.postgres + self.postgres_body
        return f"{PREFIX}{self.name}_{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    def statements(self, vendor: str) -> Iterator[str]:
        """The statements that make it on this database; none where it is not needed."""
        name = self.full_name(vendor)
        if vendor == "sqlite" and self.sqlite:
            yield f"CREATE TRIGGER {name} {self.sqlite}"
        if vendor == "postgresql" and self.postgres:
            yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $gz${self.postgres_body}$gz$"
            yield f"CREATE TRIGGER {name} {self.postgres} EXECUTE FUNCTION {name}()"


Source = Callable[[], Iterable[Trigger]]
sources: list[Source] = []


def declare(source: Source) -> Source:
    """Register a function that yields triggers; called in an app's `ready()` by importing its module."""
    if source not in sources:
        sources.append(source)
    return source


def declared() -> list[Trigger]:
    return [trigger for source in sources for trigger in source()]


def existing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Names of our triggers in the database, each with its table."""
    if connection.vendor == "sqlite":
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    else:
        sql = (
            "SELECT DISTINCT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND n.nspname = current_schema() AND t.tgname LIKE %s"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [PREFIX.replace("_", r"\_") + "%" if connection.vendor != "sqlite" else PREFIX + "%"])
        return dict(cursor.fetchall())


def wanted(connection: BaseDatabaseWrapper) -> dict[str, Trigger]:
    """The declared triggers of the tables that exist, by full name."""
    tables = set(connection.introspection.table_names())
    return {
        trigger.full_name(connection.vendor): trigger
        for trigger in declared()
        if trigger.table in tables and any(trigger.statements(connection.vendor))
    }


def drop_all(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name, table in existing(connection).items():
            drop(cursor, connection.vendor, name, table)


def drop(cursor: Any, vendor: str, name: str, table: str) -> None:
    if vendor == "sqlite":
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    else:
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
        cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"()')


def ensure(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing, drop what is no longer declared; changes nothing where all is in place."""
    if connection.vendor not in {"sqlite", "postgresql"}:
        raise NotImplementedError(f"Gazetteer runs on SQLite and PostgreSQL, not on {connection.vendor}.")
    there, needed = existing(connection), wanted(connection)
    if there.keys() == needed.keys():
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in there.keys() - needed.keys():
            drop(cursor, connection.vendor, name, there[name])
        for name in sorted(needed.keys() - there.keys()):
            for statement in needed[name].statements(connection.vendor):
                cursor.execute(statement)


def differences(connection: BaseDatabaseWrapper) -> list[str]:
    """What the database has other than what is declared, as sentences; for `gazetteer check`."""
    there, needed = existing(connection), wanted(connection)
    missing = [f"Trigger {name} is missing on {needed[name].table}." for name in sorted(needed.keys() - there.keys())]
    unknown = [f"Trigger {name} on {there[name]} is not declared." for name in sorted(there.keys() - needed.keys())]
    return missing + unknown


def before_migrate(using: str, **kwargs: Any) -> None:
    drop_all(connections[using])


def after_migrate(using: str, **kwargs: Any) -> None:
    ensure(connections[using])


def after_all_migrations(using: str, **kwargs: Any) -> None:
    """Whatever was kept before a migration belongs to another life of the log."""
    from gazetteer.changes.log import begin_epoch
    from gazetteer.changes.models import Epoch

    if Epoch._meta.db_table in connections[using].introspection.table_names():
        begin_epoch()
