"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from typing import Any

from gazetteer.news.wire.formats import Format, NotReadable, Received, values
from gazetteer.news.wire.item import WireDocument, WireItem, WirePicture


def fits(received: Received) -> bool:
    return values.looks_like_json(received) and b"jsonfeed.org/version" in received.data[:4_000]


def read(received: Received) -> WireDocument:
    feed = values.parsed(received)
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotReadable("A JSON Feed must have a list of items.")
    found = WireDocument(
        title=values.plain(feed.get("title")),
        home=values.address(feed.get("home_page_url"), received.address),
        language=values.line(feed.get("language"), 20),
        logo=values.address(feed.get("icon") or feed.get("favicon"), received.address),
        next_page=values.address(feed.get("next_url"), received.address),
    )
    found.items = [item_of(each, feed, found, received) for each in values.dicts(feed["items"][: values.MOST_ITEMS])]
    odd = len(feed["items"]) - len(found.items)
    found.problems += [f"{odd} items are none, or beyond the first {values.MOST_ITEMS}."] if odd else []
    return found


def item_of(each: dict[str, Any], feed: dict[str, Any], found: WireDocument, received: Received) -> WireItem:
    base = values.address(each.get("url"), received.address) or found.home or received.address
    authors = each.get("authors") or ([each["author"]] if isinstance(each.get("author"), dict) else None)
    return WireItem(
        guid=values.line(each.get("id"), 1_000),
        link=values.address(each.get("url"), received.address),
        source_url=values.address(each.get("external_url"), received.address),
        title=values.plain(each.get("title")),
        html=values.body(each.get("content_html")),
        text=values.body(each.get("content_text")),
        summary=values.body(each.get("summary")),
        language=values.line(each.get("language"), 20) or found.language,
        authors=values.names(authors or feed.get("authors")),
        published_at=values.moment(each.get("date_published")),
        updated_at=values.moment(each.get("date_modified")),
        tags=values.names(each.get("tags")),
        pictures=pictures(each, base),
        base=base,
        raw=values.one_item(feed, "items", each),
    )


def pictures(each: dict[str, Any], base: str) -> list[WirePicture]:
    found = [values.address(each.get("image"), base) or values.address(each.get("banner_image"), base)]
    for attached in values.dicts(each.get("attachments")):
        if values.line(attached.get("mime_type")).startswith("image/"):
            found.append(values.address(attached.get("url"), base))
    return [WirePicture(url=url) for url in dict.fromkeys(found) if url]


FORMAT = Format("jsonfeed", "JSON Feed", fits, read)
