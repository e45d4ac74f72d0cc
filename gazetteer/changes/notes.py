"""What a page read: the keys that stand for it, noted while it is rendered.

Every SELECT of a recorded rendering notes all tables that it names, so that forgetting costs a needless drop and never
a stale page. `reading("listing:5")` says that the rows read inside, of the tables that log keys of that kind, are those
the key stands for; then the key is noted in place of those tables, and any other table in the query still whole.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import connections

from gazetteer.changes import watching

WORD = re.compile(r"[a-z][a-z0-9_]+")
STATEMENT = re.compile(r"[\s(]*(?:--[^\n]*\n[\s(]*)*(\w+)")
"""Its first word; behind brackets where PostgreSQL is asked for a union."""
READS = frozenset({"SELECT", "WITH", "EXPLAIN", "PRAGMA", "SHOW", "VALUES"})
NO_DATA = frozenset({"SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "SET"})
UNSEEN = {"changes_change", "changes_epoch", "changes_reader"}
"""Tables that drop no page: the log's own, which no page shows. Others may add theirs if a page that reads them says
itself how long it is fresh."""


@dataclass(frozen=True)
class Part:
    """A block that many pages share: its own address, and which stands there for a page that it would repeat.

    `unless`: an id; if the part at `address` says that it shows it, the part at `instead` is put in.
    """

    address: str
    unless: str = ""
    instead: str = ""


@dataclass
class Notes:
    """What one rendering noted.

    `fresh_until`: unix seconds, the soonest; `unkept`: why the page may not be kept; `shows`: ids of what a part shows.
    """

    keys: set[str] = field(default_factory=set)
    fresh_until: float | None = None
    unkept: str = ""
    wrote: bool = False
    parts: list[Part] = field(default_factory=list)
    shows: set[str] = field(default_factory=set)
    declared: list[frozenset[str]] = field(default_factory=list)

    def query(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Django's wrapper around every statement of the rendering."""
        if current.get() is self:
            self.statement(sql)
        return execute(sql, params, many, context)

    def statement(self, sql: str) -> None:
        word = first_word(sql)
        if word in NO_DATA:
            return
        if word not in READS:
            self.wrote = True
            self.unkept = self.unkept or f"it wrote ({word})"
            return
        for table in tables_in(sql):
            self.table(table)

    def table(self, table: str) -> None:
        if any(table in tables for tables in self.declared) or table in UNSEEN:
            return
        if table not in watching.tables:
            self.unkept = self.unkept or f"it reads {table}, which nobody watches"
        self.keys.add(table)


current: ContextVar[Notes | None] = ContextVar("notes", default=None)
shown: ContextVar[set[str] | None] = ContextVar("shown", default=None)


@contextmanager
def recording() -> Iterator[Notes]:
    """Note what is read inside, in this thread. One recording inside another notes for itself alone."""
    noted = Notes()
    token = current.set(noted)
    try:
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(noted.query))
            yield noted
    finally:
        current.reset(token)


@contextmanager
def reading(*keys: str, besides: tuple[str, ...] = ()) -> Iterator[None]:
    """Rows read inside, of the tables that these keys' kinds stand for, are those of the keys. Nothing else changes.

    `besides`: tables of which the caller notes each row that it got by its own key (`note`), and which rows there are
    follows from the keys.
    """
    noted = current.get()
    if noted is None:
        yield
        return
    noted.keys.update(keys)
    noted.declared.append(frozenset(besides).union(*(watching.tables_of(kind(key)) for key in keys)))
    try:
        yield
    finally:
        noted.declared.pop()


@contextmanager
def afresh() -> Iterator[None]:
    """Inside, nothing that was declared around it holds: for what others put into the page."""
    noted = current.get()
    if noted is None:
        yield
        return
    declared, noted.declared = noted.declared, []
    try:
        yield
    finally:
        noted.declared = declared


def kind(key: str) -> str:
    return key.partition(":")[0]


def note(*keys: str) -> None:
    """The page depends on these, whatever it reads."""
    if (noted := current.get()) is not None:
        noted.keys.update(keys)


def fresh_until(moment: datetime | None) -> None:
    """From this moment on the page would be another; of several moments the soonest counts."""
    if (noted := current.get()) is not None and moment is not None:
        seconds = moment.timestamp()
        noted.fresh_until = seconds if noted.fresh_until is None else min(noted.fresh_until, seconds)


def do_not_keep(why: str) -> None:
    if (noted := current.get()) is not None:
        noted.unkept = noted.unkept or why


def part(one: Part) -> str | None:
    """The token that stands for a shared block on the recorded page; None outside a recording: render it here."""
    noted = current.get()
    if noted is None:
        return None
    noted.parts.append(one)
    return f"\0{len(noted.parts) - 1}\0"


def shows(*ids: str) -> None:
    """The part that is being rendered shows these (`article:5`), which a page around it may show already."""
    for found in (shown.get(), noted.shows if (noted := current.get()) is not None else None):
        if found is not None:
            found.update(ids)


@contextmanager
def showing() -> Iterator[set[str]]:
    """Gather what is shown inside, where a part is rendered in its place."""
    gathered: set[str] = set()
    token = shown.set(gathered)
    try:
        yield gathered
    finally:
        shown.reset(token)


@lru_cache(maxsize=4096)
def first_word(sql: str) -> str:
    found = STATEMENT.match(sql)
    return found[1].upper() if found else ""


@lru_cache(maxsize=4096)
def tables_in(sql: str) -> frozenset[str]:
    """Every known table whose name stands anywhere in the statement: rather one too many than one too few."""
    return frozenset(WORD.findall(sql.lower())) & known_tables()


@lru_cache(maxsize=1)
def known_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))
