"""The index of this site: which engine, where it lies, and how it follows the log of changes.

The index keeps the log's cursor in the same commit as the documents, so whoever is killed loses nothing and does
nothing twice. `follow` reads what was logged since, reads the documents anew that it touches, and commits. A reader
that has lost its place, or an index of another release, is built anew.
"""

import logging
import os
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction

from gazetteer.changes import log
from gazetteer.changes.watching import EVERYTHING
from gazetteer.search import documents
from gazetteer.search.engines import engine_classes
from gazetteer.search.engines.base import Engine

logger = logging.getLogger(__name__)

READER = "search"
KEY = "index"
"""What the index logs after each commit: pages that show what was found have read it."""

BATCH = 2_000
"""Documents that are read and written in one commit."""

KEPT_AFTER = 60.0
"""Seconds after which a cursor is committed though no document changed."""


@cache
def engine() -> Engine:
    """The site's index, in this process."""
    return opened_here()


def opened_here() -> Engine:
    """The same index, for who writes it: readers in this process have their own."""
    return opened(settings.SEARCH_ENGINE, Path(settings.SEARCH_FOLDER))


def opened(name: str, place: Path) -> Engine:
    """Raises ValueError for an engine that nobody has."""
    classes = engine_classes()
    if name not in classes:
        raise ValueError(f"There is no search engine named {name}; there are {', '.join(sorted(classes))}.")
    return classes[name](place, documents.schema())


# ---- Following ------------------------------------------------------------------------------------------------------


class Follower:
    """Who brings an index up to the log's end, again and again.

    Lines that touch no document move only `cursor`, in memory; it is committed with the next documents, or after
    `KEPT_AFTER` seconds so that the log can be cleared. `kept` is the committed one as the index gives it.
    """

    def __init__(self, index: Engine) -> None:
        self.index = index
        self.kept: str | None = None
        self.cursor: log.Cursor | None = None
        self.kept_at = monotonic()

    def step(self) -> int:
        """Follow what was logged since; answers how many documents were read anew. Builds the index where it must."""
        self.find_place()
        if self.cursor is None:
            return build(self.index)
        batch = log.read(self.cursor)
        touched = {kind: found for kind, found in touched_by(batch.keys) if found}
        every = any(isinstance(found, documents.All) for found in touched.values())
        if batch.lost or EVERYTHING in batch.keys or every:
            return build(self.index)
        if touched or (batch.cursor != self.cursor and monotonic() - self.kept_at > KEPT_AFTER):
            return self.write(touched, batch.cursor)
        self.cursor = batch.cursor
        return 0

    def find_place(self) -> None:
        """Begin at the cursor in the index, if it is not the one known: somebody else has written or built it."""
        kept = self.index.cursor()
        if kept is None or kept != self.kept:
            self.kept, self.cursor = kept, loaded(kept)

    def write(self, touched: dict[str, list[int]], after: log.Cursor) -> int:
        """Read the documents anew and commit them, in batches; only the last commit carries the new cursor."""
        before, count = self.kept or "", 0
        batches = [(kind, part) for kind, numbers in touched.items() for part in batched(numbers)] or [("", [])]
        for number, (kind, numbers) in enumerate(batches, 1):
            found = list(documents.registered[kind].read(numbers)) if kind else []
            gone = {f"{kind}:{each}" for each in numbers} - {each.id for each in found}
            self.index.write(found, gone, after.dump().decode() if number == len(batches) else before)
            count += len(numbers)
        self.kept, self.cursor, self.kept_at = after.dump().decode(), after, monotonic()
        log.passed(READER, after)
        if count:
            tell()
        return count


def loaded(kept: str | None) -> log.Cursor | None:
    """The cursor that an index gives; None where there is none that can be used."""
    try:
        return None if kept is None else log.Cursor.load(kept.encode())
    except (ValueError, TypeError):
        return None


def batched(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]


def follow(index: Engine) -> int:
    """Bring an index up to the log's end once."""
    return Follower(index).step()


def touched_by(keys: Collection[str]) -> Iterator[tuple[str, Any]]:
    """By kind, the numbers of the documents that these keys touch, or ALL."""
    for kind, subject in documents.registered.items():
        found = subject.touched(keys)
        yield kind, found if isinstance(found, documents.All) else sorted(set(found))


def tell() -> None:
    with transaction.atomic():
        log.write([KEY])


# ---- Building -------------------------------------------------------------------------------------------------------


def build(index: Engine, processes: int | None = None) -> int:
    """Make the index anew beside the old one; what is written meanwhile is after the cursor that it begins with."""
    cursor = log.end()
    parts = [part for subject in documents.registered.values() for part in subject.parts()]
    if processes is None:
        processes = min(os.cpu_count() or 1, MOST_PROCESSES) if len(parts) >= MANY_PARTS else 1
    count = index.build(parts, cursor.dump().decode(), processes)
    log.passed(READER, cursor)
    tell()
    logger.info("The search index was made anew: %s documents.", f"{count:,}")
    return count


MANY_PARTS, MOST_PROCESSES = 40, 4
"""From so many parts on several processes make the index; fewer are made before another has started."""


def rebuild() -> None:
    """For whoever asks for it by hand; who follows the log takes up what came meanwhile."""
    with opened_here() as index:
        build(index)


def behind() -> int | None:
    """How many changes the index has still to follow; None where there is none, or it must be made anew."""
    cursor = loaded(engine().cursor())
    if cursor is None:
        return None
    batch = log.read(cursor)
    return None if batch.lost else len(batch.keys - {KEY})
