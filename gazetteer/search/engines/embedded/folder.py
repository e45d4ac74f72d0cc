"""The folder of the index that answers, who reads it, and the one who writes."""

import fcntl
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from threading import RLock
from typing import IO, Any

import tantivy

from gazetteer.search.engines.base import (
    Busy,
    Document,
    NoIndex,
)
from gazetteer.search.engines.embedded.form import CURSOR, Form

HEAP = 64_000_000
"""Bytes that the writer gathers before it writes a segment."""


class Folder:
    """The index that answers now, opened when it is first wanted and again when another takes its place."""

    def __init__(self, place: Path, form: Form) -> None:
        self.place, self.form = place, form
        self.lock = RLock()
        self.named: str = ""
        self.stamp: tuple[int, int] = (0, 0)
        self.index: tantivy.Index | None = None
        self.frequencies: dict[tuple[str, str], int] = {}
        self.paths: dict[tuple[str, str], list[str]] = {}

    @property
    def current(self) -> Path:
        return self.place / "current"

    def name(self) -> str:
        """The folder named as current, or nothing where there is none of this schema."""
        try:
            name = self.current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""
        return name if name.endswith(self.form.digest) else ""

    def searcher(self) -> tantivy.Searcher:
        """Of the newest commit; raises NoIndex."""
        with self.lock:
            for _attempt in range(5):
                with suppress(FileNotFoundError):
                    return self.fresh()
                # Another index has just taken its place, and this one's folder is gone.
                self.index = None
            raise NoIndex("The index went away while it was opened.")

    def fresh(self) -> tantivy.Searcher:
        name = self.name()
        if not name:
            raise NoIndex("Nothing has been indexed yet.")
        if name != self.named or self.index is None:
            self.index, self.named, self.stamp = None, name, (0, 0)
        found = (self.place / name / "meta.json").stat()
        stamp = (found.st_mtime_ns, found.st_ino)
        if self.index is None:
            self.index = opened(self.place / name, self.form)
            self.frequencies, self.paths = {}, {}
        elif stamp != self.stamp:
            self.index.reload()
            self.frequencies, self.paths = {}, {}
        self.stamp = stamp
        return self.index.searcher()


def opened(path: Path, form: Form) -> tantivy.Index:
    try:
        index = tantivy.Index(form.tantivy, str(path), reuse=True)
    except ValueError as error:
        if not path.exists():
            raise FileNotFoundError(str(path)) from error
        raise
    index.config_reader("manual")
    index.reload()
    return index


def put_in_place(place: Path, name: str) -> None:
    """From now on this folder answers; the others go, but what has been opened of them stays readable until let go."""
    beside = place / f"current-{token_hex(4)}"
    beside.write_text(name, encoding="utf-8")
    beside.replace(place / "current")
    for old in place.glob("index-*"):
        if old.name != name and not old.name.startswith("index-new-"):
            shutil.rmtree(old, ignore_errors=True)


class Writer:
    """The one writer of a folder, while it lives."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.name = folder.name()
        if not self.name:
            raise NoIndex("Nothing has been indexed yet: build the index first.")
        self.lock = locked(folder.place / "writer.lock")
        try:
            self.index = opened(folder.place / self.name, folder.form)
            self.writer: Any = self.index.writer(HEAP, 1)
        except BaseException:
            self.lock.close()
            raise

    def write(self, documents: Iterable[Document], gone: Iterable[str], cursor: str) -> None:
        form = self.folder.form
        try:
            for id in (*gone, CURSOR):
                self.writer.delete_documents_by_term("id", id)
            for document in documents:
                self.writer.delete_documents_by_term("id", document.id)
                self.writer.add_document(form.document(document))
            self.writer.add_document(form.cursor_document(cursor))
            self.writer.commit()
        except BaseException:
            self.writer.rollback()
            raise

    def close(self) -> None:
        writer, self.writer = self.writer, None
        if writer is not None:
            writer.wait_merging_threads()
        self.lock.close()


def locked(path: Path) -> IO[str]:
    """Hold the lock until the file is closed, or the process ends; raises Busy where another has it."""
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise Busy("Another process writes the index.") from None
    return file
