"""A task is done once, is tried again when it fails, and is taken up when its worker dies."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from gazetteer.accounts.models import User
from gazetteer.changes import clock
from gazetteer.changes.models import Moment
from gazetteer.ops import housekeeping, leases, worker
from gazetteer.ops.models import Worker
from gazetteer.ops.tests import chores
from gazetteer.ops.worker import ATTEMPTS, claim, perform, put_back, release, take_up_lost, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_trouble_left() -> Iterator[None]:
    chores.trouble.clear()
    yield
    chores.trouble.clear()


def row() -> "DBTaskResult[Any, Any]":
    """The one task there is, besides mails about it."""
    return DBTaskResult.objects.exclude(task_path__endswith="mail_alarm").get()


def traces() -> list[str]:
    return sorted(Group.objects.filter(name__startswith="trace").values_list("name", flat=True))


def let_it_be_tried_again() -> None:
    DBTaskResult.objects.update(run_after=get_date_max())


def a_process_of_another_computer(name: str) -> Worker:
    return Worker.objects.create(id=name, host="elsewhere", process="", seen_at=timezone.now())


def test_a_task_is_done_once_and_its_answer_kept() -> None:
    result = chores.note.enqueue("trace")
    assert work_off("alice") == 1
    assert work_off("bob") == 0
    assert traces() == ["trace 1"]
    result.refresh()
    assert (result.status, result.return_value) == ("SUCCESSFUL", "trace")


@pytest.mark.django_db(transaction=True)
def test_a_task_of_a_write_that_is_undone_never_was() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        chores.note.enqueue("trace")
        raise ZeroDivisionError
    assert work_off("alice") == 0


@pytest.mark.parametrize("trouble", [ValueError("no headline"), SystemExit(3)])
def test_a_task_that_fails_is_tried_again_later(trouble: Exception | SystemExit) -> None:
    chores.trouble.append(trouble)
    result = chores.troubled.enqueue()
    assert work_off("alice") == 1
    assert row().status == "READY"
    assert timedelta(seconds=30) < row().run_after - timezone.now() < timedelta(minutes=2)
    let_it_be_tried_again()
    work_off("alice")
    result.refresh()
    assert result.return_value == 2


def test_a_task_that_always_fails_is_given_up_and_mailed_to_those_in_charge() -> None:
    User.objects.create_superuser("chief", "chief@example.org", "x")
    chores.trouble.extend([ValueError("no headline")] * 9)
    chores.troubled.enqueue()
    for _attempt in range(ATTEMPTS):
        let_it_be_tried_again()
        work_off("alice")
    assert DBTaskResult.objects.get(task_path__contains="troubled").status == "FAILED"
    work_off("alice")
    assert [message.to for message in mail.outbox] == [["chief@example.org"]]
    assert "no headline" in mail.outbox[0].body


def test_a_moment_that_fails_is_mailed_to_those_in_charge() -> None:
    User.objects.create_superuser("chief", "chief@example.org", "x")
    clock.set_moment("unheard of", Group.objects.create(name="trace"), timezone.now())
    clock.run_due()
    work_off("alice")
    assert "unheard of" in mail.outbox[0].subject
    assert Moment.objects.get().failures == 1


def test_a_task_whose_function_is_gone_is_given_up_in_the_end() -> None:
    chores.note.enqueue("trace")
    DBTaskResult.objects.update(task_path="gazetteer.ops.tests.chores.long_gone")
    for _attempt in range(ATTEMPTS):
        let_it_be_tried_again()
        work_off("alice")
    assert row().status == "FAILED"


def test_what_a_dead_worker_was_doing_is_taken_up_by_the_next() -> None:
    dead = a_process_of_another_computer("dead")
    chores.note.enqueue("trace")
    assert claim("dead") is not None
    watch = leases.Watch(lease=60)
    assert not watch.dead("dead", now=0)
    assert watch.dead("dead", now=61)
    leases.beat(dead.pk)
    assert not watch.dead("dead", now=62)  # it was only slow
    assert watch.dead("dead", now=123)
    dead.delete()
    assert take_up_lost(watch) == 1
    assert work_off("bob") == 1
    assert traces() == ["trace 1"]
    assert row().worker_ids == ["dead", "bob"]


def test_a_worker_that_lives_keeps_its_task() -> None:
    a_process_of_another_computer("alice")
    chores.note.enqueue("trace")
    claim("alice")
    assert take_up_lost(leases.Watch()) == 0
    assert row().status == "RUNNING"


def test_a_killed_process_of_this_computer_is_known_at_once() -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    mark = leases.process_mark(sleeper.pid)
    Worker.objects.create(id="sleeper", host="here", process=mark, seen_at=timezone.now())
    assert not leases.Watch().dead("sleeper")
    sleeper.kill()
    sleeper.wait()
    assert sleeper.stdin is not None
    sleeper.stdin.close()
    assert leases.Watch().dead("sleeper") is (mark != "")


def test_another_boot_or_container_is_never_judged_by_a_process_number() -> None:
    mine = leases.process_mark(os.getpid()).split()
    assert not leases.is_gone(" ".join(["another-boot", *mine[1:2], "1", "1"]))
    assert not leases.is_gone("")


def test_a_worker_that_only_slept_cannot_finish_what_another_took_up() -> None:
    result = chores.note.enqueue("trace")
    asleep = claim("asleep")
    assert asleep is not None
    put_back(row())
    taken = claim("bob")
    assert taken is not None
    worker.finish(asleep, status="SUCCESSFUL", return_value="from the sleeper")
    perform(taken)
    result.refresh()
    assert (result.return_value, result.worker_ids) == ("trace", ["asleep", "bob"])


def test_a_worker_told_to_stop_gives_its_task_back_without_counting_an_attempt() -> None:
    chores.note.enqueue("trace")
    claim("alice")
    release("alice")
    assert (row().status, row().worker_ids) == ("READY", [])


def test_a_task_that_kills_every_worker_is_given_up() -> None:
    chores.note.enqueue("trace")
    for number in range(ATTEMPTS):
        claim(f"victim {number}")
        take_up_lost(leases.Watch())
    assert row().status == "FAILED"
    assert "died" in row().traceback


@pytest.mark.django_db(transaction=True)
def test_three_workers_at_once_do_each_task_once() -> None:
    for number in range(30):
        chores.note.enqueue(f"trace{number:02}")
    for name in ("a", "b", "c"):
        a_process_of_another_computer(name)
    start = threading.Barrier(3)

    def work(name: str) -> None:
        start.wait()
        try:
            work_off(name)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[name]) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert traces() == [f"trace{number:02} 1" for number in range(30)]
    assert DBTaskResult.objects.successful().count() == 30


KILLED = """
import os, signal, sys
import django
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_tasks", "django_tasks_db",
                    "gazetteer.changes", "gazetteer.ops"],
    DATABASES={"default": eval(os.environ["DATABASE"])}, USE_TZ=True, SECRET_KEY="x",
    TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
)
django.setup()
from django.contrib.auth.models import Group
from gazetteer.ops import worker
from gazetteer.ops.tests import chores
if sys.argv[1] == "kill":
    Group.objects.filter = lambda **_: os.kill(os.getpid(), signal.SIGKILL)
print(worker.work_off(sys.argv[1]), Group.objects.filter(name__startswith="trace").count())
"""


def work_elsewhere(name: str, database: dict[str, object]) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "DATABASE": repr(database)}
    command = [sys.executable, "-c", KILLED, name]
    return subprocess.run(command, env=environment, text=True, capture_output=True, timeout=60)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_task_loses_nothing(tmp_path: Path) -> None:
    chores.note.enqueue("trace")
    database = {name: connection.settings_dict[name] for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")}
    if connection.vendor == "sqlite":
        database["NAME"] = str(tmp_path / "copy.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [database["NAME"]])
    killed = work_elsewhere("kill", database)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert work_elsewhere("next", database).stdout == "1 1\n"
    assert work_elsewhere("idle", database).stdout == "0 1\n"


def test_housekeeping_clears_what_is_old_and_keeps_what_is_open() -> None:
    long_ago = timezone.now() - timedelta(days=400)
    subject = Group.objects.create(name="subject")
    Moment.objects.create(kind="old", subject="auth.Group", object_id=1, due_at=long_ago, done_at=long_ago)
    clock.set_moment("open", subject, long_ago)
    chores.note.enqueue("trace")
    chores.note.enqueue("trace")
    done = claim("alice")
    assert done is not None
    perform(done)
    DBTaskResult.objects.filter(pk=done.pk).update(finished_at=long_ago)
    Worker.objects.create(id="x", host="h", process="", seen_at=long_ago)
    housekeeping.tidy()
    assert [moment.kind for moment in Moment.objects.all()] == ["open"]
    assert row().status == "READY"
    assert not Worker.objects.exists()
