"""Feeds of anything, as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org); subjects hand in plain items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

FORMATS = ("rss", "atom", "json")
CONTENT_TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}
MEDIA = "http://search.yahoo.com/mrss/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class Rss(Rss201rev2Feed):
    """RSS 2.0 with the picture of an item as Media RSS has it (https://www.rssboard.org/media-rss)."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:media": MEDIA}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["picture"]:
            handler.addQuickElement("media:content", attrs={"url": item["picture"], "medium": "image"})


class Atom(Atom1Feed):
    """Atom with deleted entries (https://www.rfc-editor.org/rfc/rfc6721)."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def write_items(self, handler: Any) -> None:
        for gone in self.feed["gone"]:
            handler.startElement("at:deleted-entry", {"ref": gone.id, "when": rfc3339_date(gone.at)})
            if gone.words:
                handler.addQuickElement("at:comment", gone.words)
            handler.endElement("at:deleted-entry")
        super().write_items(handler)


WRITERS: dict[str, type[SyndicationFeed]] = {"rss": Rss, "atom": Atom}


@dataclass(frozen=True)
class Item:
    """One thing in a feed. `url` and `picture` are root-relative; `html` is clean; `id` never changes."""

    id: str
    title: str
    url: str
    published: datetime
    summary: str = ""
    html: str = ""
    updated: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    picture: str = ""


@dataclass(frozen=True)
class Gone:
    """An item that was in the feed and no longer may be. `words`: what its readers are told, perhaps nothing.

    Atom has deleted entries for it (RFC 6721). RSS and JSON Feed have nothing, so that by custom the item comes once
    more under its old id, with the notice in place of its text; without words it is only left out there.
    """

    id: str
    title: str
    url: str
    at: datetime
    words: str = ""


@dataclass(frozen=True)
class Feed:
    """A titled list of items; `url` is the page that it follows, root-relative."""

    title: str
    url: str
    items: Iterable[Item] = field(default_factory=tuple)
    description: str = ""
    gone: Sequence[Gone] = ()


def respond(request: HttpRequest, feed: Feed, format: str) -> HttpResponse:
    """The feed in the format that stands in its address; 404 for another."""
    if format == "json":
        response: HttpResponse = JsonResponse(as_json(request, feed), json_dumps_params={"ensure_ascii": False})
        response.headers["Content-Type"] = "application/feed+json; charset=utf-8"
        return response
    if format not in WRITERS:
        raise Http404
    writer = as_xml(request, feed, WRITERS[format])
    response = HttpResponse(content_type=CONTENT_TYPES[format])
    writer.write(response, "utf-8")
    return response


def as_xml(request: HttpRequest, feed: Feed, writer_class: type[SyndicationFeed]) -> SyndicationFeed:
    writer = writer_class(
        title=feed.title,
        link=request.build_absolute_uri(feed.url),
        description=feed.description or feed.title,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        gone=feed.gone if writer_class is Atom else (),
    )
    for item in [*(notices(feed) if writer_class is not Atom else ()), *feed.items]:
        writer.add_item(
            title=item.title,
            link=request.build_absolute_uri(item.url),
            description=item.html or item.summary,
            unique_id=item.id,
            unique_id_is_permalink=False,
            pubdate=item.published,
            updateddate=item.updated or item.published,
            author_name=", ".join(item.authors) or None,
            categories=item.tags,
            picture=request.build_absolute_uri(item.picture) if item.picture else "",
        )
    return writer


def as_json(request: HttpRequest, feed: Feed) -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": request.build_absolute_uri(feed.url),
        "feed_url": request.build_absolute_uri(),
        "language": get_language(),
        "items": [json_item(request, item) for item in [*notices(feed), *feed.items]],
    }


def notices(feed: Feed) -> list[Item]:
    """What went, as items of their old ids that say so."""
    return [
        Item(each.id, _("Withdrawn: %(title)s") % {"title": each.title}, each.url, each.at, each.words, updated=each.at)
        for each in feed.gone
        if each.words
    ]


def json_item(request: HttpRequest, item: Item) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": item.id,
        "url": request.build_absolute_uri(item.url),
        "title": item.title,
        "summary": item.summary,
        "date_published": item.published.isoformat(),
        "authors": [{"name": name} for name in item.authors],
        "tags": list(item.tags),
        "image": request.build_absolute_uri(item.picture) if item.picture else "",
    }
    shown["content_html" if item.html else "content_text"] = item.html or item.summary
    if item.updated:
        shown["date_modified"] = item.updated.isoformat()
    return {name: value for name, value in shown.items() if value}
