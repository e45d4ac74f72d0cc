"""The process `gazetteer serve`: Granian in front (WSGI), one worker for background work beside it.

Granian respawns a server process that dies; the worker, a process group of its own, is respawned here. SIGTERM or
Ctrl-C ends both after what is being done, and a killed server takes its children with it.
"""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

logger = logging.getLogger(__name__)

RESPAWN_WAITS = (0.5, 1, 2, 5, 15, 60)
SECONDS_OF_A_GOOD_RUN = 60
SERVER_GRACE = 15
WORKER_GRACE = 30
DIE_WITH_PARENT = 1  # Linux: PR_SET_PDEATHSIG


@dataclass(frozen=True)
class Plan:
    """How to serve: where, with how many processes and threads each, and whether with background work."""

    host: str
    port: int
    workers: int
    threads: int
    with_work: bool
    access_log: bool


def address_is_free(host: str, port: int) -> bool:
    """Whether nobody listens there. Asked before, because two servers could otherwise share a port unnoticed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


class WorkerKeeper(threading.Thread):
    """Keeps one `gazetteer work` running until told to end."""

    def __init__(self) -> None:
        super().__init__(name="worker-keeper", daemon=True)
        self.ending = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        failures = 0
        while not self.ending.is_set():
            began = time.monotonic()
            self.child = self.spawn()
            status = self.child.wait()
            if self.ending.is_set():
                return
            failures = 0 if time.monotonic() - began > SECONDS_OF_A_GOOD_RUN else failures + 1
            wait = RESPAWN_WAITS[min(failures, len(RESPAWN_WAITS) - 1)]
            logger.error("Background work ended (%s); it is started again in %s s.", told(status), wait)
            self.ending.wait(wait)

    def spawn(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "gazetteer.cli", "work", "--parent", str(os.getpid())]
        return subprocess.Popen(command, start_new_session=True)  # noqa: S603 (our own command; Ctrl-C is ours to pass on)

    def end(self) -> None:
        """Ask the worker to finish; after its grace it is killed, and what it did is taken up at the next start."""
        self.ending.set()
        if self.child is None or self.child.poll() is not None:
            return
        self.child.terminate()
        try:
            self.child.wait(WORKER_GRACE)
        except subprocess.TimeoutExpired:
            self.child.kill()


def told(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def serve(plan: Plan, ready: Callable[[], None]) -> None:
    """Serve until told to stop; `ready` is called once the port is ours."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()  # the server's processes are forked: each must open its own
    server = Granian(
        "gazetteer.wsgi:application",
        address=plan.host,
        port=plan.port,
        interface=Interfaces.WSGI,
        workers=plan.workers,
        blocking_threads=plan.threads,
        log_level=LogLevels.warning,
        log_access=plan.access_log,
        respawn_failed_workers=True,
        workers_kill_timeout=SERVER_GRACE,
        websockets=False,
    )
    keeper = WorkerKeeper() if plan.with_work else None
    server.on_startup(ready)
    parent = os.getpid()
    os.register_at_fork(after_in_child=lambda: die_with(parent))
    if keeper:
        keeper.start()
    try:
        server.serve()
    finally:
        if keeper:
            keeper.end()


def die_with(parent: int) -> None:
    """End this process when its parent is killed (Linux; elsewhere the next start finds the port taken and says so)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)
