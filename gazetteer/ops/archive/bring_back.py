"""Bringing a backup back: into an empty home, or in place of what is there, which is kept aside.

Everything is read, compared and written beside the old first; then a few renames put it in place. A mark says that
they are under way, so that a site half put back is never served.
"""

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from gazetteer.changes import log
from gazetteer.ops import home
from gazetteer.ops.archive import make, postgres, sqlite
from gazetteer.ops.archive.form import HOME, SETTINGS, Manifest, Refused, extract, opened, verify

ASIDE = "replaced"
LEFT = ".restoring-"
KEPT_FOLDERS = frozenset({"backups", "replaced", "static"})
SQLITE_BESIDES = ("-wal", "-shm", "-journal")


@dataclass
class Report:
    """What was brought back, and where that which stood there before is kept."""

    manifest: Manifest
    aside: Path | None
    settings: Path | None
    files: int


def bring_back(file: Path, replace: bool = False, quiet: bool = False) -> Report:
    """Restore `file`. Raises Refused, having changed nothing, if it is damaged or there is a site and not `replace`."""
    manifest = verify(file)
    if manifest.vendor != connection.vendor:
        raise Refused(
            f"The backup is of {spelled(manifest.vendor)}, DATABASE_URL names {spelled(connection.vendor)}. "
            "Name a database of the same kind."
        )
    with ExitStack() as stack:
        stack.enter_context(home.stopped())
        stack.enter_context(home.held("backup"))
        there = home.has_site()
        if there and not replace:
            raise Refused(f"{home.home()} has a site already. With --replace it is kept aside and replaced.")
        archive, _ = stack.enter_context(opened(file))
        return put_in_place(archive, manifest, there)


def spelled(vendor: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(vendor, vendor)


def put_in_place(archive: ZipFile, manifest: Manifest, there: bool) -> Report:
    stamp = f"{timezone.now():%Y%m%d-%H%M%S}"
    aside = home.home() / ASIDE / stamp
    clear_left()
    new = home.home() / f"{LEFT}{stamp}"
    try:
        files = write_files(archive, manifest, new)
        if connection.vendor == "sqlite":
            sqlite.bring_back(archive, manifest, beside_database(stamp))
        elif there:
            make.make_alone(aside / "before.zip", quiet=True)
        swap(archive, manifest, new, aside, stamp)
    finally:
        clear_left()
    if home.missing_migrations():  # the backup is of an earlier release
        call_command("migrate", verbosity=0, interactive=False)
    log.begin_epoch()  # what was derived from the facts that stood here knows nothing of these
    return Report(manifest, aside if aside.exists() else None, keep_settings(archive), files)


def clear_left() -> None:
    """Remove what this restore, or a killed one, wrote beside the site."""
    for left in home.home().glob(f"{LEFT}*"):
        shutil.rmtree(left, ignore_errors=True)
    if connection.vendor == "sqlite":
        for left in database().parent.glob(f"{LEFT}*.sqlite3*"):
            left.unlink()


def database() -> Path:
    return Path(connection.settings_dict["NAME"])


def beside_database(stamp: str) -> Path:
    return database().with_name(f"{LEFT}{stamp}.sqlite3")


def write_files(archive: ZipFile, manifest: Manifest, new: Path) -> int:
    names = [name for name in manifest.members if name.startswith(HOME)]
    new.mkdir(parents=True)
    for name in names:
        extract(archive, name, new / name.removeprefix(HOME))
    return len(names)


def swap(archive: ZipFile, manifest: Manifest, new: Path, aside: Path, stamp: str) -> None:
    """Put the new in the place of the old by renames; what stood there goes to `aside`."""
    mark = home.home() / home.RESTORING
    mark.write_text(f"What stood here is kept in {aside}.\n", encoding="utf-8")
    connections.close_all()
    if connection.vendor == "sqlite":
        for ending in ("", *SQLITE_BESIDES):
            keep(database().with_name(database().name + ending), aside)
        beside_database(stamp).rename(database())
    else:
        bring_back_postgres(archive, manifest, mark)
    for item in sorted(new.iterdir()):
        keep(home.home() / item.name, aside)
        item.rename(home.home() / item.name)
    for name in make.DERIVED - KEPT_FOLDERS:
        shutil.rmtree(home.home() / name, ignore_errors=True)  # made of the old facts; they are made anew
    mark.unlink()
    make.sync_folder(home.home())


def bring_back_postgres(archive: ZipFile, manifest: Manifest, mark: Path) -> None:
    """All or nothing; if nothing, the site is as it was and needs no mark."""
    try:
        postgres.bring_back(archive, manifest)
    except BaseException:
        mark.unlink()
        raise


def keep(path: Path, aside: Path) -> None:
    """Move what stands there aside; only an unused secret key, which every first command makes, is not kept."""
    if not path.exists():
        return
    if path.name == "secret_key" and not aside.exists():
        path.unlink()
        return
    aside.mkdir(parents=True, exist_ok=True)
    shutil.move(path, aside / path.name)


def keep_settings(archive: ZipFile) -> Path | None:
    """Write what was set in the environment beside the site; only the operator can set it again."""
    if SETTINGS not in archive.namelist() or not archive.read(SETTINGS).strip():
        return None
    target = home.home() / make.RESTORED_SETTINGS
    target.unlink(missing_ok=True)
    extract(archive, SETTINGS, target)
    target.chmod(0o600)
    return target
