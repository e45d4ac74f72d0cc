"""Which tables pages and indexes read, which of their columns a visitor can see, and which keys a row touches.

Each app declares its tables in its `keys.py`, for packages' tables too (`wagtailimages_…`). From the declarations come
the triggers that fill the log (`changes_change`) in the transaction of whatever write, whoever writes. A trigger logs
the keys of the row as it was and as it is, and the table's own name, only if a column that visitors see really changed
in a row that they see: drafts, locks, counters and equal imports log nothing.

A key may have up to three parts, `kind:owner:text`, and a reader takes a line for more than it says (`widened`): for
the tables that log its kind, and, if the kind *widens*, for its owner, and for every beginning of its text. So one line
`branch:7:1bak` reaches the page that read all of branch 7 (`branch:7`) and the one that read in it what begins with
`1ba` (`branch:7:1ba`), and costs the writer one line.

SQLite fires once a row, and a key that is logged again takes the newest place in the log. `INSERT OR REPLACE` deletes
without firing a delete trigger there (https://www.sqlite.org/lang_conflict.html): what it inserts is logged, the keys
of what it replaced are not, so nothing of ours writes so into a watched table. PostgreSQL fires once a statement, with
the changed rows as a table; TRUNCATE, which has no rows to tell, logs `*`: everything may have changed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Model

from gazetteer.changes.triggers import Trigger, declare

LOG = "changes_change"
EVERYTHING = "*"
"""The key that touches whatever was kept."""

EVENTS = ("insert", "update", "delete")


@dataclass(frozen=True)
class Key:
    """A kind of key that a row touches: `kind:<value>`.

    `value` is SQL over the row `{row}`; where it gives NULL the table's name stands for the key, or nothing if it is
    `optional`. `postgres`: the same in PostgreSQL's words, where they differ. `columns`: an update touches it only if
    one of these changed; none: any that visitors see. `when`: SQL over OLD and NEW that an update must meet too.
    `events`: which of insert, update and delete touch it. `widens`: its owner, and every beginning of its text, are
    keys as well.
    """

    kind: str
    value: str = "{row}.id"
    postgres: str = ""
    columns: tuple[str, ...] = ()
    when: str = ""
    events: tuple[str, ...] = EVENTS
    optional: bool = False
    widens: bool = False

    def sql(self, row: str, vendor: str) -> str:
        if vendor == "postgresql":
            value = (self.postgres or self.value).replace("{row}", row)
            return f"'{self.kind}:' || ({value})::text"
        return f"'{self.kind}:' || ({self.value.replace('{row}', row)})"

    def is_sure(self, event: str) -> bool:
        """Whether the event logs something by this key, whatever changed."""
        narrowed = event == "update" and (self.columns or self.when)
        return event in self.events and not self.optional and not narrowed


@dataclass(frozen=True)
class Watched:
    """A table under watch. `visible` is SQL over `{row}`: whether a visitor can see it; empty: always."""

    table: str
    columns: tuple[str, ...]
    keys: tuple[Key, ...] = ()
    visible: str = ""
    pk: str = "id"


tables: dict[str, Watched] = {}


def watch(model: type[Model], *keys: Key, hidden: Sequence[str] = (), visible: str = "") -> None:
    """Declare a model's own table; every column but `hidden` is one that visitors see. Primary keys never change.

    Raises ValueError for a hidden column that is not there, which would otherwise hide nothing in silence.
    """
    columns = columns_but(model, hidden)
    add(Watched(model._meta.db_table, columns, keys, visible, model._meta.pk.column))


def columns_but(model: type[Model], hidden: Sequence[str]) -> tuple[str, ...]:
    """The columns of the model's own table without its primary key and these. Raises ValueError, as `watch` does."""
    own = [field.column for field in model._meta.local_concrete_fields]
    if unknown := set(hidden) - set(own):
        raise ValueError(f"{model._meta.db_table} has no column {', '.join(sorted(unknown))}.")
    return tuple(column for column in own if column not in hidden and column != model._meta.pk.column)


def add(watched: Watched) -> None:
    tables[watched.table] = watched
    kinds.clear()


kinds: dict[str, frozenset[str]] = {}
widening: set[str] = set()


def widened(keys: Iterable[str]) -> set[str]:
    """The keys of the log's lines, and all that they stand for besides."""
    found: set[str] = set()
    for key in keys:
        kind, _, rest = key.partition(":")
        found.add(key)
        found.update(tables_of(kind))
        if kind in widening:
            owner, _, text = rest.partition(":")
            found.update((kind, f"{kind}:{owner}"))
            found.update(f"{kind}:{owner}:{text[:end]}" for end in range(1, len(text)))
    return found


def tables_of(kind: str) -> frozenset[str]:
    """The tables whose triggers log keys of this kind."""
    if not kinds:
        widening.clear()
        for watched in tables.values():
            for key in watched.keys:
                kinds[key.kind] = kinds.get(key.kind, frozenset()) | {watched.table}
                widening.update({key.kind} if key.widens else ())
    return kinds.get(kind, frozenset())


@declare
def triggers() -> Iterator[Trigger]:
    for watched in tables.values():
        for event in EVENTS:
            yield log_trigger(watched, event)
        yield truncate_trigger(watched)


def log_trigger(watched: Watched, event: str) -> Trigger:
    # PostgreSQL fires in the order of names: after the triggers that derive rows, whose locks these then stand behind.
    return Trigger(
        f"zlog_{watched.table}_{event}"[:50],
        watched.table,
        sqlite=sqlite_trigger(watched, event),
        postgres=f"AFTER {event.upper()} ON {watched.table} REFERENCING {changed_rows(event)} FOR EACH STATEMENT",
        postgres_body=f"BEGIN {postgres_insert(watched, event)} RETURN NULL; END",
    )


def rows_of(event: str) -> tuple[str, ...]:
    """The rows that the event has, by the databases' own names."""
    return {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[event]


def sqlite_trigger(watched: Watched, event: str) -> str:
    conditions = [each for each in (seen(watched, rows_of(event)), differs(watched.columns, event)) if each]
    when = f"WHEN {' AND '.join(f'({each})' for each in conditions)}" if conditions else ""
    # Not INSERT OR REPLACE: a conflict clause of the statement that fires (OR IGNORE, an upsert) would count here too
    # (https://www.sqlite.org/lang_createtrigger.html), and the key would keep its old place.
    lines = "".join(
        f" DELETE FROM {LOG} WHERE key = {sql};"
        f" INSERT INTO {LOG} (key) SELECT {sql}{f' WHERE {sql} IS NOT NULL' if may_be_null else ''};"
        for sql, may_be_null in logged(watched, event, "sqlite")
    )
    return f"AFTER {event.upper()} ON {watched.table} FOR EACH ROW {when} BEGIN{lines} END"


def logged(watched: Watched, event: str, vendor: str) -> Iterator[tuple[str, bool]]:
    """What the event logs, each as SQL, and whether that may be NULL: the keys, or the table if there may be none."""
    if not any(key.is_sure(event) for key in watched.keys):
        yield f"'{watched.table}'", False
    for row, key in touched(watched, event):
        sql = key.sql(row, vendor)
        narrowed = when_changed(key, event, sql if key.optional else f"coalesce({sql}, '{watched.table}')")
        yield narrowed, key.optional or (event == "update" and bool(key.columns or key.when))


def postgres_insert(watched: Watched, event: str) -> str:
    """Rows of a statement by the names that `rows_of` gives them, an updated row's two sides joined by primary key."""
    pk = watched.pk
    source = {
        "insert": "new_rows NEW",
        "update": f"old_rows OLD FULL JOIN new_rows NEW ON OLD.{pk} = NEW.{pk}",
        "delete": "old_rows OLD",
    }[event]
    conditions = [each for each in (seen(watched, rows_of(event)), differs(watched.columns, event)) if each]
    where = f"WHERE {' AND '.join(f'({each})' for each in conditions)}" if conditions else ""
    names = [f"({sql})" for sql, _may_be_null in logged(watched, event, "postgresql")]
    text = (
        f"INSERT INTO {LOG} (key, position)"
        f" SELECT DISTINCT found.k, pg_current_xact_id()::text::bigint FROM {source},"
        f" LATERAL (VALUES {', '.join(names)}) AS found(k) {where} {'AND' if where else 'WHERE'} found.k IS NOT NULL;"
    )
    # OLD and NEW are words of PL/pgSQL; in a statement's trigger they are NULL, so the joined rows have other names.
    return re.sub(r"\bOLD\b", "was", re.sub(r"\bNEW\b", "now_is", text))


def changed_rows(event: str) -> str:
    return " ".join(f"{row} TABLE AS {row.lower()}_rows" for row in rows_of(event))


def touched(watched: Watched, event: str) -> Iterator[tuple[str, Key]]:
    for key in watched.keys:
        if event in key.events:
            # A row's own key is the same before and after.
            rows = ("NEW",) if event == "update" and key.value.startswith(f"{{row}}.{watched.pk}") else rows_of(event)
            for row in rows:
                yield row, key


def seen(watched: Watched, rows: Iterable[str]) -> str:
    """Whether a visitor sees the row, before or after."""
    return " OR ".join(watched.visible.replace("{row}", row) for row in rows) if watched.visible else ""


def differs(columns: Iterable[str], event: str) -> str:
    # `IS DISTINCT FROM` is PostgreSQL's and, since 3.39, SQLite's (https://www.sqlite.org/lang_expr.html#isdistinct).
    return " OR ".join(f'OLD."{each}" IS DISTINCT FROM NEW."{each}"' for each in columns) if event == "update" else ""


def when_changed(key: Key, event: str, sql: str) -> str:
    """NULL where an update left the key's own columns as they were, or does not meet its condition."""
    conditions = [each for each in (differs(key.columns, event), key.when) if each]
    if event != "update" or not conditions:
        return sql
    return f"CASE WHEN {' AND '.join(f'({each})' for each in conditions)} THEN {sql} END"


def truncate_trigger(watched: Watched) -> Trigger:
    return Trigger(
        f"zlog_{watched.table}_truncate"[:50],
        watched.table,
        postgres=f"AFTER TRUNCATE ON {watched.table} FOR EACH STATEMENT",
        postgres_body=f"""BEGIN INSERT INTO {LOG} (key, position)
            VALUES ('{EVERYTHING}', pg_current_xact_id()::text::bigint); RETURN NULL; END""",
    )
