"""Asking for every page of the site ahead of its visitors, in several processes.

Addresses come from the sitemaps' sources, and from the links on each page, so that what no sitemap names (archives,
places crossed with categories, feeds) is found as a visitor finds it. Addresses with a query are other views of the
same things; they are counted, not asked for.
"""

import io
import multiprocessing
import os
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connections

from gazetteer.edge import addresses, encodings
from gazetteer.edge.middleware import Edge
from gazetteer.edge.rendering import Environ
from gazetteer.edge.shared import shared

LINK = re.compile(rb'(?:href)="(/[^"#]*)')
CHUNK = 32
AGENT = "gazetteer"


@dataclass(frozen=True)
class Asked:
    """What one address gave. `links`: paths that its page leads to; `body` as it goes out without compression."""

    path: str
    status: int
    links: tuple[str, ...] = ()
    with_query: int = 0


Took = Callable[[str, str, bytes, bytes], None]
"""Told of each page: its path, its kind (`text/html; …`), its bytes plain and compressed by gzip."""


@dataclass
class Tally:
    pages: int = 0
    failed: list[str] = field(default_factory=list)
    with_query: int = 0


class Asker:
    """A visitor within this process, who takes every encoding of a page."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        site = urlsplit(settings.SITE_URL)
        self.base: Environ = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": site.netloc,
            "SERVER_NAME": site.hostname or "", "SERVER_PORT": str(site.port or 80), "wsgi.url_scheme": site.scheme,
            "HTTP_USER_AGENT": AGENT, "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True,
            "wsgi.run_once": False, "wsgi.errors": io.StringIO(),
        }  # fmt: skip
        if settings.SECURE_PROXY_SSL_HEADER is not None:
            self.base[settings.SECURE_PROXY_SSL_HEADER[0]] = site.scheme

    def get(self, path: str, encoding: str) -> tuple[int, dict[str, str], bytes]:
        started: list[Any] = []
        environ = self.base | {
            "PATH_INFO": unquote(path, encoding="latin-1"),
            "QUERY_STRING": "",
            "HTTP_ACCEPT_ENCODING": encoding,
            "wsgi.input": io.BytesIO(),
        }
        response = self.edge(environ, lambda status, headers, _error=None: started.extend((status, headers)))
        body = b"".join(response)
        if (close := getattr(response, "close", None)) is not None:
            close()
        self.edge.visits.waiting.clear()  # nobody visited
        return int(started[0][:3]), dict(started[1]), body


asker: Asker | None = None
took: Took | None = None


def begin(take: Took | None) -> None:
    """In each process of the pool, once."""
    from django.core.wsgi import get_wsgi_application

    global asker, took
    connections.close_all()
    asker, took = Asker(Edge(get_wsgi_application(), shared(), follow=False)), take


def ask(paths: list[str]) -> list[Asked]:
    return [ask_one(path) for path in paths]


def ask_one(path: str) -> Asked:
    assert asker is not None  # noqa: S101 (the pool has begun this process)
    status, headers, plain = asker.get(path, encodings.IDENTITY)
    if status != 200:
        return Asked(path, status)
    sent = {name: asker.get(path, name) for name in encodings.COMPRESS if name != encodings.IDENTITY}
    kind = headers.get("Content-Type", "")
    if took is not None:
        _status, about, body = sent["gzip"]
        took(path, kind, plain, body if "Content-Encoding" in about else encodings.COMPRESS["gzip"](body))
    links, with_query = links_of(plain) if kind.startswith("text/html") else ((), 0)
    return Asked(path, status, links, with_query)


def links_of(body: bytes) -> tuple[tuple[str, ...], int]:
    """Paths of the site's kept pages that the page leads to, and how many of its links have a query."""
    found = {unescape(link.decode("utf-8", "replace")) for link in LINK.findall(body)}
    plain = {link for link in found if "?" not in link and not link.startswith("//")}
    return tuple(sorted(link for link in plain if addresses.keeps(link))), len(found - plain)


def walk(first: Iterable[str], take: Took | None = None, processes: int = 0) -> Iterator[tuple[Asked, Tally]]:
    """Ask for every address and all that they lead to; after each, what it gave and how far we are."""
    tally, seen, waiting = Tally(), set[str](), deque[str]()
    source = iter(first)
    connections.close_all()  # the processes of the pool are forked, and open their own
    count = processes or os.cpu_count() or 1
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(count, mp_context=context, initializer=begin, initargs=(take,)) as pool:
        running: set[Future[list[Asked]]] = set()
        while True:
            while len(running) < 2 * count and (chunk := next_chunk(source, waiting, seen)):
                running.add(pool.submit(ask, chunk))
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for asked in (each for future in done for each in future.result()):
                note(asked, tally)
                waiting.extend(link for link in asked.links if link not in seen)
                yield asked, tally


def next_chunk(source: Iterator[str], waiting: "deque[str]", seen: set[str]) -> list[str]:
    """The next addresses that nobody has asked for yet: those of the sitemaps first."""
    chunk: list[str] = []
    while len(chunk) < CHUNK:
        path = next(source, None) or (waiting.popleft() if waiting else None)
        if path is None:
            break
        if path not in seen:
            seen.add(path)
            chunk.append(path)
    return chunk


def note(asked: Asked, tally: Tally) -> None:
    tally.pages += asked.status == 200
    tally.with_query += asked.with_query
    if asked.status >= 500:
        tally.failed.append(f"{asked.path} ({asked.status})")
