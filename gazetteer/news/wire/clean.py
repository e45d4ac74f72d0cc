"""One item to clean copy: HTML made harmless and brought into text blocks, furniture dropped, pictures set apart.

A pure function over what came: nothing is fetched, stored or asked. What is left out is told of.
"""

from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from gazetteer.news.imports.article import DATELINE
from gazetteer.news.wire import flow, furniture
from gazetteer.news.wire.item import CleanBlock, CleanCopy, WireItem, WirePicture
from gazetteer.web.html import text_to_html
from gazetteer.web.markup import text_of

LONGEST_HTML = 1_500_000
LONGEST_HEADLINE = 300
LONGEST_STANDFIRST = 500
SAME_START = 50
ENDS_CUT_OFF = ("…", "...", "[…]", "[...]", "»")
FULL_WORDS = 120
DRAWN_FROM_TEXT = 12
"""Words of the text that stand for a headline where an item has none."""


def clean(item: WireItem) -> CleanCopy:
    """The item as a story would have it. An item without any text has no blocks and no lead."""
    copy = CleanCopy(notes=list(item.problems))
    html = source_of_text(item)
    if len(html) > LONGEST_HTML:
        copy.notes.append(f"The text has {len(html):,} letters; only the first {LONGEST_HTML:,} were read.")
    found = flow.blocks_of(html[:LONGEST_HTML], item.base or item.link)
    copy.blocks, copy.dropped = found.blocks, found.dropped
    copy.headline = headline(item, copy)
    gather_pictures(item, found.pictures, copy)
    furniture.trim(copy, copy.headline)
    take_lead(item, copy)
    copy.dateline = item.dateline or copy.dateline
    copy.byline = byline(item.authors)
    copy.is_full = is_full(copy)
    return copy


def source_of_text(item: WireItem) -> str:
    """The longest there is: the text, else plain text as HTML, else the summary."""
    return item.html or text_to_html(item.text) or item.summary


def headline(item: WireItem, copy: CleanCopy) -> str:
    """Its title; an item without one (a short note) is named by its first words."""
    title = " ".join(item.title.split())
    if not title:
        words = next((text_of(block.value) for block in copy.blocks if block.kind == "paragraph"), "").split()
        title = " ".join(words[:DRAWN_FROM_TEXT]) + ("…" if len(words) > DRAWN_FROM_TEXT else "")
        if title:
            copy.notes.append("It came without a headline; its first words stand for one.")
    if len(title) > LONGEST_HEADLINE:
        copy.notes.append("The headline was too long and was cut.")
        title = title[: LONGEST_HEADLINE - 1].rsplit(" ", 1)[0] + "…"
    return title


def byline(authors: list[str]) -> str:
    """The names in one line, without the “By” that some carry."""
    names = [name[3:] if name[:3].lower() == "by " else name for name in authors]
    return ", ".join(dict.fromkeys(name.strip() for name in names if name.strip()))[:255]


def gather_pictures(item: WireItem, inside: list[WirePicture], copy: CleanCopy) -> None:
    """The item's own pictures first, then those of the text; the same one twice is one, with what both say of it."""
    own = list(item.pictures)
    numbers: dict[int, int] = {}
    brought = {f"{flow.INSIDE}{number}": number for number, picture in enumerate(own) if picture.data}
    for number, picture in enumerate(inside):
        at = brought.get(picture.url)
        if at is None:
            at = next((place for place, other in enumerate(own) if same_picture(other, picture)), None)
        if at is None:
            own.append(picture)
            at = len(own) - 1
        else:
            fill(own[at], picture)
        numbers[number] = at
    copy.pictures = own
    for block in copy.blocks:
        if block.kind == "picture":
            block.value = str(numbers[int(block.value)])


def same_picture(one: WirePicture, other: WirePicture) -> bool:
    return bool(one.url) and furniture.picture_key(one.url) == furniture.picture_key(other.url)


def fill(kept: WirePicture, other: WirePicture) -> None:
    kept.caption, kept.credit = kept.caption or other.caption, kept.credit or other.credit
    kept.alt, kept.licence = kept.alt or other.alt, kept.licence or other.licence


def take_lead(item: WireItem, copy: CleanCopy) -> None:
    """A standfirst that came apart from the text, else the first paragraph; the dateline before it is set apart."""
    standfirst = text_of(item.summary) if source_of_text(item) != item.summary else ""
    if is_standfirst(standfirst, copy):
        copy.lead = standfirst
        return
    for number, block in enumerate(copy.blocks):
        if block.kind == "paragraph":
            copy.lead = text_of(block.value)
            del copy.blocks[number]
            break
        if block.kind != "picture":
            break
    if found := DATELINE.match(copy.lead):
        copy.dateline, copy.lead = found["place"].strip(" ,"), copy.lead[found.end() :]


def is_standfirst(text: str, copy: CleanCopy) -> bool:
    """Whether the summary says something of its own, and is not the beginning of the text, cut off."""
    if not text or len(text) > LONGEST_STANDFIRST or text.endswith(ENDS_CUT_OFF):
        return False
    body = folded(" ".join(text_of(block.value) for block in copy.blocks if block.kind == "paragraph"))
    return bool(body) and not body.startswith(folded(text)[:SAME_START]) and folded(text) not in body


def folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def words_in(copy: CleanCopy) -> int:
    return len(copy.lead.split()) + sum(
        len(text_of(block.value).split()) for block in copy.blocks if block.kind not in {"picture", "table"}
    )


def is_full(copy: CleanCopy) -> bool:
    """Whether this looks like a whole text: several paragraphs, and not broken off."""
    texts = [copy.lead, *(text_of(block.value) for block in copy.blocks if block.kind in {"paragraph", "list"})]
    last = next((text for text in reversed(texts) if text), "")
    return words_in(copy) >= FULL_WORDS and not last.rstrip().endswith(ENDS_CUT_OFF)


def text_of_copy(copy: CleanCopy) -> str:
    """All its words, for comparing: headline, lead and text, parted by line breaks."""
    parts = [text_of(block.value) for block in copy.blocks if block.kind not in {"picture", "table"}]
    return "\n".join([copy.headline, copy.lead, *parts])


NOT_KEPT = {"html", "text", "summary", "raw", "pictures", "problems"}
MOMENTS = ("published_at", "updated_at", "embargo_until", "expires_at")


def as_json(item: WireItem, copy: CleanCopy) -> dict[str, Any]:
    """For `Incoming.copy`: the clean copy, and of the item what is not text.

    The bytes of pictures that came along are not in it; the raw item has them.
    """
    said = {each.name: getattr(item, each.name) for each in fields(item) if each.name not in NOT_KEPT}
    kept = asdict(replace(copy, pictures=[replace(picture, data=b"") for picture in copy.pictures]))
    for picture, own in zip(kept["pictures"], copy.pictures, strict=True):
        picture["came_along"] = bool(picture.pop("data")) or bool(own.data)
    moments = {name: said[name].isoformat() if said[name] else None for name in MOMENTS}
    return {"item": {**said, **moments}, "copy": kept}


def from_json(data: dict[str, Any]) -> tuple[WireItem, CleanCopy]:
    """What `as_json` made; names that a newer or older version does not know are left out."""
    said = known(WireItem, data.get("item") or {})
    for name in MOMENTS:
        said[name] = datetime.fromisoformat(said[name]) if said.get(name) else None
    kept = known(CleanCopy, data.get("copy") or {})
    kept["blocks"] = [CleanBlock(**known(CleanBlock, block)) for block in kept.get("blocks", [])]
    kept["pictures"] = [WirePicture(**known(WirePicture, each)) for each in kept.get("pictures", [])]
    return WireItem(**said), CleanCopy(**kept)


def known(kind: Any, data: dict[str, Any]) -> dict[str, Any]:
    names = {each.name for each in fields(kind)}
    return {name: value for name, value in data.items() if name in names}
