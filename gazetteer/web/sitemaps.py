"""Sitemaps (sitemaps.org): subjects register what they have, in parts by primary key.

A part is a fixed range of primary keys, so it costs the same whether the table has a thousand rows or a million, its
address never means something else tomorrow, and it is written row by row while it is sent. Ranges without a row are
left out of the index.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from django.db.models import QuerySet

from gazetteer.web.formats import iso

MOST = 50_000
"""Addresses that one part may hold (https://www.sitemaps.org/protocol.html)."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
TOGETHER = 500
"""Rows read from the database, and sent, at once."""


@dataclass(frozen=True)
class Entry:
    """One page: its root-relative address in the site's first language, and when it last changed."""

    path: str
    changed: date | datetime | None = None


@dataclass(frozen=True)
class Source:
    """The pages of one kind: the rows that search engines may know of, and the entry of each.

    `columns` are what `entry` is called with; without any, it is called with the object. At hundreds of thousands of
    rows making objects, and `reverse()` for each, would take four fifths of the time.
    """

    name: str
    rows: Callable[[], "QuerySet[Any]"]
    entry: Callable[..., Entry]
    columns: tuple[str, ...] = ()


sources: dict[str, Source] = {}


def register(name: str, rows: Callable[[], "QuerySet[Any]"], entry: Callable[..., Entry], *columns: str) -> None:
    """Called in an app's `ready()`; a second source of the same name takes the place of the first."""
    sources[name] = Source(name, rows, entry, columns)


def size_of_part(languages: Sequence[str]) -> int:
    """Rows in one part. Each row is one address in each language, which names all the others: n × n lines."""
    return max(1, MOST // len(languages) ** 2)


def parts(source: Source, size: int) -> Iterator[int]:
    """Numbers of the parts that have a row; one short read of the primary key's index for each."""
    rows = source.rows().order_by("pk").values_list("pk", flat=True)
    start = 0
    while (pk := rows.filter(pk__gte=start).first()) is not None:
        yield pk // size
        start = (pk // size + 1) * size


def entries(source: Source, part: int, size: int) -> Iterator[Entry]:
    rows = source.rows().filter(pk__gte=part * size, pk__lt=(part + 1) * size).order_by("pk")
    if source.columns:
        return (source.entry(*row) for row in rows.values_list(*source.columns).iterator(chunk_size=TOGETHER))
    return (source.entry(row) for row in rows.iterator(chunk_size=TOGETHER))


def index(addresses: Iterable[str]) -> Iterator[str]:
    yield f"{HEAD}<sitemapindex {NAMESPACE}>\n"
    for address in addresses:
        yield f"<sitemap><loc>{escape(address)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def urlset(found: Iterable[Entry], site: str, languages: Sequence[str]) -> Iterator[str]:
    """The entries in each of the languages, the first of which has no prefix."""
    alternates = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if len(languages) > 1 else ""
    yield f"{HEAD}<urlset {NAMESPACE}{alternates}>\n"
    for entry in found:
        yield "".join(lines(entry, site, languages))
    yield "</urlset>\n"


def lines(entry: Entry, site: str, languages: Sequence[str]) -> Iterator[str]:
    addresses = {
        code: escape(f"{site}/{code}{entry.path}" if number else f"{site}{entry.path}", {'"': "&quot;"})
        for number, code in enumerate(languages)
    }
    changed = f"<lastmod>{iso(entry.changed)}</lastmod>" if entry.changed else ""
    others = ""
    if len(languages) > 1:
        links = [*addresses.items(), ("x-default", addresses[languages[0]])]
        others = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{url}"/>' for code, url in links)
    for url in addresses.values():
        yield f"<url><loc>{url}</loc>{changed}{others}</url>\n"


def together(pieces: Iterable[str], number: int = TOGETHER) -> Iterator[bytes]:
    """The pieces in portions, so that a long part is not sent line by line."""
    waiting: list[str] = []
    for piece in pieces:
        waiting.append(piece)
        if len(waiting) >= number:
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()
