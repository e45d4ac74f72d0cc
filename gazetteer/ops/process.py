"""The process `gazetteer work`: a thread each for tasks, the clock, the search index and the heart; the main one waits.

The clock has a thread of its own, so that a long task (an import of a million rows) never holds up an embargo.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from types import FrameType

from django.db import close_old_connections, connection
from django.utils import timezone

from gazetteer.changes import clock
from gazetteer.ops import housekeeping
from gazetteer.ops.leases import BEAT, LEASE, Heart, enrol
from gazetteer.ops.models import Worker
from gazetteer.ops.worker import TaskThread, release
from gazetteer.search import index
from gazetteer.search.engines.base import Busy

logger = logging.getLogger(__name__)

TICK_SECONDS = 1.0
HOUSEKEEPING_SECONDS = timedelta(hours=1).total_seconds()
GRACE_SECONDS = 25.0
FOLLOW_SECONDS = 0.2
STAND_BY_SECONDS = 5.0


class ClockThread(threading.Thread):
    """Runs what is due every second, and once an hour the housekeeping."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="clock", daemon=True)
        self.stop = stop
        self.next_housekeeping = 0.0

    def run(self) -> None:
        while not self.stop.wait(TICK_SECONDS):
            close_old_connections()
            guarded(lambda: clock.run_due(timezone.now()))
            if monotonic() >= self.next_housekeeping:
                self.next_housekeeping = monotonic() + HOUSEKEEPING_SECONDS
                guarded(housekeeping.tidy)
        connection.close()


class IndexThread(threading.Thread):
    """Brings the search index up to the log's end, several times a second. One worker does it; others stand by."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="index", daemon=True)
        self.stop = stop
        self.engine = index.opened_here()
        self.follower = index.Follower(self.engine)

    def run(self) -> None:
        pause = 0.0
        while not self.stop.wait(pause):
            close_old_connections()
            pause = self.step()
        self.engine.close()
        connection.close()

    def step(self) -> float:
        """Follow once; answers how many seconds to wait before the next time."""
        try:
            self.follower.step()
        except Busy:
            return STAND_BY_SECONDS
        except Exception:
            logger.exception("The search index met trouble; it goes on from where it was.")
            self.engine.close()
            connection.close()
            return STAND_BY_SECONDS
        return FOLLOW_SECONDS


def guarded(step: Callable[[], object]) -> None:
    """Trouble in one round (the database is away) is logged; the next round tries again."""
    try:
        step()
    except Exception:
        logger.exception("The clock met trouble; it goes on.")
        connection.close()


class Process:
    """Everything of one `gazetteer work`, from enrolment to the last breath."""

    def __init__(self, parent: int | None = None, beat: float = BEAT, lease: float = LEASE) -> None:
        self.parent = parent
        self.stop = threading.Event()
        self.worker = enrol()
        self.heart = Heart(self.worker.id, beat)
        self.threads: list[threading.Thread] = [
            TaskThread(self.worker.id, self.stop, lease),
            ClockThread(self.stop),
            IndexThread(self.stop),
        ]

    def run(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.told_to_stop)
        self.heart.start()
        for thread in self.threads:
            thread.start()
        while not self.stop.wait(TICK_SECONDS) and self.parent_lives():
            if not all(thread.is_alive() for thread in self.threads):
                logger.error("A thread of the worker ended; the worker ends too, to be started anew.")
                break
        self.finish()

    def parent_lives(self) -> bool:
        """Whether the server that started us is still there; a killed server must not leave workers behind."""
        return self.parent is None or os.getppid() == self.parent

    def told_to_stop(self, number: int, frame: FrameType | None) -> None:
        if self.stop.is_set():
            raise KeyboardInterrupt
        logger.info("Told to stop; what is being done is finished first, for at most %s s.", GRACE_SECONDS)
        self.stop.set()

    def finish(self) -> None:
        """Let the threads end; what does not end in time is given back for the next worker."""
        self.stop.set()
        until = monotonic() + GRACE_SECONDS
        for thread in self.threads:
            thread.join(max(0.0, until - monotonic()))
        self.heart.stop()
        release(self.worker.id)
        Worker.objects.filter(pk=self.worker.id).delete()
        connection.close()
        if any(thread.is_alive() for thread in self.threads):
            logger.warning("Something was still being done; the next worker takes it up again.")
            os._exit(0)
