"""The store as a reader of the log: what was written is dropped, in one transaction with the place in the log.

Whoever asks may do it, in any process, at any time: two at once do the same work once, and one that is killed has done
all of it or nothing. The author of a write does it before the answer goes out; everybody else's writes are found by a
thread of each server process that looks ten times a second, which costs it two small queries.
"""

import logging
import socket
import threading
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from gazetteer.changes import log
from gazetteer.edge.shared import Shared
from gazetteer.edge.store import Store

logger = logging.getLogger(__name__)

READER = f"saved pages on {socket.gethostname()}"
SECONDS_BETWEEN_LOOKS = 0.1
LOOKS_BETWEEN_REPORTS = 600
"""A minute: how often the log is told how far we are, so that it can be cleared."""


def catch_up(store: Store) -> int:
    """Drop what was written since the last time; answers how many pages. Raises lmdb.Error and DatabaseError."""
    cursor = known(store.state().cursor)
    if cursor is not None:
        batch = log.read(cursor)
        if not batch.lost and batch.cursor == cursor:
            return 0
    with store.writing() as txn:
        before = known(store.state_in(txn).cursor)  # another process may have been quicker
        batch = log.read(before) if before is not None else log.Batch(log.end(), lost=True)
        dropped = store.drop(txn, ["*"] if batch.lost else batch.keys) if batch.lost or batch.keys else 0
        store.move(txn, batch.cursor.dump())
        return dropped


def known(cursor: bytes) -> log.Cursor | None:
    return log.Cursor.load(cursor) if cursor else None


def catch_up_now(shared: Shared) -> None:
    """`catch_up`, where a store that fails begins anew. What the database cannot tell now, the next look will."""
    shared.follow_replacement()
    shared.using(catch_up, 0)


class Follower(threading.Thread):
    """Looks at the log until told to stop; `each_look` is done with it (counts of visits are written there)."""

    def __init__(self, shared: Shared, each_look: Callable[[], None] = lambda: None) -> None:
        super().__init__(name="saved-pages", daemon=True)
        self.shared, self.each_look = shared, each_look
        self.stopping = threading.Event()
        self.looks = 0

    def run(self) -> None:
        try:
            while not self.stopping.wait(SECONDS_BETWEEN_LOOKS):
                self.look()
        finally:
            connections.close_all()

    def look(self) -> None:
        try:
            catch_up_now(self.shared)
            self.each_look()
            self.looks += 1
            if self.looks % LOOKS_BETWEEN_REPORTS == 1:
                self.report()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Saved pages cannot read the log of changes now: %s", error)
            self.stopping.wait(1)
        finally:
            close_old_connections()

    def report(self) -> None:
        if (store := self.shared.store()) and (cursor := known(store.state().cursor)):
            log.passed(READER, cursor)
