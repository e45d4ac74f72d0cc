"""Progress of long work: a bar on a terminal, a plain line now and then elsewhere (a log, a pipe, a test).

for row in progress(rows, "Listings", total=30_953):
    ...

with Progress("Pictures") as pictures:
    pictures.add(10)
    pictures.note("kitten.jpg is damaged and was left out.")
"""

import sys
import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Self, TextIO, TypeVar

from tqdm import tqdm

T = TypeVar("T")

SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Counts what is done under the name `what`; `total` may be unknown."""

    def __init__(self, what: str, total: int | None = None, out: TextIO | None = None, quiet: bool = False) -> None:
        self.what, self.total, self.done = what, total, 0
        self.out = out or sys.stderr
        self.quiet = quiet
        self.started = self.told = time.monotonic()
        self.bar = self.new_bar() if self.out.isatty() and not quiet else None

    def new_bar(self) -> "tqdm[Any]":
        return tqdm(desc=self.what, total=self.total, file=self.out, unit="", unit_scale=True, dynamic_ncols=True)

    def add(self, count: int = 1) -> None:
        """So many more are done."""
        self.done += count
        if self.bar is not None:
            self.bar.update(count)
        elif time.monotonic() - self.told >= SECONDS_BETWEEN_LINES:
            self.tell()

    def note(self, line: str) -> None:
        """Say something beside the bar, without breaking it."""
        if self.bar is not None:
            self.bar.write(line, file=self.out)
        elif not self.quiet:
            print(line, file=self.out, flush=True)

    def tell(self) -> None:
        self.told = time.monotonic()
        if not self.quiet:
            print(self.line(), file=self.out, flush=True)

    def line(self) -> str:
        """Where we are, such as "Listings: 12,000 of 30,953 (38 %), 8,100 a second"."""
        of_total = f" of {self.total:,} ({100 * self.done // self.total} %)" if self.total else ""
        seconds = time.monotonic() - self.started
        speed = f", {self.done / seconds:,.0f} a second" if seconds >= 1 else ""
        return f"{self.what}: {self.done:,}{of_total}{speed}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.bar is not None:
            self.bar.close()
        elif self.done:
            self.tell()


def progress(items: Iterable[T], what: str, total: int | None = None, quiet: bool = False) -> Iterator[T]:
    """`items`, counted as they pass."""
    with Progress(what, total, quiet=quiet) as counter:
        for item in items:
            yield item
            counter.add()
