"""Background work: takes tasks from the database, does each once, and takes up what a dead worker left.

The tasks are `django_tasks`: `@task` on a function of a module, `.enqueue(...)` in the transaction of the write, so
that a task exists exactly if the write does. A task may be run again (its worker was killed, or it failed and is
tried again), so it must do no harm when run twice. Why this runner: `docs/decisions/0001-task-runner.md`.
"""

import logging
import threading
from datetime import timedelta
from time import monotonic
from traceback import format_exception
from typing import TYPE_CHECKING, Any

from django.db import close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks.signals import task_finished, task_started
from django_tasks_db.models import DBTaskResult, get_date_max

from gazetteer.ops.leases import Watch

logger = logging.getLogger(__name__)

ATTEMPTS = 5
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
IDLE_SECONDS = 1.0
SECONDS_BETWEEN_LOOKS = 15.0
SECONDS_AFTER_TROUBLE = 5.0

if TYPE_CHECKING:  # only types know that it is generic
    TaskRow = DBTaskResult[Any, Any]


def claim(worker_id: str) -> "TaskRow | None":
    """The next task that is ready, now this worker's; None if there is none, or another worker was quicker."""
    if not DBTaskResult.objects.ready().exists():  # an idle worker takes no lock
        return None
    with transaction.atomic():
        ready = DBTaskResult.objects.ready()
        if connection.features.has_select_for_update_skip_locked:
            ready = ready.select_for_update(skip_locked=True)
        row = ready.first()
        if row is None:
            return None
        mine = [*row.worker_ids, worker_id]
        started = {"status": TaskResultStatus.RUNNING, "started_at": timezone.now(), "worker_ids": mine}
        if not settle(row, TaskResultStatus.READY, **started):
            return None
    return row


def settle(row: "TaskRow", expected: str, **changes: Any) -> bool:
    """Compare and set: change the row only if it still stands as we saw it."""
    unchanged = DBTaskResult.objects.filter(pk=row.pk, status=expected, started_at=row.started_at)
    if not unchanged.update(**changes):
        return False
    for name, value in changes.items():
        setattr(row, name, value)
    return True


def perform(row: "TaskRow") -> None:
    """Run one claimed task and write down how it went."""
    try:
        result = row.task_result
        task_started.send(sender=type(row.task.get_backend()), task_result=result)
        context = (TaskContext(task_result=result),) if row.task.takes_context else ()
        value = row.task.call(*context, *result.args, **result.kwargs)
        finish(row, status=TaskResultStatus.SUCCESSFUL, return_value=value, exception_class_path="", traceback="")
    except (Exception, SystemExit) as error:  # a task that calls sys.exit ends itself, not the worker
        logger.exception("Task %s (%s) failed in attempt %s.", row.pk, row.task_path, len(row.worker_ids))
        fail(row, error)


def finish(row: "TaskRow", **changes: Any) -> None:
    if not settle(row, TaskResultStatus.RUNNING, finished_at=timezone.now(), **changes):
        logger.error("Task %s (%s) was meanwhile taken up by another worker.", row.pk, row.task_path)
        return
    try:
        task_finished.send(sender=type(row.task.get_backend()), task_result=row.task_result)
    except ImportError:  # the task's own function is what is missing; its failure is written down already
        logger.error("Task %s has no function %s any more.", row.pk, row.task_path)


def fail(row: "TaskRow", error: BaseException) -> None:
    """Set the task to be tried again, or after the last attempt give it up and alarm."""
    what = {
        "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
        "traceback": "".join(format_exception(error)),
    }
    attempts = len(row.worker_ids)
    if attempts < ATTEMPTS:
        again = timezone.now() + WAITS[attempts - 1]
        settle(row, TaskResultStatus.RUNNING, status=TaskResultStatus.READY, run_after=again, **what)
        return
    finish(row, status=TaskResultStatus.FAILED, return_value=None, **what)


def put_back(row: "TaskRow") -> bool:
    """Give a running task of a worker that is no more to the next, unless it was its last attempt."""
    if len(row.worker_ids) >= ATTEMPTS:
        fail(row, RuntimeError("its worker died during every attempt"))
        return True
    logger.warning("Task %s (%s) is taken up again: its worker died.", row.pk, row.task_path)
    return settle(row, TaskResultStatus.RUNNING, status=TaskResultStatus.READY, run_after=get_date_max())


def take_up_lost(watch: Watch) -> int:
    """Put back what dead workers were doing; returns how many."""
    count = 0
    for row in DBTaskResult.objects.running():
        if not row.worker_ids or watch.dead(row.worker_ids[-1]):
            count += put_back(row)
    return count


def release(worker_id: str) -> None:
    """Put back what this worker holds: it is told to stop now, or could not write down how a task went.

    That is no fault of the task, so it is not counted as an attempt.
    """
    for row in DBTaskResult.objects.running():
        if row.worker_ids and row.worker_ids[-1] == worker_id:
            earlier = row.worker_ids[:-1]
            settle(row, TaskResultStatus.RUNNING, status=TaskResultStatus.READY, worker_ids=earlier)


def work_off(worker_id: str, watch: Watch | None = None) -> int:
    """Do every task that is ready now, in this thread; returns how many. For commands and tests."""
    take_up_lost(watch or Watch())
    count = 0
    while (row := claim(worker_id)) is not None:
        perform(row)
        count += 1
    return count


class TaskThread(threading.Thread):
    """One thread that takes task after task until told to stop."""

    def __init__(self, worker_id: str, stop: threading.Event, lease: float, idle: float = IDLE_SECONDS) -> None:
        super().__init__(name="tasks", daemon=True)
        self.worker_id, self.stop, self.idle = worker_id, stop, idle
        self.watch = Watch(lease)
        self.next_look = 0.0

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                close_old_connections()
                busy = self.step()
            except Exception:
                logger.exception("The worker met trouble; it goes on in %s s.", SECONDS_AFTER_TROUBLE)
                connection.close()
                self.stop.wait(SECONDS_AFTER_TROUBLE)
                continue
            if not busy:
                self.stop.wait(self.idle)
        connection.close()

    def step(self) -> bool:
        """Look for what others left, then do one task; False if there was none."""
        if monotonic() >= self.next_look:
            self.next_look = monotonic() + min(SECONDS_BETWEEN_LOOKS, self.watch.lease / 2)
            release(self.worker_id)
            take_up_lost(self.watch)
        row = claim(self.worker_id)
        if row is not None:
            perform(row)
        return row is not None
