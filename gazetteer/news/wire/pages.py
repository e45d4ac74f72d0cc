"""The story on a page, by trafilatura: for press releases as HTML, and for sources whose pages we may read.

trafilatura finds where the story is; its pictures with their captions, which it does not keep, are found in the page.
"""

import logging
import re
from datetime import datetime

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from trafilatura.settings import Document, use_config

from gazetteer.news.wire.formats import values
from gazetteer.news.wire.item import WireItem, WirePicture
from gazetteer.web.zone import site_zone

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read, we say ourselves

CONFIG = use_config()
CONFIG.set("DEFAULT", "MAX_TREE_SIZE", "20000")  # elements; a larger tree would take minutes
TAGS = re.compile(r"</?(?:html|body|doc|main)\b[^>]*>", re.I)


def story_in(data: bytes, address: str = "", charset: str = "") -> WireItem | None:
    """The story on the page as an item, or None where there is none to be found."""
    tree = parsed(data, charset)
    if tree is None:
        return None
    html = extracted(tree, address)
    if not html:
        return None
    found = trafilatura.extract_metadata(tree, default_url=address or None)
    return item_from(html, found, address)


def parsed(data: bytes, charset: str) -> lxml_html.HtmlElement | None:
    """The page's tree; None for what is no page."""
    if charset:
        try:
            data = data.decode(charset, "replace").encode("utf-8", "replace")
        except LookupError:
            charset = ""
    try:
        tree = trafilatura.load_html(data)
    except (ValueError, etree.ParserError, RecursionError):
        return None
    return tree if tree is not None else None


def extracted(tree: lxml_html.HtmlElement, address: str) -> str:
    try:
        html = trafilatura.extract(
            tree,
            url=address or None,
            output_format="html",
            include_comments=False,
            include_formatting=True,
            include_links=True,
            include_images=True,
            config=CONFIG,
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError):
        return ""
    return TAGS.sub("", html or "")


def item_from(html: str, found: Document, address: str) -> WireItem:
    canonical = values.address(found.url)
    image = values.address(found.image, address)
    return WireItem(
        link=canonical or address,
        canonical=canonical,
        title=values.plain(found.title),
        html=html,
        summary=values.body(found.description or ""),
        language=values.line(found.language, 20),
        authors=values.names((found.author or "").split(";")),
        published_at=moment(found.date),
        tags=values.names([*(found.tags or []), *(found.categories or [])]),
        source_name=values.plain(found.sitename, 150),
        licence=values.line(found.license, 120),
        pictures=[WirePicture(url=image)] if image else [],
        base=address,
    )


def moment(text: str | None) -> datetime | None:
    """trafilatura tells a day; a page's day is one of the site's zone as far as anybody knows."""
    return values.moment(text, site_zone()) if text else None
