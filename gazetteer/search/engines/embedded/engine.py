"""Searching and writing, as the base class asks for it."""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

from tantivy import Query as T

from gazetteer.search.engines import asked, base
from gazetteer.search.engines.asked import Asked
from gazetteer.search.engines.base import (
    Document,
    Engine,
    Fact,
    Keyword,
    NoIndex,
    Part,
    Query,
    Results,
    Schema,
    check,
)
from gazetteer.search.engines.embedded.answer import Answer
from gazetteer.search.engines.embedded.asking import Asking
from gazetteer.search.engines.embedded.building import BUILD_HEAP, write_piece, write_pieces
from gazetteer.search.engines.embedded.folder import Folder, Writer, locked, put_in_place
from gazetteer.search.engines.embedded.form import CURSOR, Form


class EmbeddedEngine(Engine):
    name = "embedded"

    def __init__(self, place: Path, schema: Schema) -> None:
        super().__init__(place, schema)
        self.form = Form(schema)
        self.folder = Folder(place, self.form)
        self.writer: Writer | None = None

    def cursor(self) -> str | None:
        try:
            searcher = self.folder.searcher()
        except NoIndex:
            return None
        found = searcher.search(T.term_query(self.form.tantivy, "id", CURSOR, "basic"), 1).hits
        return bytes(searcher.doc(found[0][1])["doc"][0]).decode() if found else None

    def write(self, documents: Iterable[Document], gone: Iterable[str], cursor: str) -> None:
        if self.writer is not None and self.writer.name != self.folder.name():
            self.close()
        if self.writer is None:
            self.writer = Writer(self.folder)
        self.writer.write(documents, gone, cursor)

    def build(self, parts: Sequence[Part], cursor: str, processes: int = 1) -> int:
        self.place.mkdir(parents=True, exist_ok=True)
        with locked(self.place / "build.lock"):
            return self.build_beside(parts, cursor, processes)

    def build_beside(self, parts: Sequence[Part], cursor: str, processes: int) -> int:
        for left in self.place.glob("index-new-*"):  # by one that was killed
            shutil.rmtree(left, ignore_errors=True)
        name = f"index-{token_hex(4)}-{self.form.digest}"
        path = self.place / f"index-new-{token_hex(4)}"
        try:
            if processes > 1:
                count = write_pieces(path, self.schema, parts, cursor, processes)
            else:
                count = write_piece(path, self.schema, parts, cursor, BUILD_HEAP)
            path.rename(self.place / name)
        finally:
            shutil.rmtree(path, ignore_errors=True)
        put_in_place(self.place, name)
        return count

    def asking(self) -> Asking:
        searcher = self.folder.searcher()
        return Asking(self.form, searcher, self.folder.frequencies, self.folder.paths)

    # ---- Search -------------------------------------------------------------------------------------------------

    def search(self, query: Query) -> Results:
        check(self.schema, query)
        asking, wanted = self.asking(), asked.read(query)
        return Answer(self.form, asking, query, wanted).results()

    def suggest(self, query: Query) -> Results:
        check(self.schema, query)
        wanted = asked.read(query, shortest_half=1)
        if wanted.is_empty:
            return Results()
        return Answer(self.form, self.asking(), query, wanted, names=True).results()

    def more_like_this(self, id: str, query: Query) -> Results:
        check(self.schema, query)
        asking = self.asking()
        found = asking.searcher.search(asking.term("id", id), 1).hits
        if not found:
            return Results()
        words = asking.kept(found[0][1])["w"].split()
        answer = Answer(self.form, asking, query, Asked())
        return answer.alike(words, id)

    def shown(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        asking = self.asking()
        if not ids:
            return {}
        hits = asking.searcher.search(asking.any_of("id", ids), len(ids), False).hits
        kept = (asking.kept(address) for _score, address in hits)
        return {each["i"]: each["s"] for each in kept}

    def values(self, field: str, prefix: str = "", limit: int = 1_000) -> list[tuple[str, int]]:
        base.demand(self.schema, field, Keyword)
        if isinstance(self.schema[field], Fact):
            return [pair for pair in self.asking().values(f"k_{field}") if pair[0].startswith(prefix)][:limit]
        return self.asking().searcher.terms_with_prefix(f"k_{field}", prefix, None, limit)

    def count(self) -> int:
        return self.asking().searcher.num_docs - 1

    def size(self) -> int:
        with suppress(FileNotFoundError):
            return sum(file.stat().st_size for file in (self.place / self.folder.name()).iterdir())
        return 0

    def close(self) -> None:
        if self.writer is not None:
            writer, self.writer = self.writer, None
            writer.close()
