"""Asking Django for a page, and noting what it read."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gazetteer.changes import notes
from gazetteer.edge.entries import NEVER, Headers, Page
from gazetteer.web.parts import FROM_EDGE

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# A kept page is the same for everybody, so Django is not told what differs between visitors and is not in the address.
SENT_ON = frozenset(
    ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT")
)
FORM = b"csrfmiddlewaretoken"


@dataclass
class Rendering:
    """An answer of Django's, complete, and what it read. `page`: as it could be kept; None where it may not be."""

    status: str
    headers: Headers
    body: bytes
    noted: notes.Notes
    stream: Iterable[bytes] | None = None
    """The answer itself where it comes piece by piece; then it is neither complete nor kept."""

    def page(self, address: str) -> Page | None:
        if self.why_not_kept():
            return None
        return self.as_page(address)

    def as_page(self, address: str) -> Page:
        return Page(
            address=address,
            body=self.body,
            headers=[(name, value) for name, value in self.headers if name != "Content-Length"],
            keys=frozenset(self.noted.keys),
            parts=tuple(self.noted.parts),
            fresh_until=self.noted.fresh_until or NEVER,
            shows=frozenset(self.noted.shows),
        )

    def why_not_kept(self) -> str:
        """In a few words; empty where nothing is against keeping it."""
        if not self.status.startswith("200"):
            return f"it answers {self.status[:3]}"
        if self.stream is not None:
            return "it comes piece by piece"
        if self.noted.unkept:
            return self.noted.unkept
        if self.header("Set-Cookie"):
            return "it sets a cookie"
        if "private" in self.header("Cache-Control") or "no-store" in self.header("Cache-Control"):
            return "it is private"
        if FORM in self.body:
            return "it has a form for one visitor"
        return ""

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def request_for(environ: Environ, path: str, query: str, part: bool = False) -> Environ:
    """A plain GET by nobody in particular, made from a visitor's request."""
    made = {name: value for name, value in environ.items() if not name.startswith("HTTP_") or name in SENT_ON}
    made.update(
        {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_LENGTH": "", "CONTENT_TYPE": ""}
    )
    made["wsgi.input"] = io.BytesIO()
    if part:
        made[FROM_EDGE] = True
    return made


def render(application: Application, environ: Environ) -> Rendering:
    """One answer of the application, with what was read for it."""
    started: list[Any] = []

    def start_response(status: str, headers: Headers, _error: object = None) -> Callable[[bytes], None]:
        started[:] = [status, headers]
        return refuse_write

    with notes.recording() as noted:
        response = application(environ, start_response)
        if getattr(response, "streaming", False) or not started:
            status, headers = started or ("500 Internal Server Error", [])
            return Rendering(status, headers, b"", noted, stream=response)
        try:
            body = b"".join(response)
        finally:
            close(response)
    return Rendering(started[0], started[1], body, noted)


def refuse_write(_data: bytes) -> None:
    """PEP 3333's old way of sending, which Django does not use."""
    raise NotImplementedError("Only what the application returns is sent.")


def close(response: Iterable[bytes]) -> None:
    if (end := getattr(response, "close", None)) is not None:
        end()
