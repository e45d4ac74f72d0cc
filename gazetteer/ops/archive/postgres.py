"""PostgreSQL: a snapshot of every table by COPY in one read-only transaction; no program of its own is needed.

`pg_dump` would have to be there and at least as new as the server. The tables themselves are made by the migrations
that the backup names, then the rows are copied in, in one transaction, with our triggers away meanwhile.
"""

import hashlib
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from gazetteer.changes import triggers
from gazetteer.ops.archive.form import BLOCK, DATABASE, Manifest, Refused, Writer

MIGRATIONS = "django_migrations"


def save(writer: Writer) -> None:
    """Copy every table, all as of one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in tables():
            with writer.member(member_of(table)) as out:
                writer.manifest.tables[table] = copy_out(cursor, table, out.write)
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
        writer.manifest.sequences = {name: last for name, last in cursor.fetchall() if last is not None}


def tables() -> list[str]:
    """Every table with rows of ours; which migrations were made is kept in the manifest instead."""
    return sorted(name for name in connection.introspection.table_names() if name != MIGRATIONS)


def member_of(table: str) -> str:
    return f"{DATABASE}{table}.copy"


def copy_out(cursor: Any, table: str, write: Callable[[bytes], object]) -> int:
    """The rows of one table in the order of its key, as COPY writes them; returns how many."""
    quoted = ", ".join(map(connection.ops.quote_name, columns(cursor, table)))
    key = connection.introspection.get_primary_key_columns(cursor, table) or []
    order = f" ORDER BY {', '.join(map(connection.ops.quote_name, key))}" if key else ""
    query = f"COPY (SELECT {quoted} FROM {connection.ops.quote_name(table)}{order}) TO STDOUT"  # noqa: S608 (names quoted by the backend)
    with cursor.copy(query) as copy:
        for block in copy:
            write(bytes(block))
    return int(cursor.rowcount)


def columns(cursor: Any, table: str) -> list[str]:
    """The columns that are stored as given; those the database works out are left to it."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY column_name",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def bring_back(archive: ZipFile, manifest: Manifest) -> None:
    """Make the tables as they were, fill them, and prove them equal to the backup; all or nothing.

    Constraints are checked at once while the tables are made (PostgreSQL refuses to alter a table with checks
    outstanding) and at the end while they are filled (the rows of one table may point to those of a later one).
    """
    made = {(app, name) for app, name in manifest.migrations}
    refuse_newer(made)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.drop_all(connection)
        if old := connection.introspection.table_names():
            cursor.execute(f"DROP TABLE {', '.join(map(connection.ops.quote_name, old))} CASCADE")
        executor = MigrationExecutor(connection)
        nodes = set(executor.loader.graph.nodes) & made
        executor.migrate([node for node in nodes if is_last(node, made, executor)])
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        fill(archive, manifest)


def refuse_newer(made: set[tuple[str, str]]) -> None:
    known = MigrationLoader(connection).disk_migrations.keys()  # those squashed into one stand there too
    if newer := sorted(made - known):
        raise Refused(f"The backup is of a later release: this one does not know {newer[0][0]}.{newer[0][1]}.")


def is_last(node: tuple[str, str], made: set[tuple[str, str]], executor: MigrationExecutor) -> bool:
    """Whether nothing of the same app that was made stands upon this migration."""
    children = executor.loader.graph.node_map[node].children
    return not any(child.key[0] == node[0] and tuple(child.key) in made for child in children)


def fill(archive: ZipFile, manifest: Manifest) -> None:
    there = tables()
    if missing := sorted(manifest.tables.keys() - set(there)):
        raise Refused(f"The backup has a table that its migrations do not make: {missing[0]}.")
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, there))} CASCADE")
        for table in manifest.tables:
            copy_in(cursor, archive, table)
        for sequence, last in manifest.sequences.items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [connection.ops.quote_name(sequence), last])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in manifest.tables:
            prove(cursor, manifest, table)
        triggers.ensure(connection)


def copy_in(cursor: Any, archive: ZipFile, table: str) -> None:
    quoted = ", ".join(map(connection.ops.quote_name, columns(cursor, table)))
    query = f"COPY {connection.ops.quote_name(table)} ({quoted}) FROM STDIN"
    with archive.open(member_of(table)) as member, cursor.copy(query) as copy:
        while block := member.read(BLOCK):
            copy.write(block)


def prove(cursor: Any, manifest: Manifest, table: str) -> None:
    """Compare what stands in the table now with what was backed up, byte by byte."""
    digest = hashlib.sha256()
    copy_out(cursor, table, digest.update)
    if digest.hexdigest() != manifest.members[member_of(table)]["sha256"]:
        raise Refused(f"Table {table} does not come back as it was backed up; nothing was changed.")
