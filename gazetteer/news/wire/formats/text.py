"""A press release as plain text, read as `gazetteer import article` reads a page."""

import hashlib

from django.conf import settings

from gazetteer.news.imports.article import NotAStory, ParsedArticle, parse
from gazetteer.news.imports.decode import UnreadableFile, decode
from gazetteer.news.wire.formats import Format, NotReadable, Received, releases
from gazetteer.news.wire.item import WireDocument, WireItem, WirePicture
from gazetteer.web.zone import site_zone


def fits(received: Received) -> bool:
    """Only by its name or what the other side calls it: any text would fit."""
    return received.name.lower().endswith((".txt", ".text")) or (
        received.content_type == "text/plain" and bool(received.name)
    )


def read(received: Received) -> WireDocument:
    try:
        item = item_from(decode(received.data).text)
    except (UnreadableFile, NotAStory) as error:
        raise NotReadable(str(error)) from error
    item.guid = item.guid or guid_of(received)
    item.raw = received.data
    return WireDocument(items=[item])


def guid_of(received: Received) -> str:
    """The file's name, so that a new file of the same name is a new version; the text where there is none."""
    return received.name or hashlib.sha256(received.data).hexdigest()


def item_from(text: str) -> WireItem:
    """One release as plain text; what only editors should read of it is set apart. Raises NotAStory."""
    release = releases.apart(text)
    story = parse(release.text, zone=site_zone(), languages=[code for code, _label in settings.LANGUAGES])
    item = from_story(story)
    releases.note(item, release)
    return item


def from_story(story: ParsedArticle) -> WireItem:
    from gazetteer.web.html import text_to_html

    blocks = [f"<h3>{text_to_html(b.value)[3:-4]}</h3>" if b.kind == "heading" else b.value for b in story.blocks]
    picture = [WirePicture(caption=story.caption, credit=story.credit)] if story.caption else []
    return WireItem(
        title=story.headline,
        html="\n".join([text_to_html(story.lead), *blocks]),
        authors=[story.byline] if story.byline else [],
        dateline=story.dateline,
        published_at=story.published_at,
        source_name=story.source,
        pictures=picture,
        problems=[f"line {note.line}: {note.text}" for note in [*story.notes, *story.dropped]],
    )


FORMAT = Format("text", "plain text", fits, read, (".txt", ".text"))
