"""Reading the log of changes: at least once, in the order of commits, from a cursor that each reader keeps itself.

On SQLite one transaction writes at a time, so ids are in the order of commits and a cursor is an id. On PostgreSQL
they are not: a transaction that took its number early may commit late. So a line carries its transaction's number,
visible lines are read at once, and the cursor stays at the oldest transaction open at that look (`pg_snapshot_xmin`,
https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT); lines behind it that were read
already are remembered by id, and so are not given twice.

A reader that meets another epoch, or is behind what was cleared away, or behind by more than `MOST`, has lost its
place: `Batch.lost`, and it makes all that it keeps anew.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import now

from gazetteer.changes import watching
from gazetteer.changes.models import Change, Epoch, Reader

MOST = 200_000
"""Lines at one look. Whoever is further behind has less work in making everything anew."""

FORGOTTEN_AFTER = timedelta(days=2)
"""A reader not seen for so long holds nothing back; when it returns it has lost its place."""


@dataclass(frozen=True)
class Cursor:
    """How far a reader has come, in which life of the log."""

    epoch: str
    position: int = 0
    given: frozenset[int] = frozenset()
    """PostgreSQL: ids of lines at or behind `position` that were read already."""

    def dump(self) -> bytes:
        return json.dumps([self.epoch, self.position, sorted(self.given)]).encode()

    @classmethod
    def load(cls, data: bytes) -> "Cursor":
        """Raises ValueError for what `dump` did not make."""
        epoch, position, given = json.loads(data)
        return cls(str(epoch), int(position), frozenset(given))


@dataclass(frozen=True)
class Batch:
    """The keys logged since a cursor, and the cursor after them; `lost`: the reader must begin anew at that cursor.

    `keys` holds all that the lines stand for (`watching.widened`): tables, and what a key that widens is part of.
    """

    cursor: Cursor
    keys: set[str] = field(default_factory=set)
    lost: bool = False


def epoch() -> Epoch:
    return Epoch.objects.order_by("pk").first() or begin_epoch()


def begin_epoch() -> Epoch:
    """What was kept before belongs to another life of the database: after a restore, a migration, a new release."""
    with transaction.atomic():
        cleared = Epoch.objects.order_by("-cleared").values_list("cleared", flat=True).first() or 0
        Epoch.objects.all().delete()
        return Epoch.objects.create(name=secrets.token_hex(8), cleared=cleared)


def end() -> Cursor:
    """Where the log ends now: all that is committed later, and nothing that was visible before, is read from here."""
    now_is = epoch()
    if connection.vendor == "sqlite":
        last = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
        return Cursor(now_is.name, max(last or 0, now_is.cleared))
    lines, oldest = postgres_lines(oldest_open())
    return Cursor(now_is.name, oldest, frozenset(pk for pk, _key, position in lines if position >= oldest))


def read(cursor: Cursor) -> Batch:
    """What was logged since; at once all of it, or `lost`."""
    now_is = epoch()
    if now_is.name != cursor.epoch or cursor.position < now_is.cleared:
        return Batch(end(), lost=True)
    batch = read_sqlite(cursor) if connection.vendor == "sqlite" else read_postgres(cursor)
    return batch if batch is not None else Batch(end(), lost=True)


def read_sqlite(cursor: Cursor) -> Batch | None:
    lines = list(Change.objects.filter(pk__gt=cursor.position).order_by("pk").values_list("pk", "key")[: MOST + 1])
    if len(lines) > MOST:
        return None
    position = lines[-1][0] if lines else cursor.position
    return Batch(Cursor(cursor.epoch, position), watching.widened(key for _pk, key in lines))


def read_postgres(cursor: Cursor) -> Batch | None:
    lines, oldest = postgres_lines(cursor.position)
    if len(lines) > MOST:
        return None
    # A cursor never goes back: on a quiet server the oldest open transaction is the next one to come.
    position = max(oldest, cursor.position)
    given = frozenset(pk for pk, _key, at in lines if at >= position)
    fresh = (key for pk, key, _at in lines if pk not in cursor.given)
    return Batch(Cursor(cursor.epoch, position, given), watching.widened(fresh))


def postgres_lines(position: int) -> tuple[list[tuple[int, str, int]], int]:
    """(id, key, transaction) of the visible lines from a transaction on, and the oldest open one, in one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seen.oldest, line.id, line.key, line.position"
            " FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest) seen"
            f" LEFT JOIN (SELECT id, key, position FROM changes_change WHERE position >= %s LIMIT {MOST + 1}) line"
            " ON true",
            [position],
        )
        found: list[Any] = cursor.fetchall()
    return [(pk, key, at) for _oldest, pk, key, at in found if pk is not None], found[0][0]


def oldest_open() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def write(keys: Iterable[str]) -> None:
    """Log keys by hand, in the transaction that is open: for readers whose output pages show, after they commit."""
    values = [[key] for key in sorted(set(keys))]
    if connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO changes_change (key) VALUES (%s)"
    else:
        sql = "INSERT INTO changes_change (key, position) VALUES (%s, pg_current_xact_id()::text::bigint)"
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)


def passed(name: str, cursor: Cursor) -> None:
    """A reader tells how far it has come, so that nothing before that need be kept for it."""
    Reader.objects.update_or_create(name=name, defaults={"position": cursor.position, "seen_at": now()})


def clear(most: int = 50_000) -> int:
    """Clear away lines that every reader has passed; answers how many. Nothing is cleared while nobody reads."""
    readers = Reader.objects.filter(seen_at__gt=now() - FORGOTTEN_AFTER)
    behind = readers.order_by("position").values_list("position", flat=True).first()
    if behind is None:
        return 0
    column = "pk" if connection.vendor == "sqlite" else "position"
    until = behind if connection.vendor == "sqlite" else behind - 1
    lines = Change.objects.filter(**{f"{column}__lte": until}).order_by(column).values_list("pk", column)[:most]
    found = list(lines)
    if not found:
        return 0
    # A cursor on SQLite is the last line read, on PostgreSQL the first transaction that may not have been.
    mark = found[-1][1] if connection.vendor == "sqlite" else found[-1][1] + 1
    with transaction.atomic():
        # First the mark, so that a reader that has forgotten its place finds it in the transaction that clears.
        Epoch.objects.filter(cleared__lt=mark).update(cleared=mark)
        Change.objects.filter(pk__in=[pk for pk, _position in found]).delete()
    return len(found)
