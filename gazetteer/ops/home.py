"""The home of an installation: its folder, its database, and whether both are ready."""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

UNFINISHED = "being-made"


def home() -> Path:
    return Path(settings.HOME)


@contextmanager
def held(name: str) -> Iterator[None]:
    """Only one process at a time in here; the lock goes with the process, however it ends."""
    home().mkdir(parents=True, exist_ok=True)
    with open(home() / f".{name}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
        print(f"Making a new site in {home()} ({where}) …", file=sys.stderr, flush=True)
        mark = home() / UNFINISHED
        mark.touch()
        call_command("migrate", verbosity=0, interactive=False)
        mark.unlink()
    return True


def is_made() -> bool:
    if (home() / UNFINISHED).exists():
        return False
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    return "django_migrations" in connection.introspection.table_names()


def missing_migrations() -> list[str]:
    """Steps of this release that the database has not made yet, such as "news.0002_storyline"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
