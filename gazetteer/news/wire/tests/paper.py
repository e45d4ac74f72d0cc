"""Another newspaper on loopback, for the wire to ask: routes that a test sets, and a list of what was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from gazetteer.news.wire.http import Client
from gazetteer.news.wire.manners import Manners
from gazetteer.news.wire.models import Source
from gazetteer.news.wire.run import Tools

Answering = Callable[["Handler"], None]


@dataclass
class Paper:
    port: int
    pages: dict[str, Answering] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/feed") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def says(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> None:
        """What it answers there from now on; underscores in names of headers are hyphens."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda handler: handler.answer(status, data, headers)


class Handler(BaseHTTPRequestHandler):
    paper: Paper

    def do_GET(self) -> None:
        self.paper.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        page = self.paper.pages.get(self.path)
        if page is None:
            self.answer(404, b"", {})
        else:
            page(self)

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        return


@contextmanager
def printing() -> Iterator[Paper]:
    """A paper that answers while the block runs."""
    handler: Any = type("PaperHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    paper = Paper(server.server_address[1])
    handler.paper = paper
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield paper
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def tools() -> Tools:
    """Manners without a pause: the paper is ours."""
    return Tools(Client(Manners(gap=0)))


def rss(*items: str, head: str = "") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>The Fisk Courier</title><link>https://fisk.example/</link>{head}{''.join(items)}</channel></rss>"
    )


def item(number: int, title: str = "", text: str = "", **more: str) -> str:
    """One item; `more` are elements, such as `pubDate`."""
    extra = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    text = text or f"The council of Fisk met for the {number}th time. It spoke about roads."
    return (
        f"<item><guid isPermaLink='false'>fisk-{number}</guid><link>https://fisk.example/{number}</link>"
        f"<title>{title or f'Council meets, part {number}'}</title><description>{text}</description>{extra}</item>"
    )


def make_source(address: str, name: str = "The Fisk Courier", **values: Any) -> Source:
    return Source.objects.create(name=name, address=address, **values)
