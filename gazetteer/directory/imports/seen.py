"""Which ids a file has brought so far, in bounded memory whatever the file's size."""

import sqlite3
from collections.abc import Iterable
from hashlib import blake2b

KEPT_IN_MEMORY = 64 * 1024  # KiB of pages; more goes to a temporary file that vanishes with the process
AT_ONCE = 900


class Seen:
    """Rows by their feed and id; keys are 64-bit digests, so that a million take 30 MB."""

    def __init__(self) -> None:
        self.database = sqlite3.connect("", isolation_level=None)
        for statement in (
            f"PRAGMA cache_size = -{KEPT_IN_MEMORY}", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF",
            "CREATE TABLE seen (key INTEGER PRIMARY KEY, row INTEGER NOT NULL)",
        ):  # fmt: skip
            self.database.execute(statement)

    def add(self, names: Iterable[tuple[int, str, str]]) -> dict[int, int]:
        """Remember (row, feed, id); returns the rows that bring an id again, each with the first that did."""
        keys = [(key_of(feed, external_id), row) for row, feed, external_id in names]
        first = self.rows_of([key for key, _ in keys])
        again, new = {}, []
        for key, row in keys:
            if key in first:
                again[row] = first[key]
            else:
                first[key] = row
                new.append((key, row))
        self.database.execute("BEGIN")
        self.database.executemany("INSERT INTO seen VALUES (?, ?)", new)
        self.database.execute("COMMIT")
        return again

    def rows_of(self, keys: list[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for start in range(0, len(keys), AT_ONCE):
            part = keys[start : start + AT_ONCE]
            marks = ",".join("?" * len(part))
            sql = f"SELECT key, row FROM seen WHERE key IN ({marks})"  # noqa: S608 (question marks only)
            found |= dict(self.database.execute(sql, part))
        return found

    def close(self) -> None:
        self.database.close()


def key_of(feed: str, external_id: str) -> int:
    digest = blake2b(f"{feed}\x1f{external_id}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
