"""The home of an installation: its folder, its database, and whether both are ready."""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gazetteer.environment import keep_new_key

SETUP_TOKEN = "setup-token"  # noqa: S105 (the name of a file)
UNFINISHED = "being-made"
RESTORING = "restore-unfinished"


def home() -> Path:
    return Path(settings.HOME)


@contextmanager
def held(name: str) -> Iterator[None]:
    """Only one process at a time in here; the lock goes with the process, however it ends."""
    with open_lock(name) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def running() -> Iterator[None]:
    """While in here, the site counts as running: nothing is restored or upgraded under it."""
    with open_lock("running") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


@contextmanager
def stopped() -> Iterator[None]:
    """Only while no `serve` and no `work` of this home runs; raises CommandError if one does."""
    with open_lock("running") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError("The site is running. Stop it first, then run this command again.") from None
        yield


def open_lock(name: str) -> TextIO:
    home().mkdir(parents=True, exist_ok=True)
    return open(home() / f".{name}.lock", "a", encoding="utf-8")


def make_if_absent() -> bool:
    """Make the folder and the tables unless they are there; True if this call made them.

    A first start that was killed half-way left the mark `being-made`; the next one goes on from there.
    """
    if is_made():
        return False
    with held("making"):
        if is_made():  # another process of the same first start was quicker
            return False
        where = connection.settings_dict["NAME"] if connection.vendor == "sqlite" else "the database"
        sys.stderr.write(f"Making a new site in {home()} ({where}) …\n")
        mark = home() / UNFINISHED
        mark.touch()
        call_command("migrate", verbosity=0, interactive=False)
        mark.unlink()
    return True


def is_made() -> bool:
    if (home() / RESTORING).exists():
        raise CommandError(f"A restore was interrupted in {home()}. Run `gazetteer restore FILE --replace` again.")
    return not (home() / UNFINISHED).exists() and has_site()


def has_site() -> bool:
    """Whether there is a database with tables."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    return "django_migrations" in connection.introspection.table_names()


def missing_migrations() -> list[str]:
    """Steps of this release that the database has not made yet, such as "news.0002_storyline"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def nobody_is_in_charge() -> bool:
    """Whether nobody yet could sign in and look after everything."""
    return not get_user_model()._default_manager.filter(is_superuser=True, is_active=True).exists()


def setup_token() -> str:
    """The secret of the first-run link, made once and kept in the home; whoever has it may set the site up."""
    return keep_new_key(home() / SETUP_TOKEN)


def forget_setup_token() -> None:
    (home() / SETUP_TOKEN).unlink(missing_ok=True)


def release_mark() -> str:
    """What changes whenever the program's static files may have: its version and its newest file of them."""
    folders = {Path(config.path) / "static" for config in apps.get_app_configs()}
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    newest = max((file.stat().st_mtime_ns for file in files), default=0)
    return f"{version('gazetteer')} {len(files)} {newest}"
