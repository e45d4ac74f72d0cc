"""Before going live: each thing red or green with what to do; a monitor's address; the desk's page."""

import os
import zipfile
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from gazetteer.accounts.models import User
from gazetteer.changes import clock, triggers
from gazetteer.ops import health
from gazetteer.ops.archive import make
from gazetteer.ops.models import Worker
from gazetteer.ops.tests import chores
from gazetteer.search import index

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client: Client) -> User:
    user = User.objects.create_superuser("chief", "chief@example.org", "x")
    client.force_login(user)
    return user


def a_live_worker() -> None:
    Worker.objects.create(id="w", host="here", process="", seen_at=timezone.now())


def test_a_monitor_is_told_that_the_site_answers_and_whether_work_is_done(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "work": False}
    a_live_worker()
    assert client.get("/healthz").json() == {"status": "ok", "work": True}
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]


def test_a_worker_not_seen_for_a_while_does_no_work() -> None:
    assert not health.worker().is_well
    Worker.objects.create(id="w", host="here", process="", seen_at=timezone.now() - timedelta(hours=1))
    assert not health.worker().is_well
    a_live_worker_again = Worker.objects.filter(id="w").update(seen_at=timezone.now())
    assert a_live_worker_again and health.worker().is_well


@pytest.mark.parametrize(
    ("hosts", "address", "is_well"),
    [
        (["www.example.org"], "https://www.example.org", True),
        ([".example.org"], "https://www.example.org", True),
        (["localhost"], "https://www.example.org", False),
        (["*"], "https://www.example.org", False),
    ],
)
def test_host_names(settings: Settings, hosts: list[str], address: str, is_well: bool) -> None:
    settings.ALLOWED_HOSTS, settings.SITE_URL = hosts, address
    assert health.hosts().is_well is is_well


def test_debug_short_keys_local_addresses_and_mail_to_nowhere_are_red(settings: Settings) -> None:
    settings.DEBUG, settings.SECRET_KEY, settings.SITE_URL = True, "short", "http://localhost:8000"
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    for check in (health.debug, health.secret_key, health.domain, health.encryption, health.mail):
        finding = check()
        assert not finding.is_well and finding.todo


def test_a_mail_server_that_does_not_answer_is_red(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "does not take us" in health.mail().told


def inside_the_largest_member(archive: Path) -> int:
    """The position of a byte that carries data; not each byte between two members does."""
    with zipfile.ZipFile(archive) as opened:
        largest = max(opened.infolist(), key=lambda one: one.compress_size)
    header = 30 + len(largest.filename.encode())
    return largest.header_offset + header + largest.compress_size // 2


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_green_only_if_new_and_whole(settings: Settings, tmp_path: Path) -> None:
    settings.HOME, settings.BACKUP_DIR = tmp_path, tmp_path / "backups"
    assert "no backup" in health.backup().told
    target = make.default_target()
    make.make(target, quiet=True)
    assert health.backup().is_well and health.backup_at_a_glance().is_well
    data = target.read_bytes()
    at = inside_the_largest_member(target)
    target.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
    assert "cannot be restored" in health.backup().told
    target.write_bytes(data)
    os.utime(target, (1, 1))
    assert "1970" in health.backup().told


def test_a_missing_trigger_is_found_by_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert health.facts().is_well
    triggers.drop_all(connection)
    try:
        assert not health.facts().is_well
        with pytest.raises(CommandError, match="faults found"):
            call_command("check", stdout=StringIO(), stderr=StringIO())
    finally:
        triggers.ensure(connection)


def test_check_tells_whether_there_is_a_search_index_and_how_far_it_is_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "behind", lambda: None)
    assert "no search index" in health.search().told
    monkeypatch.setattr(index, "behind", lambda: 5_000)
    assert not health.search().is_well


def test_a_check_that_itself_fails_is_red_and_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    def broken() -> health.Finding:
        raise RuntimeError("out of order")

    settings.BACKUP_DIR = tmp_path
    monkeypatch.setattr(health, "CHECKS", (("Broken", broken), ("Debug", health.debug)))
    broken_one, debug = health.findings()
    assert (broken_one.is_well, broken_one.told) == (False, "RuntimeError: out of order")
    assert debug.is_well


def test_check_live_lists_everything_and_fails_while_something_is_red(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUP_DIR = tmp_path
    out = StringIO()
    with pytest.raises(CommandError, match="to be done before"):
        call_command("check", live=True, stdout=out)
    assert all(str(name) in out.getvalue() for name, _check in health.CHECKS)


def test_the_desk_shows_what_failed_and_can_try_it_again(client: Client, chief: User) -> None:
    clock.set_moment("unheard of", chief, timezone.now() - timedelta(minutes=1))
    clock.run_due()
    chores.note.enqueue("trace")
    DBTaskResult.objects.filter(task_path__contains="note").update(
        status="FAILED", finished_at=timezone.now(), exception_class_path="x.NoHeadline", traceback="no headline"
    )
    page = client.get("/admin/operation/").content.decode()
    assert "unheard of" in page and "no headline" in page
    assert "could not be done" in client.get("/admin/").content.decode()

    moment = clock.failing().get()
    client.post("/admin/operation/again/", {"moment": moment.pk})
    moment.refresh_from_db()
    assert moment.retry_at is None
    task = DBTaskResult.objects.get(task_path__contains="note")
    client.post("/admin/operation/again/", {"task": task.pk.hex})
    task.refresh_from_db()
    assert task.status == "READY"
    assert client.post("/admin/operation/again/", {"task": "nonsense"}).status_code == 302


def test_only_managers_see_how_the_site_runs(client: Client) -> None:
    from django.contrib.auth.models import Group

    reporter = User.objects.create_user("reporter")
    reporter.groups.add(Group.objects.get(name="Reporters"))
    client.force_login(reporter)
    assert client.get("/admin/operation/").status_code in {302, 403}
    assert "/admin/operation/" not in client.get("/admin/").content.decode()
    manager = User.objects.create_user("manager")
    manager.groups.add(Group.objects.get(name="Managers"))
    client.force_login(manager)
    assert client.get("/admin/operation/").status_code == 200
