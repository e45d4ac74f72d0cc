"""The same rows in SQLite's FTS5 (bm25) and in PostgreSQL's full text with trigrams, asked as their manuals advise."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from bench.search_rows import Row, address, paths, phones
from gazetteer.directory.documents import country_names

COLUMNS = ("name", "names", "filed", "place", "text", "codes")


def columns_of(row: Row) -> tuple[str, ...]:
    where = address(row)
    names = [*(row.get("alt_names") or []), *(row.get("acronyms") or []), *(row.get("names_by_lang") or {}).values()]
    countries = [name for code in (row.get("countries") or [])[:12] for name in country_names(code)]
    return (
        row["name"],
        " · ".join(map(str, names)),
        " · ".join(" ".join(path) for path in paths(row)) + " " + " ".join(row.get("tags") or []),
        " · ".join([where["street"], where["city"], where["region"], *countries]),
        row.get("description") or "",
        " · ".join([*phones(row), row.get("website") or ""]),
    )


class Fts5:
    """bm25 with weights by column; all words, the last as a prefix; where that finds nothing, any of them."""

    name = "SQLite FTS5"

    def __init__(self, path: str, rows: Iterable[Row]) -> None:
        self.db = sqlite3.connect(path)
        self.db.execute(
            f"CREATE VIRTUAL TABLE found USING fts5({', '.join(COLUMNS)}, tokenize='unicode61 remove_diacritics 2')"
        )
        holders = ", ".join("?" * (len(COLUMNS) + 1))
        sql = f"INSERT INTO found (rowid, {', '.join(COLUMNS)}) VALUES ({holders})"  # noqa: S608 (our own names)
        self.db.executemany(sql, ((row["number"], *columns_of(row)) for row in rows))
        self.db.commit()

    def search(self, text: str, limit: int = 10) -> list[int]:
        words = ["".join(c if c.isalnum() else " " for c in word).split() for word in text.split()]
        quoted = [f'"{part}"' for parts in words for part in parts]
        if not quoted:
            return []
        for way in (" AND ".join([*quoted[:-1], f"{quoted[-1]}*"]), " OR ".join(quoted)):
            sql = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found, 10, 6, 2, 2, 1, 1) LIMIT ?"
            if found := [number for (number,) in self.db.execute(sql, (way, limit))]:
                return found
        return []


class Postgres:
    """Weighted full text without accents; where it finds fewer than wanted, the names most alike by trigrams follow."""

    name = "PostgreSQL FTS + pg_trgm"

    def __init__(self, url: str, rows: Iterable[Row]) -> None:
        import psycopg

        self.db: Any = psycopg.connect(url, autocommit=True)
        run = self.db.execute
        run("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        run("CREATE EXTENSION IF NOT EXISTS unaccent")
        run("DROP TABLE IF EXISTS found")
        run("CREATE TABLE found (id int PRIMARY KEY, plain text, words tsvector)")
        run("CREATE TEMP TABLE raw (id int, " + ", ".join(f"{column} text" for column in COLUMNS) + ")")
        with self.db.cursor() as cursor, cursor.copy("COPY raw FROM STDIN") as copy:
            for row in rows:
                copy.write_row((row["number"], *(text.replace("\x00", "") for text in columns_of(row))))
        weights = zip(COLUMNS, "ABCCDD", strict=True)
        parts = " || ".join(
            f"setweight(to_tsvector('simple', unaccent({column})), '{weight}')" for column, weight in weights
        )
        run(f"INSERT INTO found SELECT id, lower(unaccent(name || ' ' || names)), {parts} FROM raw")  # noqa: S608 (our own names)
        run("CREATE INDEX ON found USING gin (words)")
        run("CREATE INDEX ON found USING gin (plain gin_trgm_ops)")
        run("ANALYZE found")

    def search(self, text: str, limit: int = 10) -> list[int]:
        text = text.replace("\x00", "")
        sql = (
            "SELECT id FROM found, plainto_tsquery('simple', unaccent(%s)) q WHERE words @@ q"
            " ORDER BY ts_rank(words, q, 1) DESC, id LIMIT %s"
        )
        found = [number for (number,) in self.db.execute(sql, (text, limit)).fetchall()]
        if len(found) < limit:
            alike = (
                "SELECT id FROM found WHERE lower(unaccent(%(text)s)) <%% plain"
                " ORDER BY word_similarity(lower(unaccent(%(text)s)), plain) DESC, length(plain) LIMIT %(limit)s"
            )
            more = self.db.execute(alike, {"text": text, "limit": limit}).fetchall()
            found += [number for (number,) in more if number not in found]
        return found[:limit]


def ranks(search: Any, right: frozenset[int], text: str) -> int:
    """The place of the first right answer among the first ten, from 1; 0: none of them is."""
    found: Sequence[int] = search(text)
    return next((place for place, number in enumerate(found, 1) if number in right), 0)
