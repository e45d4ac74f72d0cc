"""Making an index anew, in several processes."""

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import tantivy

from gazetteer.search.engines import base
from gazetteer.search.engines.base import (
    Document,
    Part,
    Schema,
)
from gazetteer.search.engines.embedded.form import Form

BUILD_HEAP = 600_000_000
"""Bytes that all processes together gather before they write a segment: few large ones answer faster than many."""


def write_folder(path: Path, form: Form, documents: Iterable[Document], cursor: str | None, heap: int) -> int:
    """Make an index of these documents in a new folder; answers how many."""
    path.mkdir(parents=True)
    index = tantivy.Index(form.tantivy, str(path))
    writer = index.writer(heap, 1)
    count = 0
    for document in documents:
        writer.add_document(form.document(document))
        count += 1
    if cursor is not None:
        writer.add_document(form.cursor_document(cursor))
    writer.commit()
    writer.wait_merging_threads()
    return count


def join(path: Path, pieces: Sequence[Path]) -> None:
    """Put the segments of all pieces into one folder: an index is its segments and the list of them, `meta.json`."""
    metas = [json.loads((piece / "meta.json").read_text(encoding="utf-8")) for piece in pieces]
    path.mkdir(parents=True)
    files = []
    for piece in pieces:
        for file in piece.iterdir():
            if not file.name.startswith(".") and file.name != "meta.json":
                file.rename(path / file.name)
                files.append(file.name)
    joined = metas[0] | {"segments": [segment for meta in metas for segment in meta["segments"]]}
    joined["opstamp"] = max(meta["opstamp"] for meta in metas)
    (path / ".managed.json").write_text(json.dumps([*files, "meta.json"]), encoding="utf-8")
    (path / "meta.json").write_text(json.dumps(joined), encoding="utf-8")


def write_piece(path: Path, schema: Schema, parts: Sequence[Part], cursor: str | None, heap: int) -> int:
    return write_folder(path, Form(schema), base.documents_of(parts), cursor, heap)


def write_pieces(path: Path, schema: Schema, parts: Sequence[Part], cursor: str, processes: int) -> int:
    """The same in several processes, a piece each; then the pieces are joined."""
    pieces = [path.with_name(f"{path.name}-{number}") for number in range(processes)]
    try:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=set_up) as pool:
            tasks = [
                pool.submit(
                    write_piece, piece, schema, parts[n::processes], None if n else cursor, BUILD_HEAP // processes
                )
                for n, piece in enumerate(pieces)
            ]
            count = sum(task.result() for task in tasks)
        join(path, pieces)
    finally:
        for piece in pieces:
            shutil.rmtree(piece, ignore_errors=True)
    return count


def set_up() -> None:
    """Of a process that reads documents: they come out of Django's models."""
    if os.environ.get("DJANGO_SETTINGS_MODULE"):
        import django

        django.setup()
