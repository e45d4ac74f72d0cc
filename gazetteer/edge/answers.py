"""From a page to what goes out: its headers, a tag of its bytes, 304 where the visitor has it already (RFC 9110)."""

from collections.abc import Iterable

from django.conf import settings

from gazetteer.edge.encodings import COMPRESS, IDENTITY
from gazetteer.edge.entries import Copy, Headers, Page, digest

MOST_TAGS = 8_000
"""Characters of the header with a page's keys; delivery networks refuse much longer ones."""
IN_304 = frozenset(("cache-control", "content-location", "date", "etag", "expires", "vary"))


def copy_of(page: Page, body: bytes, encoding: str, parts: Iterable[tuple[bytes, bytes]] = ()) -> Copy:
    """The page with its parts in, as it goes out in one encoding."""
    tag = f'"{digest(body).hex()[:20]}-{encoding}"'
    sent = COMPRESS[encoding](body)
    headers = [(name, value) for name, value in page.headers if name.lower() not in {"vary", "etag", "cache-control"}]
    headers += [("Vary", vary(page.headers)), ("Cache-Control", cache_control())]
    if encoding != IDENTITY:
        headers.append(("Content-Encoding", encoding))
    if name := settings.SAVED_PAGES_TAGS:
        headers.append((name, tags(page.keys)))
    return Copy(tag, headers, sent, tuple(parts), page.fresh_until)


def vary(headers: Headers) -> str:
    """What a page's answer depends on. Not on cookies: whoever sends one that counts is never given a kept page."""
    named = [each.strip() for name, value in headers if name.lower() == "vary" for each in value.split(",")]
    return ", ".join(sorted({*named, "Accept-Encoding"} - {"Cookie", "Accept-Language", "origin"}))


def cache_control() -> str:
    """A browser asks each time whether its copy is still right; a delivery network may hold it when it is told so."""
    held = f", s-maxage={settings.CDN_SECONDS}" if settings.CDN_SECONDS else ""
    return f"public, max-age=0{held}, must-revalidate"


def tags(keys: Iterable[str]) -> str:
    """The keys as words; those for which there is no room are left out, the shortest stay."""
    text = ""
    for key in sorted((key.replace(" ", "_") for key in keys), key=lambda key: (len(key), key)):
        if len(text) + len(key) + 1 > MOST_TAGS or not key.isascii():
            continue
        text += f" {key}" if text else key
    return text


def is_had(tag: str, condition: str) -> bool:
    """Whether `If-None-Match` names the tag; weakly compared, as it asks (RFC 9110, 13.1.2)."""
    return condition.strip() == "*" or tag in [each.strip().removeprefix("W/") for each in condition.split(",")]


def not_modified(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() in IN_304]
