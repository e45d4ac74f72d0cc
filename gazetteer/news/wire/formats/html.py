"""A press release, or any page of one story, as HTML: trafilatura finds the story in it."""

import re

from gazetteer.news.wire import pages
from gazetteer.news.wire.formats import Format, NotReadable, Received
from gazetteer.news.wire.formats.text import guid_of
from gazetteer.news.wire.item import WireDocument

START = re.compile(rb"<(?:!doctype\s+html|html|head|body|article)\b", re.I)


def fits(received: Received) -> bool:
    return bool(START.search(received.data[:4_000].replace(b"\x00", b"")))


def read(received: Received) -> WireDocument:
    item = pages.story_in(received.data, received.address, received.charset)
    if item is None:
        raise NotReadable("There is no story on this page, or it cannot be told from what stands around it.")
    item.guid = guid_of(received)
    item.raw = received.data
    return WireDocument(items=[item])


FORMAT = Format("html", "a web page", fits, read, (".html", ".htm", ".xhtml"))
