"""Making a backup while the site runs: the database as of one moment, then the files."""

import os
import zipfile
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from gazetteer.changes.progress import Progress
from gazetteer.environment import SETTINGS as ALL_SETTINGS
from gazetteer.environment import raw_value
from gazetteer.ops import home
from gazetteer.ops.archive import postgres, sqlite
from gazetteer.ops.archive.form import HOME, SETTINGS, Manifest, Refused, Writer, read_manifest, verify

PREFIX, SUFFIX = "gazetteer-", ".zip"
PART = ".part"
DERIVED = frozenset({"static", "backups", "replaced", "pages", "saved-pages", "index", "search", "cache"})
"""Folders of the home that can be made anew, and those that hold backups themselves."""
DATABASE_SUFFIXES = (".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".sqlite3-journal")
RESTORED_SETTINGS = f"restored-{SETTINGS}"
NOT_KEPT = frozenset({home.UNFINISHED, home.RESTORING, RESTORED_SETTINGS})


def make(target: Path, quiet: bool = False) -> Manifest:
    """Write a whole backup to `target`, or nothing at all.

    It is written under another name, read back and compared, and only then given its name. Raises OSError (no room,
    no permission) and Refused (the target is some other file).
    """
    with home.held("backup"):
        return make_alone(target.resolve(), quiet)


def make_alone(target: Path, quiet: bool = False) -> Manifest:
    """`make`, for one who holds the lock already."""
    if connection.in_atomic_block:
        raise RuntimeError("A backup within a transaction would wait for itself.")
    refuse_other_file(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    clear_parts(target.parent)
    part = target.with_name(f".{target.name}{PART}")
    try:
        write(part, target, quiet)
        manifest = verify(part)
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def default_target(prefix: str = PREFIX) -> Path:
    return Path(settings.BACKUP_DIR) / f"{prefix}{timezone.now():%Y%m%d-%H%M%S}{SUFFIX}"


def refuse_other_file(target: Path) -> None:
    """An earlier backup may be replaced; anything else may not."""
    if target.is_dir():
        raise Refused(f"{target} is a folder; name the file to write.")
    if not target.exists() or not target.stat().st_size:
        return
    try:
        with zipfile.ZipFile(target) as archive:
            read_manifest(archive, target)
    except (zipfile.BadZipFile, Refused) as error:
        raise Refused(f"{target} exists and is no backup of Gazetteer; it is left alone. Name another file.") from error


def clear_parts(folder: Path) -> None:
    """Remove what a killed backup left; we hold the lock, so none of them is being written."""
    for left in folder.glob(f".*{SUFFIX}{PART}*"):
        left.unlink(missing_ok=True)


def write(part: Path, target: Path, quiet: bool) -> None:
    manifest = Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"), release=version("gazetteer"), vendor=connection.vendor
    )
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds the secret key
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            writer = Writer(archive, manifest)
            save_database(writer, part)
            save_files(writer, target, quiet)
            writer.add_text(SETTINGS, settings_text())
            writer.finish()
        file.flush()
        os.fsync(file.fileno())


def save_database(writer: Writer, part: Path) -> None:
    writer.manifest.migrations = sorted(MigrationRecorder(connection).applied_migrations())
    if connection.vendor == "sqlite":
        sqlite.save(writer, part.with_name(part.name + "-db"))
    else:
        postgres.save(writer)


def save_files(writer: Writer, target: Path, quiet: bool) -> None:
    """Every file of the home but the derived ones; one that vanishes meanwhile is named in the manifest."""
    with Progress("Files", quiet=quiet) as files:
        for path in files_to_keep(target):
            name = path.relative_to(home.home()).as_posix()
            try:
                writer.add_file(f"{HOME}{name}", path)
            except FileNotFoundError:
                writer.manifest.left_out.append(name)
            files.add()


def files_to_keep(target: Path) -> Iterator[Path]:
    """The files of the home, never those of this very backup, which would swallow itself."""
    own = f".{target.name}{PART}"
    for top in sorted(home.home().iterdir()):
        if top.is_dir() and top.name not in DERIVED and not top.name.startswith("."):
            found = files_under(top)
        else:
            found = iter([top] if top.is_file() and keeps(top) else [])
        yield from (path for path in found if path != target and not path.name.startswith(own))


def files_under(folder: Path) -> Iterator[Path]:
    backups = Path(settings.BACKUP_DIR).resolve()
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if (Path(where) / name).resolve() != backups)
        yield from (Path(where) / name for name in sorted(names) if (Path(where) / name).is_file())


def keeps(file: Path) -> bool:
    """Whether a file at the top of the home is neither the database nor a mark of something under way."""
    other = not file.name.startswith(".") and file.name not in NOT_KEPT
    return other and not file.name.endswith(DATABASE_SUFFIXES) and file.suffix != SUFFIX


def settings_text() -> str:
    """What is set in the environment, as a file that a shell or systemd reads."""
    found = ((each.name, raw_value(each.name, os.environ)) for each in ALL_SETTINGS)
    return "".join(f"{name}={value}\n" for name, value in found if value is not None)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def latest(folder: Path | None = None) -> tuple[Path, datetime] | None:
    """The newest backup in the folder for them, and when it was made."""
    folder = folder or Path(settings.BACKUP_DIR)
    found = [(path.stat().st_mtime, path) for path in folder.glob(f"*{SUFFIX}") if path.is_file()]
    if not found:
        return None
    made, path = max(found)
    return path, datetime.fromtimestamp(made, tz=timezone.get_default_timezone())


def thin_out(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` backups named by us; returns those removed."""
    old = sorted(folder.glob(f"{PREFIX}*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)[keep:]
    for path in old:
        path.unlink()
    return old
