"""How fast listings come in, and how that compares with writing the same rows into one bare table.

    python bench/import_listings.py FILE [FILE …]

Each file is imported into a new home of its own, then imported again unchanged, then its lines are written by
`executemany` into one table of id, name and line. Prints seconds of wall clock and of processor, rows a second, the
peak of memory, and how many times the bare table is faster. Figures: docs/decisions/0004-import-speed.md.
"""

import gzip
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

BATCH = 1000


def main() -> None:
    for name in sys.argv[1:]:
        path = Path(name)
        with tempfile.TemporaryDirectory(prefix="gazetteer-bench-") as home:
            print(f"{path.name}")
            for what in ("import", "again", "bare"):
                subprocess.run([sys.executable, __file__, "--one", what, home, name], check=True)


def one(what: str, home: str, name: str) -> None:
    """One measurement in a process of its own, so that its memory is its own."""
    measure = {"import": imported, "again": imported, "bare": bare}[what]
    os.environ |= {"GAZETTEER_HOME": home, "DJANGO_SETTINGS_MODULE": "gazetteer.settings"}
    rows, seconds, work = measure(Path(home), Path(name))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"  {what:<7} {rows:>9,} rows  {seconds:8.1f} s wall  {work:8.1f} s processor"
        f"  {rows / seconds:9,.0f} rows/s  {rows / work:9,.0f} rows/s of processor  {memory:4} MB"
    )


def imported(home: Path, path: Path) -> tuple[int, float, float]:
    import django

    django.setup()
    from django.core.management import call_command

    from gazetteer.directory.imports import import_file

    call_command("migrate", verbosity=0)
    started, worked = time.monotonic(), time.process_time()
    report = import_file(path)
    return report.counts["rows"], time.monotonic() - started, time.process_time() - worked


def bare(home: Path, path: Path) -> tuple[int, float, float]:
    database = sqlite3.connect(home / "bare.sqlite3")
    database.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE bare (id TEXT, name, line);"
    )
    started, worked = time.monotonic(), time.process_time()
    rows = 0
    for batch in batches(path):
        with database:
            database.executemany("INSERT INTO bare VALUES (?, ?, ?)", batch)
        rows += len(batch)
    database.close()
    return rows, time.monotonic() - started, time.process_time() - worked


def batches(path: Path) -> Iterator[list[tuple[str, str, str]]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        batch = []
        for line in lines:
            row = json.loads(line)
            batch.append((row["id"], row["name"], line))
            if len(batch) == BATCH:
                yield batch
                batch = []
        yield batch


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
    else:
        main()
