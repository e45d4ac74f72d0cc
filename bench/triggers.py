"""What the log of changes costs an import: the same file with its triggers and without, side by side.

    python bench/triggers.py FILE [--rounds N]

Each import goes into a new home; the database is the home's own SQLite, or the one that `DATABASE_URL` names, whose
listings are then emptied before each round. Prints seconds and the triggers' share. Figures:
docs/decisions/0011-keys.md.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    seconds: dict[str, list[float]] = {"with": [], "without": []}
    for _ in range(asked.rounds):
        for how in seconds:
            seconds[how].append(measured(asked.file, how))
            print(f"  {how:<8} {seconds[how][-1]:8.1f} s", flush=True)
    both, bare = median(seconds["with"]), median(seconds["without"])
    print(f"  triggers of the log: {1 - bare / both:.0%} of the import's time")


def measured(path: Path, how: str) -> float:
    """Wall seconds of one import in a process and a home of its own."""
    with tempfile.TemporaryDirectory(prefix="gazetteer-bench-") as home:
        command = [sys.executable, __file__, "--one", how, str(path)]
        environment = os.environ | {"GAZETTEER_HOME": home, "DJANGO_SETTINGS_MODULE": "gazetteer.settings"}
        return float(subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE).stdout)


def one(how: str, path: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from gazetteer.changes import triggers
    from gazetteer.directory.imports import import_file

    call_command("migrate", verbosity=0)
    empty(connection)
    if how == "without":
        with connection.cursor() as cursor:
            for name, table in triggers.existing(connection).items():
                if name.startswith(f"{triggers.PREFIX}zlog_"):
                    triggers.drop(cursor, connection.vendor, name, table)
    started = time.monotonic()
    import_file(path, feed="bench")
    print(time.monotonic() - started)


def empty(connection) -> None:  # type: ignore[no-untyped-def]  # of Django, which is not set up yet
    """On a server that other rounds have filled: no listings, and the whole directory's branch anew."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE directory_listing, directory_branch, changes_change CASCADE")
            cursor.execute("INSERT INTO directory_branch (kind, listings) VALUES ('all', 0)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
