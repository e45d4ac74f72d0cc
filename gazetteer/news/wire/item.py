"""What a format makes of one item of a source: plain data, before anything is cleaned, stored or fetched.

A format only says what the source said. Its HTML is as it came and must not reach a page; `clean.py` makes of it the
`CleanCopy` that the other steps read.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

State = Literal["usable", "withheld", "cancelled"]
USABLE: Final = "usable"
WITHHELD: Final = "withheld"
CANCELLED: Final = "cancelled"
"""The values of `news.models.article.Status` (ninjs `pubstatus`)."""


@dataclass(slots=True)
class WirePicture:
    """A picture that an item names (`url`) or brings along (`data`, as in a mail or a .docx)."""

    url: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""
    licence: str = ""
    data: bytes = b""
    name: str = ""
    width: int = 0
    height: int = 0


@dataclass(slots=True)
class WireItem:
    """One item as its source tells it. Every text may be empty, every moment may be missing; moments know their zone.

    guid: the source's own name for it (guid, atom:id, uri, Message-ID).
    html, summary: the text and its short form as HTML, as it came; `text` instead where it came as plain text.
    status: whether it may be used; `withheld` and `cancelled` are withdrawals, and may come without any text.
    note_to_desk: instructions (ninjs `edNote`) that no visitor may ever see.
    base: the address that relative links in its HTML are relative to.
    raw: a document of the same format with only this item in it, so that it can be read again.
    problems: what was odd, in sentences for the desk.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    html: str = ""
    text: str = ""
    summary: str = ""
    language: str = ""
    authors: list[str] = field(default_factory=list)
    dateline: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    embargo_until: datetime | None = None
    expires_at: datetime | None = None
    status: State = USABLE
    version: str = ""
    tags: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    pictures: list[WirePicture] = field(default_factory=list)
    credit: str = ""
    copyright: str = ""
    licence: str = ""
    usage_terms: str = ""
    source_name: str = ""
    source_url: str = ""
    canonical: str = ""
    note_to_desk: str = ""
    base: str = ""
    raw: bytes = b""
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class WireDocument:
    """What a format read out of one document: its items, and what the source says about its own rhythm.

    pause: how long the source asks not to be asked again, in minutes (`ttl`, `sy:updatePeriod`); 0: it does not say.
    """

    items: list[WireItem] = field(default_factory=list)
    title: str = ""
    home: str = ""
    language: str = ""
    logo: str = ""
    pause: int = 0
    next_page: str = ""
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CleanBlock:
    """`kind` is paragraph, heading, list, quote or picture.

    `value` is clean HTML (plain text for a heading and a quote); for a picture the number of it in `pictures`.
    """

    kind: str
    value: str
    who: str = ""


@dataclass(slots=True)
class CleanCopy:
    """One item ready to become a story: cleaned, with its lead, text blocks and pictures apart.

    dropped: what was left out as furniture, in sentences; notes: what was decided on the way.
    is_full: whether this is the whole text, not an excerpt.
    """

    headline: str = ""
    lead: str = ""
    blocks: list[CleanBlock] = field(default_factory=list)
    pictures: list[WirePicture] = field(default_factory=list)
    byline: str = ""
    dateline: str = ""
    is_full: bool = False
    dropped: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
