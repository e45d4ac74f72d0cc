"""Going to a new release: a backup first, then the tables, then a look whether all is well, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError

from gazetteer.ops import health, home
from gazetteer.ops.archive import make
from gazetteer.ops.archive.form import Refused

PREFIX = "before-upgrade-"


@dataclass(frozen=True)
class Upgraded:
    """What was done: the backup (None if nothing had to be), the steps made, and faults found after."""

    backup: Path | None
    steps: list[str]
    faults: list[str]


def upgrade(say: Callable[[str], object]) -> Upgraded:
    """Bring the tables up to this release. Raises CommandError with the way back if a step fails."""
    with home.stopped():
        steps = home.missing_migrations()
        backup = make_backup(say) if steps else None
        if backup is not None:
            say(f"Bringing the tables up to this release: {len(steps)} steps …")
            migrate(backup)
        else:
            call_command("migrate", verbosity=0, interactive=False)  # makes triggers and roles that are missing
        say("Looking whether all is well …")
        return Upgraded(backup, steps, health.contradictions())


def make_backup(say: Callable[[str], object]) -> Path:
    target = make.default_target(PREFIX)
    say(f"Backup first: {target} …")
    try:
        make.make(target, quiet=True)
    except Refused as error:
        raise CommandError(f"No backup could be made, so nothing was changed: {error}") from error
    return target


def migrate(backup: Path) -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except (DatabaseError, ValueError, CommandError) as error:
        raise CommandError(f"The upgrade failed: {' '.join(str(error).split())}. {way_back(backup)}") from error


def way_back(backup: Path) -> str:
    return f"To go back: install the release you had, then run `gazetteer restore {backup} --replace`."
