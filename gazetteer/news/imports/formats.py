"""Stories from files that are no plain text (.html, .md, .docx, .eml), by the same readers as the wire's."""

import json
from typing import Any

from gazetteer.news.imports.article import NotAStory, Note, ParsedArticle, TextBlock
from gazetteer.news.wire.clean import clean
from gazetteer.news.wire.formats import Format, NotReadable, Received, formats, read
from gazetteer.news.wire.item import CleanBlock, CleanCopy, WireItem


def format_of(name: str) -> Format | None:
    """The reader for a file of that name; None for plain text, which `article.py` reads itself."""
    ending = name.lower()
    found = (each for each in formats() if each.name != "text" and any(ending.endswith(end) for end in each.endings))
    return next(found, None)


def parse_file(data: bytes, name: str, reader: Format) -> ParsedArticle:
    """The one story of the file; raises NotAStory with what is wrong."""
    try:
        _format, document = read(Received(data, name=name), reader.name)
    except NotReadable as error:
        raise NotAStory(str(error)) from error
    if len(document.items) != 1:
        raise NotAStory(f"It has {len(document.items)} stories; a file must have one.")
    item = document.items[0]
    copy = clean(item)
    if not copy.headline or not (copy.lead or copy.blocks):
        raise NotAStory("It has no headline or no text.")
    return story_of(item, copy)


def story_of(item: WireItem, copy: CleanCopy) -> ParsedArticle:
    picture = next((each for each in copy.pictures if each.caption), None)
    story = ParsedArticle(
        headline=copy.headline,
        published_at=item.published_at,
        date_line=item.published_at.isoformat() if item.published_at else "",
        lead=copy.lead,
        blocks=[TextBlock(block.kind, value_of(block)) for block in copy.blocks if block.kind != "picture"],
        caption=picture.caption if picture else "",
        credit=picture.credit[:255] if picture else "",
        byline=copy.byline,
        dateline=copy.dateline[:120],
        source=item.source_name,
        dropped=[Note(1, told) for told in copy.dropped],
        notes=[Note(1, told) for told in copy.notes],
    )
    if count := sum(bool(each.url or each.data) for each in copy.pictures):
        story.note(1, f"{count} pictures were not brought in; add them at the desk.")
    if item.note_to_desk:
        story.note(1, f"For editors only, and left out: {item.note_to_desk[:300]}")
    if item.embargo_until:
        story.note(1, f"It has an embargo until {item.embargo_until:%Y-%m-%d %H:%M %Z}, which is kept.")
        story.embargo_until = item.embargo_until
    return story


def value_of(block: CleanBlock) -> Any:
    """A block's value as `Article.body` stores it."""
    if block.kind == "quote":
        return {"quote": block.value, "who": block.who}
    return json.loads(block.value) if block.kind == "table" else block.value
