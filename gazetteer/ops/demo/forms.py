"""The plain forms in which demonstration stories are written, before any database knows of them.

Running text is plain, with one mark: `[[target|words]]` is a link. A target is the external id of a listing
(`airport:CYLT`, `wd:Q52825`), `category:A > B` for a category's path, or `place:NO` for a country.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from PIL import Image

LINK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that `draw` makes (always the same one), and the words that go with it."""

    name: str
    draw: Callable[[], Image.Image]
    alt: str
    caption: str
    credit: str = "Gazetteer graphics"


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class PullQuote:
    """A sentence set large; `attribution` stays empty where the sentence is the paper's own."""

    text: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`rows[0]` is the heading row; all rows have the same length."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    picture: Picture


Block = Paragraph | Heading | PullQuote | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Correction:
    made_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts come from: a short name, the words of credit that readers see, an address."""

    name: str
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One story. `published_at` is naive: the wall clock of the site's zone. `section` is a path of names.

    `series` names a run of stories that belong together; readers find it among the tags.
    """

    headline: str
    section: tuple[str, ...]
    published_at: datetime
    lead: str
    body: tuple[Block, ...]
    authors: tuple[str, ...]
    note: str
    tags: tuple[str, ...] = ()
    dateline: str = ""
    picture: Picture | None = None
    source: Source | None = None
    corrections: tuple[Correction, ...] = ()
    series: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    role: str
    about: str


@dataclass(frozen=True, slots=True)
class SectionForm:
    path: tuple[str, ...]
    description: str


def texts(story: Story) -> list[str]:
    """Every running text of a story in reading order, marks included."""
    found = [story.lead]
    for block in story.body:
        found.extend(block_texts(block))
    return [*found, story.note]


def block_texts(block: Block) -> list[str]:
    match block:
        case Paragraph(text) | Heading(text) | PullQuote(text):
            return [text]
        case Bullets(items):
            return list(items)
        case Table(caption, rows):
            return [caption, *(cell for row in rows for cell in row)]
        case Figure(picture):
            return [picture.caption]


def plain(text: str) -> str:
    """The text as a visitor reads it, without marks."""
    return LINK.sub(r"\2", text)


def targets(story: Story) -> list[str]:
    """What a story links to, in order of first mention."""
    found = (match for text in texts(story) for match in LINK.findall(text))
    return list(dict.fromkeys(target for target, _ in found))


def to_html(text: str, address: Callable[[str], str | None]) -> str:
    """The text as HTML; `address` gives the root-relative address of a target, or None to leave bare words."""
    parts: list[str] = []
    end = 0
    for match in LINK.finditer(text):
        parts.append(escape(text[end : match.start()], quote=False))
        parts.append(link_html(match[1], match[2], address))
        end = match.end()
    parts.append(escape(text[end:], quote=False))
    return "".join(parts)


def link_html(target: str, words: str, address: Callable[[str], str | None]) -> str:
    found = address(target)
    shown = escape(words, quote=False)
    return f'<a href="{escape(found)}">{shown}</a>' if found else shown


def words(story: Story) -> int:
    """How many words a visitor reads below the headline."""
    return sum(len(plain(text).split()) for text in texts(story))
