"""In front of Django: a hit is answered from the store, a miss is rendered once and kept.

Whatever goes wrong with the store, the page comes from Django: slower, never wrong.
"""

import logging
import os
import threading
import time
from collections.abc import Iterable

from django.conf import settings

from gazetteer.changes.notes import Part
from gazetteer.edge import addresses, answers, encodings
from gazetteer.edge.entries import Copy, Headers, Page, address_key
from gazetteer.edge.following import Follower, Reporter, catch_up_now
from gazetteer.edge.rendering import Application, Environ, Rendering, StartResponse, render, request_for
from gazetteer.edge.shared import TROUBLE, Shared
from gazetteer.edge.store import LEASE_SECONDS, owner
from gazetteer.edge.visits import Visits

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_ASKS = 0.005
SECONDS_UNKEPT = 30.0
MOST_UNKEPT = 10_000
SAFE = frozenset(("GET", "HEAD"))
OK = "200 OK"


class Unkept:
    """Addresses whose pages could lately not be kept: nobody waits there for what another renders."""

    def __init__(self) -> None:
        self.until: dict[str, float] = {}

    def has(self, address: str) -> bool:
        return self.until.get(address, 0.0) > time.monotonic()

    def add(self, address: str) -> None:
        if len(self.until) >= MOST_UNKEPT:
            self.until.clear()
        self.until[address] = time.monotonic() + SECONDS_UNKEPT


class Edge:
    """The WSGI application that a server runs; `application` is Django's."""

    def __init__(self, application: Application, shared: Shared, follow: bool = True) -> None:
        self.application, self.shared, self.follow = application, shared, follow
        self.visits = Visits()
        self.unkept = Unkept()
        self.pid = 0
        self.lock = threading.Lock()
        self.proxy_header = settings.SECURE_PROXY_SSL_HEADER
        self.personal = (f"{settings.SESSION_COOKIE_NAME}=", "messages=")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if self.pid != os.getpid():
            self.begin_here()
        path: str = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in SAFE or not addresses.keeps(path) or self.is_personal(environ):
            return self.pass_on(environ, start_response)
        host = environ.get("HTTP_HOST", "")
        if not addresses.is_ours(host):
            return self.application(environ, start_response)
        address = addresses.address(self.scheme(environ), host, path, environ.get("QUERY_STRING", ""))
        if len(address) > addresses.LONGEST:
            return self.application(environ, start_response)
        return self.answer(environ, start_response, address)

    def begin_here(self) -> None:
        """Once in each server process: its own thread that follows the log."""
        with self.lock:
            if self.pid == os.getpid():
                return
            if self.follow:
                catch_up_now(self.shared)  # nobody may have looked since the last server ended
                Follower(self.shared).start()
                Reporter(self.shared, self.visits).start()
            self.pid = os.getpid()

    def is_personal(self, environ: Environ) -> bool:
        """Whether the request is of somebody signed in, or who is to be told something."""
        if "HTTP_AUTHORIZATION" in environ:
            return True
        cookies = environ.get("HTTP_COOKIE")
        return cookies is not None and any(name in cookies for name in self.personal)

    def scheme(self, environ: Environ) -> str:
        if self.proxy_header is not None:
            name, secure = self.proxy_header
            return "https" if environ.get(name, "").split(",")[0].strip() == secure else environ["wsgi.url_scheme"]
        return str(environ["wsgi.url_scheme"])

    def pass_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Django's own answer. One that may have written is sent when the pages it changed are dropped."""
        response = self.application(environ, start_response)
        if environ["REQUEST_METHOD"] not in SAFE:
            catch_up_now(self.shared)
        return response

    # Hits

    def answer(self, environ: Environ, start_response: StartResponse, address: str) -> Iterable[bytes]:
        encoding = encodings.chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = address_key(address)
        copy = self.kept(key, encoding)
        if copy is None:
            found = self.miss(environ, address, encoding)
            if isinstance(found, Rendering):
                if found.status.startswith("404") and environ.get("QUERY_STRING"):
                    return self.pass_on(environ, start_response)  # an old address may be known by its whole query
                if found.status == OK:
                    self.count(environ, key, found.headers)
                return self.as_rendered(environ, start_response, found)
            copy = found
        self.count(environ, key, copy.headers)
        return self.send(environ, start_response, copy)

    def count(self, environ: Environ, key: bytes, headers: Headers) -> None:
        self.visits.note(environ["PATH_INFO"], environ.get("HTTP_USER_AGENT", ""), key, headers)

    def kept(self, key: bytes, encoding: str) -> Copy | None:
        """What the store has for this address. Written out, for it is the whole of a hit: no closure is made."""
        store = self.shared.store()
        if store is None:
            return None
        try:
            return store.copy(key, encoding, time.time())
        except TROUBLE as error:
            return self.shared.failed(error, None)

    def send(self, environ: Environ, start_response: StartResponse, copy: Copy) -> Iterable[bytes]:
        condition = environ.get("HTTP_IF_NONE_MATCH")
        if condition is not None and answers.is_had(copy.etag, condition):
            start_response("304 Not Modified", answers.not_modified(copy.all_headers()))
            return []
        start_response(OK, copy.all_headers())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [copy.body]

    def as_rendered(self, environ: Environ, start_response: StartResponse, found: Rendering) -> Iterable[bytes]:
        start_response(found.status, found.headers)
        if found.stream is not None:
            return found.stream
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [found.body]

    # Misses

    def miss(self, environ: Environ, address: str, encoding: str) -> Copy | Rendering:
        """What goes out, kept where it may be; Django's answer as it is where it is no page."""
        path, query = environ["PATH_INFO"], addresses.tidy_query(environ.get("QUERY_STRING", ""))
        found = self.obtain(request_for(environ, path, query), address)
        if isinstance(found, Rendering):
            if found.stream is None and found.noted.parts:
                body, _parts, _whole = self.put_together(environ, found.as_page(address))
                found.body = body
                found.headers = [
                    (name, str(len(body)) if name.lower() == "content-length" else value)
                    for name, value in found.headers
                ]
            return found
        body, parts, is_whole = self.put_together(environ, found)
        copy = answers.copy_of(found, body, encoding, parts)
        if is_whole:
            self.shared.using(lambda store: store.keep_copy(address, encoding, copy, found), None)
        return copy

    def obtain(self, request: Environ, address: str) -> Page | Rendering:
        """The page from the store, or rendered by whoever takes the lease first; the others wait for it."""
        if self.unkept.has(address):
            return self.render(request, address)
        mine = owner()
        end = time.monotonic() + LEASE_SECONDS
        while time.monotonic() < end:
            page = self.shared.using(lambda store: store.page(address, time.time()), None)
            if page is not None:
                return page
            if self.shared.using(lambda store: store.lease(address, mine, time.time()), True):
                break
            self.wait_for(address, end)
        try:
            # Whoever had the lease before us may have kept the page since we looked.
            page = self.shared.using(lambda store: store.page(address, time.time()), None)
            return page if page is not None else self.render(request, address)
        finally:
            self.shared.using(lambda store: store.end_lease(address, mine), None)

    def wait_for(self, address: str, end: float) -> None:
        while time.monotonic() < end:
            time.sleep(SECONDS_BETWEEN_ASKS)
            if not self.shared.using(lambda store: store.is_leased(address, time.time()), False):
                return

    def render(self, request: Environ, address: str) -> Page | Rendering:
        # Before the first query: what is written from now on is found to have been written since.
        since = self.shared.using(lambda store: store.state().counter, -1)
        rendering = render(self.application, request)
        page = rendering.page(address)
        if page is None or since < 0:
            logger.debug("%s is not kept: %s.", address, rendering.why_not_kept() or "there is no store")
            self.unkept.add(address)
            return rendering
        self.shared.using(lambda store: store.keep(page, since), False)
        return page

    # Parts

    def put_together(self, environ: Environ, page: Page) -> tuple[bytes, list[tuple[bytes, bytes]], bool]:
        """The page's bytes with its parts in; key and digest of each part; whether all of them could be had."""
        body, used, is_whole = page.body, list[tuple[bytes, bytes]](), True
        for number, part in enumerate(page.parts):
            found = self.part_pages(environ, page.address, part)
            is_whole = is_whole and all(isinstance(each, Page) for each in found)
            used += [(address_key(each.address), each.digest) for each in found if isinstance(each, Page)]
            body = body.replace(f"\0{number}\0".encode(), found[-1].body if found else b"")
        return body, used, is_whole

    def part_pages(self, environ: Environ, address: str, part: Part) -> list[Page | Rendering]:
        """The part; and behind it the one to show in its stead, where it would repeat what the page shows."""
        first = self.part_page(environ, address, part.address)
        if part.unless and isinstance(first, Page) and part.unless in first.shows:
            return [first, self.part_page(environ, address, part.instead)]
        return [first]

    def part_page(self, environ: Environ, address: str, part: str) -> Page | Rendering:
        origin = "/".join(address.split("/", 3)[:3])
        path, _mark, query = part.partition("?")
        wsgi_path = path.encode().decode("latin-1")
        found = self.obtain(request_for(environ, wsgi_path, query, part=True), f"{origin}{part}")
        if isinstance(found, Rendering) and not found.status.startswith("200"):
            found.body = b""  # an error page is no part; Django has logged what happened
        return found
