"""Which task runner: the same hard cases for huey, for django-tasks-db as it comes, and for it with our worker.

    pip install huey && python bench/task_runners.py                 # on SQLite
    DATABASE_URL=postgres://… python bench/task_runners.py           # on PostgreSQL (an empty database)

Cases: a worker killed with SIGKILL in the middle of a task; a task of a transaction that is rolled back; a task that
fails once; 500 small tasks by two workers. What is counted is what the tasks themselves wrote to a file.
Decision and figures: docs/decisions/0001-task-runner.md.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import django
from django.conf import settings

HERE = Path(__file__).resolve()
ROOT = HERE.parent.parent
RUNNERS = ("huey", "django-tasks-db", "ours")
KILLED_TASKS, SMALL_TASKS = 30, 500


def configure(folder: Path) -> None:
    sys.path[:0] = [str(ROOT), str(HERE.parent)]
    from gazetteer import environment

    settings.configure(
        SECRET_KEY="bench",  # noqa: S106 (signs nothing: the bench has no visitors)
        DATABASES={"default": environment.database(os.environ.get("DATABASE_URL", ""), folder)},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
            "django_tasks", "django_tasks_db", "gazetteer.changes", "gazetteer.ops",
        ],
        LOGGING_CONFIG=None,
    )  # fmt: skip
    django.setup()


def the_huey(folder: Path):  # type: ignore[no-untyped-def]  # huey is untyped
    from huey import PostgresHuey, SqliteHuey

    if url := os.environ.get("DATABASE_URL"):
        return PostgresHuey("bench", dsn=url)
    return SqliteHuey("bench", filename=str(folder / "huey.sqlite3"), timeout=5)


def note(folder: Path, line: str) -> None:
    with open(folder / "notes", "a", encoding="utf-8") as file:
        file.write(line + "\n")


def do(folder: str, name: str, seconds: float, fail_once: bool = False) -> None:
    """The work of every task: say that it began, take its time, say that it ended."""
    where = Path(folder)
    note(where, f"begin {name}")
    time.sleep(seconds)
    if fail_once and not (where / f"failed-{name}").exists():
        (where / f"failed-{name}").touch()
        raise ValueError("fails once")
    note(where, f"end {name}")


def enqueuer(runner: str, folder: Path):  # type: ignore[no-untyped-def]  # huey is untyped
    if runner == "huey":
        task = the_huey(folder).task(retries=3, retry_delay=1, name="do")(do)
        return lambda *args: task(str(folder), *args)
    import task_runners  # type: ignore[import-not-found]  # this file; not __main__: the worker must find the task by its name
    from django_tasks import task
    from django_tasks.base import Task

    if not isinstance(task_runners.do, Task):
        task_runners.do = task(task_runners.do)
    return lambda *args: task_runners.do.enqueue(str(folder), *args)


def work(runner: str, folder: Path) -> None:
    """One worker process, until killed."""
    if runner == "huey":
        huey = the_huey(folder)
        huey.task(retries=3, retry_delay=1, name="do")(do)
        huey.create_consumer(workers=1, periodic=False, initial_delay=0.1, max_delay=0.5).run()
        return
    enqueuer(runner, folder)
    if runner == "django-tasks-db":
        from django.core.management import call_command

        call_command("db_worker", interval=0.2, startup_delay=False, verbosity=0, reload=False)
        return
    from datetime import timedelta

    from gazetteer.ops import worker
    from gazetteer.ops.process import Process

    worker.WAITS = (timedelta(seconds=1),) * 4
    Process(beat=0.5, lease=3.0).run()


def start(runner: str, folder: Path) -> "subprocess.Popen[bytes]":
    log = open(folder / "log", "ab")  # noqa: SIM115 - the child keeps it
    return subprocess.Popen([sys.executable, str(HERE), "work", runner, str(folder)], stderr=log, stdout=log)


def ends(folder: Path) -> "Counter[str]":
    notes = (folder / "notes").read_text().splitlines() if (folder / "notes").exists() else []
    return Counter(line[4:] for line in notes if line.startswith("end "))


def wait_for(folder: Path, count: int, seconds: float) -> float:
    began = time.monotonic()
    while len(ends(folder)) < count and time.monotonic() - began < seconds:
        time.sleep(0.05)
    return time.monotonic() - began


def stop(*workers: "subprocess.Popen[bytes]") -> None:
    for each in workers:
        each.send_signal(signal.SIGTERM)
    for each in workers:
        try:
            each.wait(10)
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()


def killed(runner: str, folder: Path) -> str:
    put = enqueuer(runner, folder)
    for number in range(KILLED_TASKS):
        put(f"task{number}", 0.2)
    victim, other = start(runner, folder), start(runner, folder)
    wait_for(folder, 4, 15)
    victim.kill()
    victim.wait()
    third = start(runner, folder)
    seconds = wait_for(folder, KILLED_TASKS, 20)
    stop(other, third)
    done = ends(folder)
    lost, twice = KILLED_TASKS - len(done), sum(count > 1 for count in done.values())
    return f"{lost} lost, {twice} ended twice, {seconds:.1f} s"


def rolled_back(runner: str, folder: Path) -> str:
    from django.contrib.auth.models import Group
    from django.db import transaction

    put = enqueuer(runner, folder)
    try:
        with transaction.atomic():
            Group.objects.create(name=f"never {runner}")
            put("ghost", 0)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    with transaction.atomic():
        Group.objects.create(name=f"kept {runner} {time.time()}")
        put("real", 0)
    one = start(runner, folder)
    wait_for(folder, 1 if runner != "huey" else 2, 8)
    stop(one)
    done = ends(folder)
    ghost = "RAN" if done["ghost"] else "did not run"
    return f"task of the rolled back write {ghost}, of the kept one ran {done['real']}×"


def fails_once(runner: str, folder: Path) -> str:
    enqueuer(runner, folder)("flaky", 0, True)
    one = start(runner, folder)
    seconds = wait_for(folder, 1, 12)
    stop(one)
    return f"done after {seconds:.1f} s" if ends(folder)["flaky"] else "given up"


def small(runner: str, folder: Path) -> str:
    put = enqueuer(runner, folder)
    began = time.monotonic()
    for number in range(SMALL_TASKS):
        put(f"task{number}", 0)
    put_seconds = time.monotonic() - began
    workers = start(runner, folder), start(runner, folder)
    wait_for(folder, 1, 20)
    seconds = wait_for(folder, SMALL_TASKS, 60)
    stop(*workers)
    done = ends(folder)
    twice = sum(count > 1 for count in done.values())
    speed = f"{SMALL_TASKS / put_seconds:,.0f} put/s, {SMALL_TASKS / max(seconds, 0.001):,.0f} done/s"
    return f"{speed}, {SMALL_TASKS - len(done)} lost, {twice} twice"


CASES = {"killed in the middle": killed, "rolled back": rolled_back, "fails once": fails_once, "500 small": small}


def clean(folder: Path) -> None:
    """Begin each case with no notes and no tasks."""
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.all().delete()
    for left in (*folder.glob("notes"), *folder.glob("failed-*")):
        left.unlink()
    the_huey(folder).flush()


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="task-runners-"))
    configure(folder)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for case, run in CASES.items():
        for runner in RUNNERS:
            clean(folder)
            print(f"{case:<22} {runner:<16} {run(runner, folder)}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["work"]:
        configure(Path(sys.argv[3]))
        work(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
