"""What is due is done once, in its own transaction, whatever happens to the others."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.db import close_old_connections, connection

from gazetteer.changes import clock
from gazetteer.changes.clock import Outcome, handler, run_due, set_moment, set_moments
from gazetteer.changes.models import Moment

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_handlers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three kinds: one that renames a group, one that always fails half-way, one that stops the process."""
    monkeypatch.setattr(clock, "handlers", {})
    monkeypatch.setattr(clock, "labels", {})

    @handler("rename")
    def rename(group: Group, moment: Moment) -> None:
        group.name = moment.details["to"]
        group.save()

    @handler("break")
    def break_down(group: Group, moment: Moment) -> None:
        group.name = "half written"
        group.save()
        raise ValueError("no headline")

    @handler("stop")
    def stop(group: Group, moment: Moment) -> None:
        group.name = "half written"
        group.save()
        raise SystemExit

    yield


def group(name: str = "before") -> Group:
    return Group.objects.create(name=name)


def name_of(subject: Group) -> str:
    return Group.objects.get(pk=subject.pk).name


def test_a_moment_is_done_when_it_is_due_and_only_once() -> None:
    subject = group()
    set_moment("rename", subject, NOON, to="after")
    assert run_due(NOON - timedelta(seconds=1)) == Outcome()
    assert len(run_due(NOON).done) == 1
    assert name_of(subject) == "after"
    assert run_due(NOON + HOUR) == Outcome()


def test_a_new_time_replaces_the_old_and_none_cancels() -> None:
    subject = group()
    set_moment("rename", subject, NOON, to="first")
    set_moment("rename", subject, NOON + HOUR, to="second")
    assert run_due(NOON) == Outcome()
    run_due(NOON + HOUR)
    assert name_of(subject) == "second"
    set_moment("rename", subject, NOON + 2 * HOUR, to="third")
    assert set_moment("rename", subject, None) is None
    assert run_due(NOON + 3 * HOUR) == Outcome()
    assert name_of(subject) == "second"


def test_moments_of_many_objects_are_set_together() -> None:
    groups = [group(f"group {number}") for number in range(450)]
    set_moment("rename", groups[0], NOON, to="old plan")
    set_moments("rename", Group, {each.pk: NOON for each in groups[:-1]} | {groups[-1].pk: None}, to="same")
    assert Moment.objects.filter(done_at=None).count() == 449
    set_moments("rename", Group, {each.pk: None for each in groups})
    assert not Moment.objects.exists()


def test_more_than_one_batch_is_done_in_one_run_oldest_first() -> None:
    order: list[int] = []
    handler("note")(lambda subject, moment: order.append(subject.pk))
    groups = [group(f"group {number}") for number in range(clock.BATCH + 5)]
    times = {each.pk: NOON - timedelta(minutes=number // 3) for number, each in enumerate(groups)}
    set_moments("note", Group, times)
    assert len(run_due(NOON).done) == clock.BATCH + 5
    assert [times[pk] for pk in order] == sorted(times.values())


def test_a_failing_moment_keeps_its_row_and_error_and_loses_no_other() -> None:
    bad, good, better = group("bad"), group("good"), group("better")
    set_moment("rename", better, NOON, to="first")
    set_moment("break", bad, NOON + timedelta(seconds=1))
    set_moment("rename", good, NOON + timedelta(seconds=2), to="after")
    outcome = run_due(NOON + HOUR)
    assert (len(outcome.done), len(outcome.failed)) == (2, 1)
    assert (name_of(bad), name_of(good), name_of(better)) == ("bad", "after", "first")
    (kept,) = clock.failing()
    assert (kept.error, kept.failures, kept.done_at) == ("ValueError: no headline", 1, None)


def test_a_failing_moment_is_tried_again_after_longer_and_longer_waits() -> None:
    set_moment("break", group(), NOON)
    now = NOON
    for wait in (*clock.WAITS, clock.LONGEST_WAIT, clock.LONGEST_WAIT):
        assert len(run_due(now).failed) == 1
        assert run_due(now + wait - timedelta(seconds=1)) == Outcome()
        now += wait


def test_a_mended_moment_is_done_at_the_next_try_and_its_error_goes() -> None:
    subject = group()
    set_moment("rename", subject, NOON)
    assert run_due(NOON).failed
    Moment.objects.update(details={"to": "after"})
    assert run_due(NOON + HOUR).done
    assert name_of(subject) == "after"
    assert not clock.failing().exists()


def test_every_failure_alarms_and_a_broken_alarm_stops_nothing() -> None:
    heard: list[str] = []

    def listen(sender: object, moment: Moment, error: Exception, **_: object) -> None:
        heard.append(moment.error)
        raise OSError("the mail server is away")

    clock.moment_failed.connect(listen)
    try:
        set_moment("break", group("bad"), NOON)
        set_moment("rename", group("good"), NOON, to="after")
        outcome = run_due(NOON)
    finally:
        clock.moment_failed.disconnect(listen)
    assert heard == ["ValueError: no headline"]
    assert len(outcome.done) == 1


def test_a_kind_that_nobody_handles_is_kept_with_a_sentence() -> None:
    set_moment("unheard of", group(), NOON)
    assert run_due(NOON).failed
    assert "unheard of" in clock.failing().get().error


def test_a_moment_whose_object_is_gone_is_closed() -> None:
    subject = group()
    set_moment("rename", subject, NOON, to="after")
    subject.delete()
    assert len(run_due(NOON).done) == 1
    assert not Moment.objects.filter(done_at=None).exists()


def test_a_handler_may_set_the_next_moment_of_its_own_kind() -> None:
    @handler("every hour")
    def again(subject: Group, moment: Moment) -> None:
        set_moment("every hour", subject, moment.due_at + HOUR)

    subject = group()
    set_moment("every hour", subject, NOON)
    run_due(NOON)
    following = clock.moment_of("every hour", subject)
    assert following is not None and following.due_at == NOON + HOUR
    assert clock.next_due(NOON) == NOON + HOUR


def test_a_time_without_a_zone_and_an_unsaved_object_are_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        set_moment("rename", group(), datetime(2026, 6, 1, 12, 0))
    with pytest.raises(ValueError, match="must be saved"):
        set_moment("rename", Group(name="unsaved"), NOON)


def test_a_kind_has_one_handler() -> None:
    with pytest.raises(ValueError, match="already has a handler"):
        handler("rename")(lambda subject, moment: None)


def test_the_hour_that_comes_twice_in_autumn_is_two_moments() -> None:
    london = ZoneInfo("Europe/London")
    summer = datetime(2026, 10, 25, 1, 30, tzinfo=london)
    winter = summer.replace(fold=1)
    first, second = group("first"), group("second")
    set_moment("rename", second, winter, to="winter")
    set_moment("rename", first, summer, to="summer")
    run_due(datetime(2026, 10, 25, 0, 45, tzinfo=UTC))
    assert (name_of(first), name_of(second)) == ("summer", "second")
    run_due(datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert name_of(second) == "winter"


def test_a_clock_that_jumps_back_does_nothing_twice_and_forgets_no_retry() -> None:
    subject, bad = group("subject"), group("bad")
    set_moment("rename", subject, NOON, to="after")
    set_moment("break", bad, NOON)
    a_wrong_year = NOON + timedelta(days=3650)
    run_due(a_wrong_year)
    again = run_due(NOON)
    assert (again.done, len(again.failed)) == ([], 1)


def test_what_came_due_while_the_site_was_off_is_done_at_the_next_start() -> None:
    subject = group()
    set_moment("rename", subject, NOON, to="after")
    assert len(run_due(NOON + timedelta(days=30)).done) == 1


def test_a_stop_in_the_middle_leaves_the_moment_whole() -> None:
    subject = group()
    set_moment("stop", subject, NOON)
    with pytest.raises(SystemExit):
        run_due(NOON)
    assert name_of(subject) == "before"
    assert Moment.objects.get().done_at is None
    assert Moment.objects.get().failures == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_moment_once() -> None:
    done: list[int] = []
    handler("note")(lambda subject, moment: done.append(subject.pk))
    groups = [group(f"group {number}") for number in range(40)]
    set_moments("note", Group, {each.pk: NOON for each in groups})
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        try:
            run_due(NOON)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    close_old_connections()
    assert sorted(done) == sorted(each.pk for each in groups)
    assert not Moment.objects.filter(done_at=None).exists()


KILLED = """
import os, signal, sys
import django
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["gazetteer.changes", "django.contrib.auth", "django.contrib.contenttypes"],
    DATABASES={"default": eval(os.environ["DATABASE"])},
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
)
django.setup()
from datetime import UTC, datetime
from django.contrib.auth.models import Group
from gazetteer.changes import clock
from gazetteer.changes.models import Moment

@clock.handler("rename")
def rename(group, moment):
    Group.objects.filter(pk=group.pk).update(name="after")
    if sys.argv[1] == "kill":
        os.kill(os.getpid(), signal.SIGKILL)

print(len(clock.run_due(datetime(2026, 6, 1, 13, tzinfo=UTC)).done))
"""


def run_clock_elsewhere(action: str, database: dict[str, object]) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "DATABASE": repr(database)}
    return subprocess.run(
        [sys.executable, "-c", KILLED, action], env=environment, text=True, capture_output=True, timeout=60
    )


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_claim_and_done_leaves_the_moment_to_the_next(tmp_path: Path) -> None:
    subject = group()
    set_moment("rename", subject, NOON)
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: connection.settings_dict[name] for name in names}
    if connection.vendor == "sqlite":
        database["NAME"] = str(tmp_path / "copy.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [database["NAME"]])
    killed = run_clock_elsewhere("kill", database)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    again = run_clock_elsewhere("finish", database)
    assert again.stdout == "1\n", again.stderr
    assert run_clock_elsewhere("finish", database).stdout == "0\n"
