"""RSS 0.9x, 1.0 and 2.0, Atom, and what stands in them of Media RSS, Dublin Core and tombstones, by feedparser.

feedparser reads; ours is what it does not do: the items as they came, for keeping, and withdrawals (RFC 6721).
"""

import io
import re
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urljoin

import feedparser

from gazetteer.news.wire.formats import Format, NotReadable, Received, values
from gazetteer.news.wire.item import CANCELLED, WireDocument, WireItem, WirePicture

START = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF|channel)\b", re.I)
ITEMS = re.compile(r"<(?P<tag>(?:\w+:)?(?:item|entry))(?=[\s>])[^>]*>.*?</(?P=tag)\s*>", re.S)
TOMBSTONE = re.compile(r"<(?:\w+:)?deleted-entry\b(?P<attributes>[^>]{0,2000})>", re.S)
ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']{0,1000})["']""")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.S)
ATOM, TOMBSTONES = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
LARGEST_ENVELOPE = 16_000
PERIODS = {"hourly": 60, "daily": 24 * 60, "weekly": 7 * 24 * 60, "monthly": 30 * 24 * 60, "yearly": 365 * 24 * 60}
LONGEST_PAUSE = 7 * 24 * 60
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")


def fits(received: Received) -> bool:
    return bool(START.search(received.data[:8_000].replace(b"\x00", b"")))


def read(received: Received) -> WireDocument:
    headers = {"content-location": received.address, "content-type": content_type(received)}
    result = feedparser.parse(
        io.BytesIO(received.data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not result.version and not result.entries and not result.feed:
        raise NotReadable(f"This is no feed: {values.line(result.get('bozo_exception'), 200) or 'nothing is in it'}.")
    text = decoded(received.data, result.get("encoding") or "utf-8")
    found = about(result.feed, received)
    pieces = sliced(text, len(result.entries))
    for number, entry in enumerate(result.entries[: values.MOST_ITEMS]):
        item = item_of(entry, found, received)
        item.raw = pieces[number] if pieces else b""
        found.items.append(item)
    found.items += tombstones(text, received.address)
    if result.bozo and result.get("bozo_exception"):
        found.problems.append(f"The feed is not well made: {values.line(str(result.bozo_exception), 200)}")
    return found


def content_type(received: Received) -> str:
    kind = received.content_type or "application/xml"
    return f"{kind}; charset={received.charset}" if received.charset else kind


def decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def sliced(text: str, count: int) -> list[bytes]:
    """For each item a document that has only it; none where the text does not fall into as many pieces as items."""
    spans = [found.span() for found in ITEMS.finditer(text)]
    if not spans or len(spans) != count:
        return []
    head = DECLARATION.sub("", text[: spans[0][0]])
    tail = text[spans[-1][1] :]
    if len(head) + len(tail) > LARGEST_ENVELOPE:
        return []
    head = '<?xml version="1.0" encoding="utf-8"?>\n' + head.lstrip("\ufeff")
    return [f"{head}{text[start:end]}{tail}".encode("utf-8", "replace") for start, end in spans]


def tombstones(text: str, base: str) -> list[WireItem]:
    """What an Atom feed says was withdrawn (RFC 6721); relative ids made whole, as feedparser does with entries."""
    found = []
    for mark in TOMBSTONE.finditer(text):
        attributes = dict(ATTRIBUTE.findall(mark["attributes"]))
        ref = values.plain(attributes.get("ref"), 1_000)
        guid = urljoin(base, ref) if ref and ":" not in ref else ref
        if guid:
            when = values.moment(attributes.get("when"))
            found.append(WireItem(guid=guid, status=CANCELLED, updated_at=when, raw=tombstone(attributes)))
    return found[: values.MOST_ITEMS]


def tombstone(attributes: dict[str, str]) -> bytes:
    """A feed with nothing in it but this withdrawal."""
    ref, when = (escape(attributes.get(name, "")) for name in ("ref", "when"))
    return f'<feed xmlns="{ATOM}" xmlns:at="{TOMBSTONES}"><at:deleted-entry ref="{ref}" when="{when}"/></feed>'.encode()


def about(feed: Any, received: Received) -> WireDocument:
    base = received.address
    home = values.address(feed.get("link"), base)
    image = feed.get("image") if isinstance(feed.get("image"), dict) else {}
    logo = image.get("href") or image.get("url") or feed.get("logo") or feed.get("icon")
    return WireDocument(
        title=values.plain(feed.get("title")),
        home=home,
        language=values.line(feed.get("language"), 20),
        logo=values.address(logo, home or base),
        pause=pause(feed),
        next_page=next(
            (values.address(link.get("href"), base) for link in links(feed) if link.get("rel") == "next"), ""
        ),
    )


def next_page(feed: Any, base: str) -> str:
    found = [each.get("href") for each in links(feed) if each.get("rel") == "next"]
    return values.address(found[0], base) if found else ""


def pause(feed: Any) -> int:
    """Minutes that the feed asks to be left alone: RSS `ttl`, or `sy:updatePeriod` over `sy:updateFrequency`."""
    asked = values.whole(feed.get("ttl"))
    period = PERIODS.get(values.line(feed.get("sy_updateperiod")).lower(), 0)
    if not asked and period:
        asked = period // max(1, values.whole(feed.get("sy_updatefrequency")))
    return min(asked, LONGEST_PAUSE)


def links(entry: Any) -> list[Any]:
    return list(values.dicts(entry.get("links")))


def item_of(entry: Any, found: WireDocument, received: Received) -> WireItem:
    html, base = content(entry)
    link = values.address(entry.get("link"), base or found.home or received.address)
    base = values.address(base, received.address) or link or found.home or received.address
    updated = moment_of(entry, "updated")
    source = entry.get("source") if isinstance(entry.get("source"), dict) else {}
    via = next((each.get("href") for each in links(entry) if each.get("rel") == "via"), "")
    return WireItem(
        guid=values.line(entry.get("id"), 1_000),
        link=link,
        title=values.plain(entry.get("title")),
        html=html,
        summary=summary(entry, html),
        language=language(entry) or found.language,
        authors=authors(entry),
        published_at=moment_of(entry, "published") or moment_of(entry, "created") or updated,
        updated_at=updated,
        expires_at=moment_of(entry, "expired"),
        tags=values.names(entry.get("tags"), "term"),
        pictures=pictures(entry, base),
        copyright=values.plain(entry.get("rights") or entry.get("media_copyright"), 500),
        licence=licence(entry),
        source_name=values.plain(source.get("title"), 150),
        source_url=values.address(source.get("href") or source.get("link") or via, base),
        base=base,
    )


def content(entry: Any) -> tuple[str, str]:
    """The longest text of the entry as HTML, and what its relative links are relative to."""
    best, base = "", ""
    for each in values.dicts(entry.get("content")):
        text = values.body(each.get("value"))
        if len(text) > len(best) and values.line(each.get("type")) in TEXTS:
            best, base = as_html(text, each.get("type")), values.line(each.get("base"))
    if not best:
        detail = entry.get("summary_detail") if isinstance(entry.get("summary_detail"), dict) else {}
        best, base = as_html(values.body(entry.get("summary")), detail.get("type")), values.line(detail.get("base"))
    return best, base


TEXTS = frozenset({"", "text/plain", "text/html", "application/xhtml+xml", "html", "xhtml", "text"})


def as_html(text: str, kind: Any) -> str:
    """Text that says it is plain stays so, also if it has angle brackets in it."""
    from gazetteer.web.html import is_html, text_to_html

    return text_to_html(text) if kind == "text/plain" and not is_html(text) else text


def summary(entry: Any, html: str) -> str:
    text = values.body(entry.get("summary"))
    return "" if text == html else text


def language(entry: Any) -> str:
    for name in ("title_detail", "summary_detail"):
        detail = entry.get(name)
        if isinstance(detail, dict) and detail.get("language"):
            return values.line(detail["language"], 20)
    return values.line(entry.get("language"), 20)


def authors(entry: Any) -> list[str]:
    found = values.names(entry.get("authors"))
    return [name for name in (found or values.names([entry.get("author")])) if "@" not in name]


def moment_of(entry: Any, name: str) -> datetime | None:
    """By feedparser, else by what else can be read as a date line; feeds without a zone mean UTC."""
    if name not in entry and f"{name}_parsed" not in entry:
        return None
    parts = entry.get(f"{name}_parsed")
    if parts:
        try:
            return values.in_utc(datetime(*parts[:6]).replace(tzinfo=UTC))
        except (ValueError, TypeError, OverflowError):
            return None
    return values.moment(entry.get(name))


def licence(entry: Any) -> str:
    media = entry.get("media_license") if isinstance(entry.get("media_license"), dict) else {}
    linked = next((each.get("href") for each in links(entry) if each.get("rel") == "license"), "")
    return values.line(linked or entry.get("license") or media.get("href"), 120)


def pictures(entry: Any, base: str) -> list[WirePicture]:
    """Of Media RSS, enclosures and `image`, each address once; thumbnails only where there is nothing larger."""
    caption = values.plain(entry.get("media_description") or entry.get("media_title"))
    credit = credits(entry)
    found: dict[str, WirePicture] = {}
    for each in [*values.dicts(entry.get("media_content")), *enclosures(entry)]:
        add(found, each, base, caption, credit)
    for name in ("image", "media_thumbnail"):
        value = entry.get(name)
        for each in [value] if isinstance(value, dict) else list(values.dicts(value)):
            if not found:
                add(found, {**each, "medium": "image"}, base, caption, credit)
    return list(found.values())


def credits(entry: Any) -> str:
    given = entry.get("media_credit")
    names = [values.plain(each.get("content"), 150) for each in values.dicts(given)]
    return ", ".join(dict.fromkeys(name for name in names if name))[:255] or values.plain(entry.get("credit"), 255)


def enclosures(entry: Any) -> list[Any]:
    return [each for each in links(entry) if each.get("rel") == "enclosure"]


def add(found: dict[str, WirePicture], each: Any, base: str, caption: str, credit: str) -> None:
    url = values.address(each.get("url") or each.get("href"), base)
    kind, medium = values.line(each.get("type")).lower(), values.line(each.get("medium")).lower()
    is_picture = kind.startswith("image/") or medium == "image"
    looks_so = not kind and not medium and url.partition("?")[0].lower().endswith(PICTURE_ENDINGS)
    if url and (is_picture or looks_so):
        width, height = (values.whole(each.get(name), 100_000) for name in ("width", "height"))
        found.setdefault(url, WirePicture(url, caption, credit, width=width, height=height))


FORMAT = Format("feed", "RSS or Atom", fits, read)
