"""Posts as WordPress's own interface gives them (`/wp-json/wp/v2/posts?_embed=1`)."""

import json
from typing import Any

from gazetteer.news.wire.formats import Format, NotReadable, Received, values
from gazetteer.news.wire.item import CANCELLED, USABLE, WITHHELD, State, WireDocument, WireItem, WirePicture

STATES: dict[str, State] = {"trash": CANCELLED, "private": WITHHELD, "draft": WITHHELD, "pending": WITHHELD}
EXCERPT_MARKS = ("[&hellip;]", "[…]", "[...]")


def fits(received: Received) -> bool:
    start = received.data[:20_000]
    return values.looks_like_json(received) and b'"rendered"' in start and b'"guid"' in start


def read(received: Received) -> WireDocument:
    posts = values.parsed(received)
    posts = [posts] if isinstance(posts, dict) else posts
    if not isinstance(posts, list):
        raise NotReadable("WordPress gives a list of posts.")
    return WireDocument(items=[item_of(post, received) for post in values.dicts(posts[: values.MOST_ITEMS])])


def rendered(post: dict[str, Any], name: str) -> Any:
    value = post.get(name)
    return value.get("rendered") if isinstance(value, dict) else value


def dict_under(post: dict[str, Any], name: str) -> dict[str, Any]:
    value = post.get(name)
    return value if isinstance(value, dict) else {}


def item_of(post: dict[str, Any], received: Received) -> WireItem:
    around = dict_under(post, "_embedded")
    link = values.address(post.get("link"), received.address)
    content = dict_under(post, "content")
    item = WireItem(
        guid=values.line(rendered(post, "guid"), 1_000) or values.line(post.get("id")),
        link=link,
        title=values.plain(rendered(post, "title")),
        html=values.body(rendered(post, "content")),
        summary=summary(values.body(rendered(post, "excerpt"))),
        authors=values.names(around.get("author")),
        published_at=values.moment(post.get("date_gmt")) or values.moment(post.get("date")),
        updated_at=values.moment(post.get("modified_gmt")) or values.moment(post.get("modified")),
        status=STATES.get(values.line(post.get("status")), USABLE),
        tags=terms(around),
        pictures=pictures(around),
        base=link or received.address,
        raw=json.dumps([post], ensure_ascii=False).encode("utf-8", "replace"),
    )
    if content.get("protected"):
        item.problems.append("The text is protected by a password and did not come.")
    return item


def summary(html: str) -> str:
    for mark in EXCERPT_MARKS:
        html = html.replace(mark, "…")
    return html


def terms(around: dict[str, Any]) -> list[str]:
    groups = around.get("wp:term")
    found = [term for group in (groups if isinstance(groups, list) else []) for term in values.dicts(group)]
    return [name for name in values.names(found) if name.lower() not in {"uncategorized", "uncategorised"}]


def pictures(around: dict[str, Any]) -> list[WirePicture]:
    found = []
    for media in values.dicts(around.get("wp:featuredmedia")):
        url = values.address(media.get("source_url"))
        if url:
            caption = values.plain(rendered(media, "caption"))
            found.append(WirePicture(url=url, caption=caption, alt=values.plain(media.get("alt_text"), 500)))
    return found


FORMAT = Format("wordpress", "WordPress", fits, read)
