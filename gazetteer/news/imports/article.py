"""A plain text page of one story to a date, headline, lead, text blocks and caption, with a report of every choice.

A pure function over text: nothing is fetched, stored or asked. What is dropped is listed, what is read into the page
is said, and where the page does not say something, nothing is made up.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from gazetteer.news.imports.captions import Confidence, read_caption
from gazetteer.news.imports.dates import read_date_line
from gazetteer.news.imports.furniture import ENDS_SENTENCE, looks_like_label, reason_to_drop

LONGEST_HEADLINE = 300
LONGEST_HEADING = 80
LONGEST_CAPTION = 1_000
HEADER_LINES = 8
BYLINE = re.compile(r"^by\s+(?P<names>[^\W\d_][^.!?\d]{2,100})$", re.I)
SOURCE = re.compile(r"^(?:source|via|from)\s*:\s*(?P<name>.{2,150})$", re.I)
DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?:[ ,]+[A-ZÀ-Þ][\w'’.\-]*){0,5})\s*(?:\([^)]{2,30}\)\s*)?(?:—|–|--|-)\s+"
)
ITEM = re.compile(r"^\s*(?:[•·▪‣*]|[-–—]|\d{1,2}[.)])\s+")
MOJIBAKE = re.compile(r"â€[œ™“”¦\x9d]?|Ã[©¨¤¶¼±³]|\ufffd")


class NotAStory(ValueError):
    """The page has no headline or no text; the message says which and what to do."""


@dataclass(frozen=True)
class Paragraph:
    """A stretch of text and the line of the file it begins on, counted from 1."""

    line: int
    text: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """One line of the report: where in the file, and what was seen or done."""

    line: int
    text: str


@dataclass(frozen=True)
class TextBlock:
    """`kind` is paragraph, heading or list; `value` is HTML, escaped here, but plain text for a heading.

    Files of other formats also have quotes and tables, whose values are dictionaries.
    """

    kind: str
    value: Any


@dataclass
class ParsedArticle:
    """What was found on the page. `published_at` is None where it has no date line."""

    headline: str = ""
    published_at: datetime.datetime | None = None
    date_line: str = ""
    lead: str = ""
    blocks: list[TextBlock] = field(default_factory=list)
    caption: str = ""
    credit: str = ""
    byline: str = ""
    dateline: str = ""
    source: str = ""
    embargo_until: datetime.datetime | None = None
    dropped: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, line: int, text: str) -> None:
        self.notes.append(Note(line, text))

    def drop(self, paragraph: Paragraph, reason: str) -> None:
        self.dropped.append(Note(paragraph.line, f"“{shorten(paragraph.text)}”: {reason}"))


def parse(
    text: str,
    *,
    zone: datetime.tzinfo,
    sections: Sequence[str] = (),
    languages: Sequence[str] = ("en-gb",),
) -> ParsedArticle:
    """Read one page; `sections` are names that are labels, not text. Raises NotAStory with what is missing."""
    story = ParsedArticle()
    paragraphs = split(text, story)
    paragraphs = take_date(paragraphs, story, zone, sections, languages)
    paragraphs = take_headline(paragraphs, story)
    paragraphs = drop_end(paragraphs, story, sections)
    paragraphs = take_byline(paragraphs, story)
    paragraphs = take_caption(paragraphs, story)
    take_text(paragraphs, story)
    note_odd_characters(text, story)
    story.notes.sort(key=lambda note: note.line)
    story.dropped.sort(key=lambda note: note.line)
    return story


def split(text: str, story: ParsedArticle) -> list[Paragraph]:
    """Paragraphs stand between empty lines; lines broken for width are joined, others stand for themselves."""
    found: list[Paragraph] = []
    block: list[str] = []
    start = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.strip():
            start = start if block else number
            block.append(line.rstrip())
            continue
        found += paragraphs_of(block, start, story)
        block = []
    return found


def paragraphs_of(block: list[str], start: int, story: ParsedArticle) -> list[Paragraph]:
    if len(block) > 1 and all(ITEM.match(line) for line in block):
        return [Paragraph(start, "\n".join(block), tuple(block))]
    if len(block) > 2 and all(45 <= len(line) <= 110 for line in block[:-1]):
        story.note(start, f"{len(block)} lines broken for width were joined to one paragraph.")
        return [Paragraph(start, clean(" ".join(block)))]
    return [Paragraph(start + number, clean(line)) for number, line in enumerate(block)]


def clean(line: str) -> str:
    """White space of any kind is one space; control characters are left out, other odd ones kept."""
    return " ".join("".join(c for c in line if c == "\t" or c >= " ").replace("\u00a0", " ").split())


def take_date(
    paragraphs: list[Paragraph],
    story: ParsedArticle,
    zone: datetime.tzinfo,
    sections: Sequence[str],
    languages: Sequence[str],
) -> list[Paragraph]:
    """The first line near the top that is nothing but a date; labels before it are dropped."""
    for index, paragraph in enumerate(paragraphs[:HEADER_LINES]):
        found = read_date_line(paragraph.text, zone, tuple(languages))
        if found is None:
            continue
        story.published_at, story.date_line = found.moment, paragraph.text
        for note in found.notes:
            story.note(paragraph.line, note)
        before = []
        for earlier in paragraphs[:index]:
            reason = reason_to_drop(earlier.text, sections)
            if reason:
                story.drop(earlier, reason)
            else:
                before.append(earlier)
        return before + paragraphs[index + 1 :]
    story.note(1, "No date line was found near the top.")
    return paragraphs


def take_headline(paragraphs: list[Paragraph], story: ParsedArticle) -> list[Paragraph]:
    if not paragraphs:
        raise NotAStory("The page has no headline: nothing is left of it but a date.")
    first, *rest = paragraphs
    if len(first.text) > LONGEST_HEADLINE or first.lines:
        raise NotAStory(
            f"Line {first.line} should be the headline but has {len(first.text)} letters (at most "
            f"{LONGEST_HEADLINE}). Put the headline on a line of its own after the date."
        )
    story.headline = first.text
    if first.text.endswith(".") and len(first.text.split()) > 12:
        story.note(first.line, "This was read as the headline although it reads like a sentence; check it.")
    return rest


def drop_end(paragraphs: list[Paragraph], story: ParsedArticle, sections: Sequence[str]) -> list[Paragraph]:
    """Drop the page's furniture from the end up to the last paragraph of the story."""
    kept = list(paragraphs)
    while kept and not kept[-1].lines:
        last = kept[-1]
        if source := SOURCE.match(last.text):
            story.source = source["name"].strip(" .")
            story.note(last.line, f"The source line was read as “{story.source}”.")
        elif reason := reason_to_drop(last.text, sections):
            story.drop(last, reason)
        elif looks_like_label(last.text) and len(kept) > 1:
            story.drop(last, "a few words after the last paragraph, taken for lettering of the page")
        else:
            break
        kept.pop()
    if not kept:
        raise NotAStory("The page has a headline but no text.")
    return kept


def take_byline(paragraphs: list[Paragraph], story: ParsedArticle) -> list[Paragraph]:
    found = BYLINE.match(paragraphs[0].text)
    if not found or len(paragraphs) < 2:
        return paragraphs
    story.byline = found["names"].strip()
    story.note(paragraphs[0].line, f"The byline was read as “{story.byline}”.")
    return paragraphs[1:]


def take_caption(paragraphs: list[Paragraph], story: ParsedArticle) -> list[Paragraph]:
    """The first caption that stands after the lead; those that may be one are named, and stay."""
    kept: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        caption = None if paragraph.lines or len(paragraph.text) > LONGEST_CAPTION else read_caption(paragraph.text)
        alone = 0 < index < len(paragraphs) - 1
        sure = caption is not None and (
            caption.confidence is Confidence.CERTAIN or (caption.confidence is Confidence.HIGH and alone)
        )
        if caption and sure and not story.caption:
            story.caption, story.credit = caption.text, caption.credit
            how = f"({caption.confidence.value} confidence: {caption.reason})"
            story.note(paragraph.line, f"Read as the caption of the picture {how}: “{shorten(caption.text)}”.")
            continue
        if caption:
            why = "there is one already" if sure else caption.reason
            story.note(paragraph.line, f"This may be a caption but was kept in the text: {why}.")
        kept.append(paragraph)
    if not kept:
        raise NotAStory("The page has a headline and a caption but no text.")
    return kept


def take_text(paragraphs: list[Paragraph], story: ParsedArticle) -> None:
    first, *rest = paragraphs
    story.lead = first.text
    if found := DATELINE.match(first.text):
        story.dateline, story.lead = found["place"].strip(" ,"), first.text[found.end() :]
        story.note(first.line, f"The dateline was read as “{story.dateline}”.")
    for number, paragraph in enumerate(rest):
        last = number == len(rest) - 1
        story.blocks.append(block_of(paragraph, story, last=last))


def block_of(paragraph: Paragraph, story: ParsedArticle, *, last: bool) -> TextBlock:
    if paragraph.lines:
        tag = "ol" if paragraph.lines[0].lstrip()[0].isdigit() else "ul"
        items = "".join(f"<li>{escape(clean(ITEM.sub('', line)), quote=False)}</li>" for line in paragraph.lines)
        story.note(paragraph.line, f"{len(paragraph.lines)} lines were read as a list.")
        return TextBlock("list", f"<{tag}>{items}</{tag}>")
    if is_heading(paragraph.text) and not last:
        story.note(paragraph.line, f"Read as a heading: “{paragraph.text}”.")
        return TextBlock("heading", paragraph.text)
    return TextBlock("paragraph", f"<p>{escape(paragraph.text, quote=False)}</p>")


def is_heading(text: str) -> bool:
    """A short line between paragraphs without the end of a sentence."""
    opens_well = text[:1].isupper() or text[:1].isdigit() or not text[:1].isascii()
    return (
        len(text) <= LONGEST_HEADING
        and opens_well
        and not ENDS_SENTENCE.search(text)
        and not text.endswith((",", ";", ":", "-"))
    )


def note_odd_characters(text: str, story: ParsedArticle) -> None:
    """Say where quotation marks are odd or letters were broken earlier; nothing is mended behind anyone's back."""
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words[:1] in {"”", "’", "»"} and len(words) > 1:
            story.note(number, f"Begins with a closing quotation mark ({words[0]}); kept as given.")
        elif words.count("“") != words.count("”"):
            story.note(number, "Opening and closing quotation marks are not paired; kept as given.")
        if MOJIBAKE.search(words):
            story.note(number, "Some letters were broken before they came here (such as â€ or \ufffd); kept as given.")
        if any(c < " " and c != "\t" for c in words):
            story.note(number, "Control characters were left out.")


def shorten(text: str, length: int = 100) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
