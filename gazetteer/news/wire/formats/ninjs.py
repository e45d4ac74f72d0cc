"""ninjs, IPTC's news in JSON: 3.x (`pubStatus`), and 1.x and 2.x (`pubstatus`) (https://iptc.org/standards/ninjs/).

The generations write the same names in different ways, so names are compared without case and underscores.
"""

import json
from typing import Any

from gazetteer.news.wire.formats import Format, NotReadable, Received, values
from gazetteer.news.wire.item import CANCELLED, USABLE, WITHHELD, State, WireDocument, WireItem, WirePicture

STATES: dict[str, State] = {"usable": USABLE, "withheld": WITHHELD, "canceled": CANCELLED, "cancelled": CANCELLED}
MARKS = (b'"pubstatus"', b'"versioncreated"', b"ninjs-schema", b'"body_xhtml"', b'"representationtype"')
PICTURES = frozenset({"picture", "photo", "image", "graphic"})
LISTS = ("items", "_items", "results", "docs", "newsitems")
WORDS_OF_RENDITIONS = ("main", "original", "full", "baseimage", "preview", "web")
DEEPEST = 3
Item = dict[str, Any]


def fits(received: Received) -> bool:
    start = received.data[:20_000].lower()
    return values.looks_like_json(received) and b'"uri"' in start and any(mark in start for mark in MARKS)


def read(received: Received) -> WireDocument:
    document = values.parsed(received)
    if isinstance(document, dict):
        under = next((name for name in LISTS if isinstance(document.get(name), list)), "")
        items = document[under] if under else [document]
    else:
        under, items = "", document
    if not isinstance(items, list):
        raise NotReadable("ninjs gives an item or a list of items.")
    found = WireDocument()
    for each in values.dicts(items[: values.MOST_ITEMS]):
        # Feeds of some agencies wrap each item: {"item": {...}}.
        item = each["item"] if isinstance(each.get("item"), dict) else each
        found.items.append(item_of(folded(item), received, json.dumps(item, ensure_ascii=False)))
    return found


def folded(item: Item) -> Item:
    return {key.replace("_", "").lower(): value for key, value in item.items()}


def children(item: Item, name: str) -> list[tuple[str, Item]]:
    """What hangs on an item by name: a dictionary of them in 1.x, a list in 2.x and 3.x."""
    value = item.get(name)
    if isinstance(value, dict):
        return [(str(key), folded(each)) for key, each in value.items() if isinstance(each, dict)]
    return [(values.line(each.get("name")), folded(each)) for each in values.dicts(value)]


def by_role(item: Item, name: str, *roles: str) -> str:
    """The text of a list of `{role, value}`, by the first of these roles, else the first without another role."""
    texts = [
        (values.line(each.get("role")).lower(), values.body(each.get("value"))) for _n, each in children(item, name)
    ]
    for wanted in roles:
        for role, text in texts:
            if role == wanted and text:
                return text
    return next((text for role, text in texts if text and not role), "")


def item_of(item: Item, received: Received, raw: str) -> WireItem:
    uri = values.line(item.get("uri"), 1_000)
    base = values.address(uri) or received.address
    html, text = bodies(item)
    rights = folded(item["rightsinfo"]) if isinstance(item.get("rightsinfo"), dict) else {}
    found = WireItem(
        guid=uri or values.line(item.get("guid"), 1_000),
        link=link_of(item),
        title=values.plain(headline(item)),
        html=html,
        text=text,
        summary=by_role(item, "descriptions", "summary", "abstract", "main")
        or values.body(item.get("descriptiontext") or item.get("descriptionxhtml")),
        language=values.line(item.get("language"), 20),
        authors=authors(item),
        dateline=values.plain(item.get("located"), 120),
        published_at=values.moment(item.get("firstcreated")) or values.moment(item.get("versioncreated")),
        updated_at=values.moment(item.get("versioncreated")),
        embargo_until=values.moment(item.get("embargoeduntil") or item.get("embargoed")),
        expires_at=values.moment(item.get("expires")),
        status=STATES.get(values.line(item.get("pubstatus")).lower() or "usable", WITHHELD),
        version=values.line(item.get("version"), 100),
        tags=values.names([*as_list(item.get("subjects") or item.get("subject")), *as_list(item.get("keywords"))]),
        places=values.names(item.get("places") or item.get("place")),
        pictures=pictures(item, base),
        credit=by_role(item, "descriptions", "creditline") or values.plain(item.get("creditline"), 255),
        copyright=values.plain(item.get("copyrightnotice") or item.get("copyrightholder"), 500),
        licence=values.address(rights.get("linkedrights") or rights.get("encodedrights")),
        usage_terms=values.line(item.get("usageterms")),
        source_name=next(iter(values.names(item.get("infosources") or item.get("infosource"))), ""),
        note_to_desk=values.line(item.get("ednote")),
        base=base,
        raw=raw.encode("utf-8", "replace"),
    )
    if item.get("pubstatus") and values.line(item.get("pubstatus")).lower() not in STATES:
        found.problems.append(f"Its state “{values.line(item['pubstatus'], 50)}” is not known; it is withheld.")
    return found


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def headline(item: Item) -> str:
    return (
        by_role(item, "headlines", "main", "headline", "extended", "short")
        or values.line(item.get("headline"))
        or values.line(item.get("title"))
    )


def bodies(item: Item) -> tuple[str, str]:
    """The text as HTML, or as plain text where there is no other."""
    html = values.body(item.get("bodyxhtml")) or values.body(item.get("bodyhtml"))
    text = values.body(item.get("bodytext"))
    for _name, each in children(item, "bodies"):
        kind, value = values.line(each.get("contenttype")).lower(), values.body(each.get("value"))
        if "html" in kind or (not kind and "<" in value):
            html = html or value
        elif "xml" not in kind:
            text = text or value
    return html, "" if html else text


def authors(item: Item) -> list[str]:
    """By the people whose role is to have written it, else by the byline's words."""
    people = [
        each for _name, each in children(item, "people") if values.line(each.get("role") or each.get("rel")) in AUTHORS
    ]
    return values.names(people) or values.names([item.get("by") or item.get("byline")])


AUTHORS = frozenset({"author", "writer", "creator", "reporter", "byline", "sourcecontact"})


def link_of(item: Item) -> str:
    for _name, each in children(item, "altids"):
        url = values.address(each.get("value"))
        if url:
            return url
    for _name, each in children(item, "renditions"):
        if values.line(each.get("contenttype") or each.get("mimetype")).startswith("text/html"):
            return values.address(each.get("href"))
    return values.address(item.get("uri")) if "/" in values.line(item.get("uri"))[8:] else ""


def pictures(item: Item, base: str, depth: int = 0) -> list[WirePicture]:
    """The pictures of its own renditions and of what is associated with it; those not usable are left out."""
    found = []
    if values.line(item.get("type")).lower() in PICTURES and (picture := picture_of(item, base)):
        found.append(picture)
    for _name, each in children(item, "associations") if depth < DEEPEST else []:
        if values.line(each.get("pubstatus") or "usable").lower() == "usable":
            found += pictures(each, base, depth + 1)
    return found


def picture_of(item: Item, base: str) -> WirePicture | None:
    best: tuple[int, int, str, Item] | None = None
    for name, each in children(item, "renditions"):
        kind = values.line(each.get("contenttype") or each.get("mimetype")).lower()
        url = values.address(each.get("href"), base)
        if not url or (kind and not kind.startswith("image/")):
            continue
        known = name.lower() in WORDS_OF_RENDITIONS
        rank = (int(known), values.whole(each.get("width"), 20_000), url, each)
        best = max(best, rank, key=lambda one: one[:2]) if best else rank
    if best is None:
        return None
    return WirePicture(
        url=best[2],
        caption=values.plain(by_role(item, "descriptions", "caption", "main") or item.get("descriptiontext")),
        credit=by_role(item, "descriptions", "creditline")
        or values.plain(item.get("byline") or item.get("by") or item.get("copyrightholder"), 255),
        alt=values.plain(by_role(item, "descriptions", "alttext", "alt"), 500),
        width=values.whole(best[3].get("width"), 100_000),
        height=values.whole(best[3].get("height"), 100_000),
    )


FORMAT = Format("ninjs", "ninjs", fits, read)
