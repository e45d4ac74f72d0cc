"""The store as a reader of the log: what was written is dropped, in one transaction with the place in the log.

Whoever asks may do it, in any process, at any time: two at once do the same work once, and one that is killed has done
all of it or nothing. The author of a write does it before the answer goes out; everybody else's writes are found by a
thread of each server process that looks ten times a second, which costs it two small queries.
"""

import logging
import socket
import threading
import time

from django.db import DatabaseError, InterfaceError, close_old_connections, connections

from gazetteer.changes import log
from gazetteer.edge.shared import Shared
from gazetteer.edge.store import Store
from gazetteer.edge.visits import Visits

logger = logging.getLogger(__name__)

READER = f"saved pages on {socket.gethostname()}"
SECONDS_BETWEEN_LOOKS = 0.1
SECONDS_BETWEEN_REPORTS = 5.0
REPORTS_BETWEEN_PLACES = 12
"""A minute."""


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
    try:
        shared.using(catch_up, 0)
    except (DatabaseError, InterfaceError) as error:
        logger.warning("Saved pages cannot read the log of changes now: %s", error)


class Follower(threading.Thread):
    """Looks at the log until told to stop. It never writes to the database, so that nothing can hold it up."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(name="saved-pages", daemon=True)
        self.shared = shared
        self.stopping = threading.Event()

    def run(self) -> None:
        try:
            while not self.stopping.wait(SECONDS_BETWEEN_LOOKS):
                catch_up_now(self.shared)
                close_old_connections()
        finally:
            connections.close_all()


class Reporter(threading.Thread):
    """Writes now and then what may wait: the visits, and how far the log was read, so that it can be cleared."""

    def __init__(self, shared: Shared, visits: Visits) -> None:
        super().__init__(name="visits", daemon=True)
        self.shared, self.visits = shared, visits
        self.stopping = threading.Event()
        self.reports = 0

    def run(self) -> None:
        try:
            while not self.stopping.wait(SECONDS_BETWEEN_REPORTS):
                self.report()
        finally:
            connections.close_all()

    def report(self) -> None:
        try:
            used = self.visits.write()
            if self.reports % REPORTS_BETWEEN_PLACES == 0:
                self.tell_place()
            self.reports += 1
        except (DatabaseError, InterfaceError) as error:
            logger.warning("Visits cannot be written now: %s", error)
        else:
            self.shared.using(lambda store: store.note_used(used, time.time()), None)
        finally:
            close_old_connections()

    def tell_place(self) -> None:
        if (store := self.shared.store()) and (cursor := known(store.state().cursor)):
            log.passed(READER, cursor)
