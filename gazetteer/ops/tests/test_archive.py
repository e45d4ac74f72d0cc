"""A backup holds everything, is refused when damaged, and comes back row for row and file for file."""

import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from gazetteer.accounts.models import User
from gazetteer.ops import home
from gazetteer.ops.archive import form, make
from gazetteer.ops.archive.form import Refused, verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(tmp_path: Path, settings: Settings) -> Path:
    """A home with a picture, a file with a difficult name, a secret key, derived folders, and people."""
    folder = tmp_path / "home"
    for name in ("media/pictures/a.jpg", "media/Ångström – plan.pdf", "secret_key", "note.txt"):
        put(folder / name, name.encode() * 1000)
    for name in ("static/site.css", "index/segment", ".running.lock", "other.sqlite3-wal", "backups/old.bin"):
        put(folder / name, b"derived")
    settings.HOME, settings.BACKUP_DIR = folder, folder / "backups"
    User.objects.create(username="alice", name="Alice “Quote” \\ \t\n Ünïcode \u2028 🗞")
    Group.objects.create(name="trace")
    return folder


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def backup(site: Path, tmp_path: Path) -> Path:
    target = tmp_path / "saved.zip"
    make.make(target, quiet=True)
    return target


def names(file: Path) -> set[str]:
    with zipfile.ZipFile(file) as archive:
        return set(archive.namelist())


def test_a_backup_holds_database_files_and_secret_and_nothing_derived(backup: Path) -> None:
    held = {name for name in names(backup) if not name.startswith("database/")}
    assert held == {
        "home/media/pictures/a.jpg", "home/media/Ångström – plan.pdf", "home/secret_key", "home/note.txt",
        "settings.env", "manifest.json",
    }  # fmt: skip
    assert verify(backup).tables["accounts_user"] == 1


def test_only_the_owner_can_read_a_backup(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def test_a_backup_to_no_name_goes_to_its_folder_with_its_date_and_old_ones_are_thinned_out(site: Path) -> None:
    for number in range(3):
        put(site / f"backups/gazetteer-2020010{number}-000000.zip", b"old")
        os.utime(site / f"backups/gazetteer-2020010{number}-000000.zip", (number, number))
    call_command("backup", keep=2, verbosity=0, stdout=StringIO())
    left = sorted(path.name for path in (site / "backups").glob("*.zip"))
    assert left[0] == "gazetteer-20200102-000000.zip" and len(left) == 2
    newest = make.latest()
    assert newest is not None and newest[0].name == left[1]


def test_no_backup_goes_into_the_next_one(site: Path) -> None:
    make.make(site / "media" / "mine.zip", quiet=True)
    make.make(site / "media" / "mine.zip", quiet=True)
    assert not any("mine" in name for name in names(site / "media" / "mine.zip"))
    make.make(site / "here.zip", quiet=True)
    make.make(site / "backups" / "again.zip", quiet=True)
    assert not any(name.endswith("here.zip") or "backups" in name for name in names(site / "backups" / "again.zip"))


@pytest.mark.parametrize(
    "damage",
    [
        "cut", "cut to nothing", "a byte changed", "a member too many", "a member missing", "no zip", "another zip",
        "later form",
    ],
)  # fmt: skip
def test_a_damaged_or_foreign_file_is_refused_with_a_sentence(backup: Path, tmp_path: Path, damage: str) -> None:
    bad = tmp_path / "bad.zip"
    spoil(backup, bad, damage)
    with pytest.raises(Refused, match="bad.zip"):
        verify(bad)


def spoil(good: Path, bad: Path, damage: str) -> None:
    data = good.read_bytes()
    if damage == "cut":
        bad.write_bytes(data[: len(data) // 2])
    elif damage == "cut to nothing":
        bad.write_bytes(b"")
    elif damage == "no zip":
        bad.write_bytes(b"PK but no zip" * 100)
    elif damage == "a byte changed":
        middle = len(data) // 2
        bad.write_bytes(data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :])
    else:
        rewrite(good, bad, damage)


def rewrite(good: Path, bad: Path, damage: str) -> None:
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if damage == "another zip" and name == form.MANIFEST:
                continue
            if damage == "later form" and name == form.MANIFEST:
                content = json.dumps({**json.loads(content), "format_version": 99}).encode()
            if damage != "a member missing" or name != "home/note.txt":
                target.writestr(name, content)
        if damage == "a member too many":
            target.writestr("home/extra", b"extra")


def test_a_name_that_leads_out_of_the_folder_is_refused(backup: Path, tmp_path: Path) -> None:
    for name in ("home/../../etc/passwd", "/etc/passwd", "elsewhere/x", "home\\..\\x"):
        with pytest.raises(Refused):
            form.check_name(name, backup)


def test_a_file_that_is_no_backup_is_never_overwritten(site: Path, tmp_path: Path) -> None:
    precious = tmp_path / "novel.zip"
    precious.write_text("chapter one")
    with pytest.raises(CommandError, match="left alone"):
        call_command("backup", precious)
    assert precious.read_text() == "chapter one"


def test_a_backup_that_fails_leaves_the_earlier_one_and_no_half_file(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(make, "save_files", full)
    with pytest.raises(OSError, match="No space"):
        make.make(backup, quiet=True)
    assert backup.read_bytes() == before
    assert sorted(path.name for path in backup.parent.iterdir()) == ["home", "saved.zip"]


def test_what_a_killed_backup_left_is_cleared_by_the_next(site: Path, tmp_path: Path) -> None:
    put(tmp_path / ".saved.zip.part", b"half")
    put(tmp_path / ".saved.zip.part-db", b"half")
    make.make(tmp_path / "saved.zip", quiet=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "saved.zip"]


def test_a_file_deleted_while_the_backup_is_made_is_named(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = list(make.files_to_keep(tmp_path / "saved.zip"))
    monkeypatch.setattr(make, "files_to_keep", lambda _target: iter([*files, site / "media/gone.jpg"]))
    manifest = make.make(tmp_path / "saved.zip", quiet=True)
    assert manifest.left_out == ["media/gone.jpg"]


def test_a_backup_made_while_people_write_is_of_one_moment(site: Path, tmp_path: Path) -> None:
    """A writer keeps two tables in step; every backup must find them in step."""
    stop = threading.Event()

    def write() -> None:
        from django.db import transaction

        number = 0
        while not stop.is_set():
            with transaction.atomic():
                Group.objects.create(name=f"pair {number}")
                User.objects.create(username=f"pair {number}")
            number += 1
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        tables = [make.make(tmp_path / f"{number}.zip", quiet=True).tables for number in range(3)]
    finally:
        stop.set()
        writer.join()
    groups = Group.objects.exclude(name__startswith="pair").count()
    assert [found["auth_group"] - groups for found in tables] == [found["accounts_user"] - 1 for found in tables]


class Elsewhere:
    """Another home, with a database of its own, where commands run as an operator runs them."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "elsewhere"
        self.url = ""
        if connection.vendor == "postgresql":
            self.database = f"elsewhere_{os.getpid()}_{folder.name}"[:60].lower().replace("-", "_")
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{self.database}"')
            self.url = self.postgres_url()

    def postgres_url(self) -> str:
        given = connection.settings_dict
        return (
            f"postgres://{given['USER']}:{given['PASSWORD']}@/{self.database}?host={given['HOST']}&port={given['PORT']}"
        )

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        environment = {**os.environ, "GAZETTEER_HOME": str(self.home), "DATABASE_URL": self.url}
        command = [sys.executable, "-m", "gazetteer.cli", *words]
        return subprocess.run(command, env=environment, text=True, capture_output=True, timeout=300)

    def drop(self) -> None:
        if self.url:
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    other = Elsewhere(tmp_path)
    yield other
    other.drop()


def digests(file: Path) -> dict[str, str]:
    """Of every file in a backup; but for the log's life, which a restore ends."""
    members = form.glance(file).members.items()
    return {name: one["sha256"] for name, one in members if name not in {"settings.env", "database/changes_epoch.copy"}}


def rows(file: Path, folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the database in a backup of SQLite, for comparing; but for the log's life, which a restore ends."""
    import sqlite3
    from contextlib import closing

    with zipfile.ZipFile(file) as archive:
        copy = Path(archive.extract("database/site.sqlite3", folder))
    with closing(sqlite3.connect(copy)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        told = [table for table in tables if table not in {"changes_epoch", "sqlite_sequence"}]
        return {table: database.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall() for table in told}  # noqa: S608 (names from the file's own list)


def test_a_backup_comes_back_in_an_empty_home_equal_row_for_row(
    backup: Path, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    restored = elsewhere.run("restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert (elsewhere.home / "media/Ångström – plan.pdf").read_bytes() == "media/Ångström – plan.pdf".encode() * 1000
    assert (elsewhere.home / "secret_key").stat().st_mode & 0o777 == 0o600
    again = elsewhere.run("backup", str(tmp_path / "again.zip"))
    assert again.returncode == 0, again.stderr
    if connection.vendor == "sqlite":
        assert rows(backup, tmp_path / "one") == rows(tmp_path / "again.zip", tmp_path / "two")
    else:
        assert digests(backup) == digests(tmp_path / "again.zip")

    taken = elsewhere.run("restore", str(backup))
    assert taken.returncode == 1
    assert "has a site already" in taken.stderr
    put(elsewhere.home / "media/new.jpg", b"new")
    replaced = elsewhere.run("restore", str(backup), "--replace")
    assert replaced.returncode == 0, replaced.stderr
    assert not (elsewhere.home / "media/new.jpg").exists()
    assert list(elsewhere.home.glob("replaced/*/media/new.jpg"))
    assert elsewhere.run("check").returncode == 0


def test_a_restore_that_is_refused_touches_nothing(backup: Path, elsewhere: Elsewhere, tmp_path: Path) -> None:
    spoil(backup, tmp_path / "bad.zip", "a byte changed")
    refused = elsewhere.run("restore", str(tmp_path / "bad.zip"))
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    left = {path.name for path in elsewhere.home.iterdir()} if elsewhere.home.exists() else set()
    assert left <= {"secret_key"}


def test_nothing_is_restored_or_upgraded_under_a_running_site(backup: Path) -> None:
    from gazetteer.ops.archive.bring_back import bring_back

    with home.running(), pytest.raises(CommandError, match="running"):
        bring_back(backup, replace=True)
    with home.running(), pytest.raises(CommandError, match="running"):
        call_command("upgrade")


def test_a_restore_cut_short_is_never_served(site: Path) -> None:
    (site / home.RESTORING).touch()
    with pytest.raises(CommandError, match="interrupted"):
        home.is_made()


def test_a_backup_of_the_other_kind_of_database_is_refused(backup: Path, tmp_path: Path) -> None:
    from gazetteer.ops.archive.bring_back import bring_back

    other = tmp_path / "other.zip"
    kind = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == form.MANIFEST:
                content = json.dumps({**json.loads(content), "vendor": kind}).encode()
            target.writestr(name, content)
    with pytest.raises(Refused, match="same kind"):
        bring_back(other)


def test_a_full_disk_is_told_in_a_sentence(site: Path) -> None:
    from gazetteer.ops.troubles import sentence

    assert "disk is full" in sentence(OSError(28, "No space left on device", "/x/y"))
