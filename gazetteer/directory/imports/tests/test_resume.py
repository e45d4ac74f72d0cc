"""Killed at any point, the same command goes on from where it was; nothing is lost, nothing comes twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.db import IntegrityError, connection

from gazetteer.directory.branches import checks
from gazetteer.directory.imports import run as runs
from gazetteer.directory.imports.apply import Writer
from gazetteer.directory.imports.problems import ImportFailed
from gazetteer.directory.imports.run import import_file
from gazetteer.directory.imports.tests.world import BAKERY, numbers, write, written_report
from gazetteer.directory.models import ImportRun, Listing

ROWS = [
    {"id": n, "name": f"Firm {n}", "category": ["Firms", f"Kind {n % 50}"], "countries": ["GB"], "nonsense": 1}
    for n in range(1, 3001)
]
BAD = [{**ROWS[n], "website": "no address"} for n in (10, 1010, 2010)]


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 100)


def stopping(monkeypatch, batch):
    """A run that dies, without any chance to clear up, after so many batches were written."""
    done = iter(range(batch))
    save = runs.Run.save_place

    def save_or_die(self, report, number):
        if next(done, None) is None:
            raise KeyboardInterrupt
        save(self, report, number)

    monkeypatch.setattr(runs.Run, "save_place", save_or_die)


@pytest.mark.django_db
def test_an_interrupted_import_goes_on_where_it_stood(tmp_path, small_batches, monkeypatch):
    path = write(tmp_path, *ROWS[:1000], *BAD)
    with monkeypatch.context() as patch:
        stopping(patch, 4)
        with pytest.raises(KeyboardInterrupt):
            import_file(path)
    assert Listing.objects.count() == ImportRun.objects.get().rows_done == 400
    told: list[int] = []
    report = import_file(path, progress=told.append)
    assert numbers(report) == {"rows": 1003, "new": 1002, "refused": 1}
    assert report.unknown == {"nonsense": 1002}
    assert sum(told) == 1003
    assert ImportRun.objects.get().state == "done"
    assert checks.differences() == []


@pytest.mark.django_db
def test_ids_of_the_part_before_the_interruption_are_still_known(tmp_path, small_batches, monkeypatch):
    path = write(tmp_path, *ROWS[:200], ROWS[5])
    with monkeypatch.context() as patch:
        stopping(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            import_file(path)
    assert [problem.reason for problem in import_file(path).problems] == ["row 6 of this file has the same id"]


@pytest.mark.django_db
def test_the_report_file_tells_each_problem_once(tmp_path, small_batches, monkeypatch):
    path = write(tmp_path, *({"name": ""} for _ in range(50)), *ROWS[:300])
    with monkeypatch.context() as patch:
        stopping(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            import_file(path)
    report = import_file(path)
    assert written_report(report).count("refused") == 50


@pytest.mark.django_db
def test_another_feed_or_other_content_is_another_import(tmp_path, small_batches, monkeypatch):
    with monkeypatch.context() as patch:
        stopping(patch, 2)
        with pytest.raises(KeyboardInterrupt):
            import_file(write(tmp_path, *ROWS[:300]), feed="one")
    import_file(write(tmp_path, *ROWS[:300]), feed="two")
    import_file(write(tmp_path, *ROWS[:301]), feed="one")
    assert sorted(ImportRun.objects.values_list("rows_done", "state")) == [
        (200, "running"),
        (300, "done"),
        (301, "done"),
    ]


@pytest.mark.django_db
def test_of_two_imports_of_one_file_at_once_the_second_steps_back(tmp_path, small_batches):
    path = write(tmp_path, *ROWS[:300])

    def overtake(count):
        ImportRun.objects.update(rows_done=250)

    with pytest.raises(ImportFailed, match="Another process"):
        import_file(path, progress=overtake)
    assert ImportRun.objects.get().state == "running"


@pytest.mark.django_db
def test_a_batch_is_tried_again_when_what_it_builds_on_changed_meanwhile(tmp_path, monkeypatch):
    write_plan = Writer.write
    tries: list[int] = []

    def fail_once(self, plan):
        tries.append(1)
        write_plan(self, plan)
        if len(tries) == 1:
            raise IntegrityError("somebody was quicker")

    monkeypatch.setattr(Writer, "write", fail_once)
    report = import_file(write(tmp_path, BAKERY, {"name": ""}))
    assert numbers(report) == {"rows": 2, "new": 1, "refused": 1}
    assert written_report(report).count("refused") == 1
    assert checks.differences() == []


SCRIPT = """
import django; django.setup()
from django.core.management import call_command
from gazetteer.directory.imports import run
run.BATCH = 50
call_command("import_listings", {path!r}, verbosity=0)
"""


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="makes a home of its own, which is on SQLite")
def test_a_killed_process_leaves_whole_batches_and_the_next_one_finishes(tmp_path):
    path, home = write(tmp_path, *ROWS), tmp_path / "site"
    environment = {**os.environ, "GAZETTEER_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gazetteer.settings"}
    command = [sys.executable, "-c", SCRIPT.format(path=str(path))]
    home.mkdir()
    (home / "gazetteer.sqlite3").write_bytes(connection.connection.serialize())
    killed = subprocess.Popen(command, env=environment)
    while rows_in(home) == 0 and killed.poll() is None:
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    half = rows_in(home)
    assert 0 < half < len(ROWS) and half % 50 == 0
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert "3,000 rows: 3,000 new" in finished.stdout
    assert rows_in(home) == len(ROWS)


def rows_in(home):
    """Listings in the database of that home; their count must be true whenever one looks."""
    both = "SELECT (SELECT count(*) FROM directory_listing), listings FROM directory_branch WHERE kind = 'all'"
    with closing(sqlite3.connect(home / "gazetteer.sqlite3", timeout=30)) as database:
        [(count, whole)] = database.execute(both).fetchall()
    assert count == whole
    return count
