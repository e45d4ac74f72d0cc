"""Who answers a search: the base class that each subject implements in its `search.py`, and their register.

Until the engine comes, a source answers from an index of the database: what it finds begins with what was typed.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise

from gazetteer.search.query import Query

MOST_COUNTED = 1_000
"""Counting stops here: a number beyond it would cost time and tell nobody anything."""


@dataclass(frozen=True)
class Hit:
    """One thing found: where it is, what it is called, and what else a line in the results says of it."""

    kind: str
    title: str
    url: str
    about: str = ""
    when: datetime | None = None


class Source(ABC):
    """One kind of thing that can be found.

    `kind` is the word in addresses (`listing`, `article`, `category`, `place`), `label` its plural on screen, `order`
    its place among the kinds. Results of `matching()` are in the order shown and cost the same at any size of the site.
    """

    kind: ClassVar[str]
    label: ClassVar[str | Promise]
    order: ClassVar[int] = 50

    @abstractmethod
    def matching(self, query: Query) -> QuerySet[Any]:
        """What a visitor may see that matches; `.none()` where the query asks what this kind does not have."""

    @abstractmethod
    def hit(self, found: Any) -> Hit:
        """One of `matching()` as a line in the results, without a further query."""

    def count(self, query: Query) -> int:
        """How many match, at most `MOST_COUNTED` + 1."""
        return self.matching(query)[: MOST_COUNTED + 1].count()

    def hits(self, query: Query, start: int, stop: int) -> list[Hit]:
        return [self.hit(found) for found in self.matching(query)[start:stop]]


sources: dict[str, Source] = {}


def register(source: type[Source]) -> type[Source]:
    """Class decorator: this source answers from now on."""
    sources[source.kind] = source()
    return source


def in_order() -> list[Source]:
    return sorted(sources.values(), key=lambda source: (source.order, source.kind))


def chosen(query: Query) -> list[Source]:
    """Those that a query asks: one when it names a kind, else all."""
    return [source for source in in_order() if query.kind in ("", source.kind)]


def after(prefix: str) -> str:
    """The first text, byte by byte, that no longer begins with `prefix`: the end of an indexed range."""
    return prefix[:-1] + chr(min(ord(prefix[-1]) + 1, 0x10FFFF)) if prefix else ""
