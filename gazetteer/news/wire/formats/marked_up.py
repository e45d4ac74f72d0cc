"""One story from HTML that is nothing but the story, as Markdown, Word and mail give it: headline, date, text."""

import re
from datetime import datetime

from django.conf import settings
from lxml import html as lxml_html

from gazetteer.news.imports.article import BYLINE, LONGEST_HEADLINE
from gazetteer.news.imports.dates import read_date_line
from gazetteer.news.wire.formats import NotReadable, Received, releases, values
from gazetteer.news.wire.item import WireItem
from gazetteer.web.zone import site_zone

TOP = 8
BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "figure", "div", "pre", "hr")


def item_from(html: str, received: Received, given: dict[str, str] | None = None) -> WireItem:
    """The story; `given` says what is known already (title, date, author, language). Raises NotReadable."""
    given = given or {}
    if not html.strip():
        raise NotReadable("There is no text in it.")
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    item = WireItem(base=received.address, title=values.plain(given.get("title") or given.get("headline")))
    item.published_at = date_in(given.get("date", ""))
    item.language = values.line(given.get("language") or given.get("lang"), 20)
    item.authors = values.names([given.get("author") or given.get("byline")])
    release = releases.Release("")
    for element in list(root)[:TOP]:
        take(element, item, release)
    set_notes_apart(root, release)
    item.html = inner(root)
    releases.note(item, release)
    if not item.title:
        raise NotReadable("It has no headline: put it in the first line.")
    return item


def take(element: lxml_html.HtmlElement, item: WireItem, release: releases.Release) -> None:
    """Headline, date, byline, leave and embargo out of the first blocks; everything else stays."""
    text = " ".join(element.text_content().split())
    if not text or element.tag not in BLOCKS:
        return
    if releases.take_from_top(text, release):
        element.drop_tree()
    elif item.published_at is None and (moment := date_in(text)):
        item.published_at = moment
        element.drop_tree()
    elif not item.authors and (found := BYLINE.match(text)):
        item.authors = [found["names"].strip()]
        element.drop_tree()
    elif not item.title and len(text) <= LONGEST_HEADLINE:
        item.title = values.plain(text)
        element.drop_tree()
    elif text.casefold() == item.title.casefold():
        element.drop_tree()


def set_notes_apart(root: lxml_html.HtmlElement, release: releases.Release) -> None:
    """What stands after the end mark is for editors."""
    elements = list(root)
    for number, element in enumerate(elements[1:], start=1):
        if releases.ends(" ".join(element.text_content().split())):
            rest = [" ".join(each.text_content().split()) for each in elements[number:]]
            release.notes = "\n".join(line for line in rest if line)
            for each in elements[number:]:
                root.remove(each)
            return


def date_in(text: str) -> datetime | None:
    found = read_date_line(text, site_zone(), [code for code, _label in settings.LANGUAGES]) if text else None
    return found.moment if found else None


def inner(root: lxml_html.HtmlElement) -> str:
    whole = lxml_html.tostring(root, encoding="unicode")
    return re.sub(r"^<div>|</div>$", "", whole).strip()
