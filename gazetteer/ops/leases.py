"""Which workers are alive: a lease that every worker renews, and that needs no two clocks to agree.

A worker counts its beats in the database. Another takes it for dead when the count has stood still for `LEASE`
seconds of the observer's own monotonic clock (a jump of the wall clock, or two computers that disagree, change
nothing), or at once when it was a process of this very system that no longer exists.
"""

import logging
import os
import socket
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection
from django.db.models import F
from django.utils import timezone

from gazetteer.ops.models import Worker

logger = logging.getLogger(__name__)

BEAT = 10.0
LEASE = 60.0


def process_mark(pid: int) -> str:
    """What tells process `pid` from every other, now and later, on this system; empty where the system cannot say.

    Boot, process namespace (containers), number and start time: a number alone is given out again.
    """
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        namespace = os.readlink("/proc/self/ns/pid")
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:
        return ""
    return f"{boot} {namespace} {pid} {after_name.split()[19]}"


def is_gone(mark: str) -> bool:
    """Whether `mark` is of this boot and namespace, and its process no longer exists. False if it cannot be told."""
    parts = mark.split()
    if len(parts) != 4 or parts[:2] != process_mark(os.getpid()).split()[:2]:
        return False
    return process_mark(int(parts[2])) != mark


def enrol() -> Worker:
    """A row for this process."""
    mark = process_mark(os.getpid())
    return Worker.objects.create(id=uuid.uuid4().hex, host=socket.gethostname(), process=mark, seen_at=timezone.now())


def beat(worker_id: str) -> None:
    Worker.objects.filter(pk=worker_id).update(beats=F("beats") + 1, seen_at=timezone.now())


class Heart(threading.Thread):
    """Renews the lease of one worker until told to stop; a database that is away for a while does not stop it."""

    def __init__(self, worker_id: str, every: float = BEAT) -> None:
        super().__init__(name="heart", daemon=True)
        self.worker_id, self.every = worker_id, every
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(self.every):
            try:
                beat(self.worker_id)
            except Exception:
                logger.exception("The worker could not renew its lease; it tries again in %s s.", self.every)
                connection.close()
        connection.close()

    def stop(self) -> None:
        self.stopped.set()


@dataclass
class Watch:
    """What one observer has seen of the others' beats."""

    lease: float = LEASE
    seen: dict[str, tuple[int, float]] = field(default_factory=dict)

    def dead(self, worker_id: str, now: float | None = None) -> bool:
        """Whether this worker is dead, as far as can be told now; `now` is monotonic."""
        worker = Worker.objects.filter(pk=worker_id).first()
        if worker is None or is_gone(worker.process):
            return True
        now = time.monotonic() if now is None else now
        beats, since = self.seen.get(worker_id, (-1, now))
        if beats != worker.beats:
            self.seen[worker_id] = (worker.beats, now)
            return False
        return now - since >= self.lease
