"""HTML from anywhere to a flow of text blocks and pictures.

First nh3 makes a well-formed, harmless tree of it, still with what tells furniture and lazy pictures; then the tree is
walked; and what goes into each block goes through nh3 again, with only the marks that a paragraph may have.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import nh3
from lxml import etree
from lxml import html as lxml_html

from gazetteer.news.imports.captions import CREDIT, MARKED
from gazetteer.news.wire import furniture, lazy
from gazetteer.news.wire.formats.docx import INSIDE
from gazetteer.news.wire.formats.values import address
from gazetteer.news.wire.item import CleanBlock, WirePicture
from gazetteer.web.html import SCHEMES, TAGS
from gazetteer.web.markup import BETWEEN, text_of

__all__ = ["INSIDE", "Flow", "blocks_of"]

Element = Any
"""Of lxml, which has no types."""

CONTAINERS = {
    "article", "aside", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset", "footer", "form", "header",
    "html", "main", "nav", "p", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
KEPT = TAGS | CONTAINERS | HEADINGS | {"figure", "figcaption", "picture", "source", "img", "span", "font", "caption"}
SHOWN_ATTRIBUTES = {"class", "id", "role", "hidden", "aria-hidden", "style", "lang", "dir"}
cleaner = nh3.Cleaner(
    tags=KEPT,
    attributes={
        "*": SHOWN_ATTRIBUTES, "a": {"href", "rel"}, "img": lazy.ATTRIBUTES, "source": lazy.ATTRIBUTES,
        "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
    },
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=True,
)  # fmt: skip
INLINE = {"a", "b", "i", "sub", "sup", "br"}
inline = nh3.Cleaner(tags=INLINE, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
in_list = nh3.Cleaner(tags=INLINE | {"ul", "ol", "li"}, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
SAME_MARK = (
    (re.compile(r"<(/?)strong\b[^>]*>", re.I), r"<\1b>"),
    (re.compile(r"<(/?)em\b[^>]*>", re.I), r"<\1i>"),
    (re.compile(r"<(/?)cite\b[^>]*>", re.I), r"<\1i>"),
)
EDGES = re.compile(r"^(?:\s|<br ?/?>|&nbsp;)+|(?:\s|<br ?/?>|&nbsp;)+$")
EMPTY_MARKS = re.compile(r"<(b|i|sub|sup|a)\b[^>]*>\s*</\1>")
shallow = nh3.Cleaner(tags={"p", "br", "img"}, attributes={"img": lazy.ATTRIBUTES}, url_schemes=SCHEMES, link_rel=None)
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
VOID = frozenset({"br", "hr", "img", "source"})
DEEPEST_TREE = 120
"""libxml2 drops what is nested deeper than 255, and says nothing."""
NOSCRIPT = re.compile(r"</?noscript\b[^>]*>", re.I)
FRAMES = re.compile(r"<(?:iframe|embed|object|video|audio)\b[^>]*?\bsrc\s*=\s*[\"']?(?:https?:)?//([^\"'/\s>]+)", re.I)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
DEEPEST = 60
MOST_BLOCKS = 2_000
LONGEST_HEADING = 200
LARGEST_TABLE = 3_000


@dataclass
class Flow:
    """Blocks in order, pictures apart (a block of kind picture has the number of one), and what was left out."""

    base: str = ""
    blocks: list[CleanBlock] = field(default_factory=list)
    pictures: list[WirePicture] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    breaks: int = 0

    def drop(self, what: str, reason: str) -> None:
        words = text_of(what)
        shown = words if len(words) <= 80 else words[:79] + "…"
        self.dropped.append(f"“{shown}”: {reason}" if shown else reason)

    def say(self, text: str | None) -> None:
        """Text in the paragraph at hand."""
        if text:
            if text.strip():
                self.breaks = 0
            self.waiting.append(escape(text))

    def mark(self, html: str) -> None:
        self.breaks = 0
        self.waiting.append(html)

    def flush(self) -> None:
        """The paragraph at hand is at its end."""
        html, self.waiting, self.breaks = "".join(self.waiting), [], 0
        html = marks_only(html)
        if text_of(html):
            self.add("paragraph", f"<p>{html}</p>")

    def add(self, kind: str, value: str, who: str = "") -> None:
        if len(self.blocks) < MOST_BLOCKS:
            self.blocks.append(CleanBlock(kind, value, who))


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def same_marks(html: str) -> str:
    for pattern, mark in SAME_MARK:
        html = pattern.sub(mark, html)
    return html


def marks_only(html: str) -> str:
    """HTML of one paragraph: bold, italic, links, raised and lowered letters, line breaks."""
    cleaned = " ".join(inline.clean(same_marks(html)).split())
    return EDGES.sub("", EMPTY_MARKS.sub("", cleaned))


def blocks_of(html: str, base: str = "") -> Flow:
    """The flow of any HTML, however broken; plain text is one paragraph."""
    flow = Flow(base)
    for host in dict.fromkeys(FRAMES.findall(html)):
        flow.dropped.append(f"A frame or film of {host[:100].lower()}: it would let another host into our page.")
    cleaned = cleaner.clean(NOSCRIPT.sub(" ", html))
    if depth_of(cleaned) > DEEPEST_TREE:
        flow.dropped.append("It was nested so deeply that only its paragraphs and pictures were kept.")
        cleaned = shallow.clean(BETWEEN.sub(r"<br><br>\1", cleaned))
    if not cleaned.strip():
        return flow
    try:
        root = lxml_html.fragment_fromstring(cleaned, create_parent="div")
    except (etree.ParserError, ValueError):
        flow.say(text_of(cleaned))
        flow.flush()
        return flow
    walk(root, flow, 0)
    flow.flush()
    return flow


def depth_of(html: str) -> int:
    """How deep the marks of well-formed HTML are nested."""
    depth = deepest = 0
    for found in TAG.finditer(html):
        if found[1]:
            depth -= 1
        elif found[2] not in VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def walk(element: Element, flow: Flow, depth: int) -> None:
    flow.say(element.text)
    for child in element:
        if isinstance(child.tag, str):
            place(child, flow, depth + 1)
        flow.say(child.tail)


def place(child: Element, flow: Flow, depth: int) -> None:
    """What one element means for the flow."""
    tag = child.tag
    if depth > DEEPEST:
        flow.say(child.text_content())
    elif is_hidden(child):
        return
    elif reason := furniture.reason(child):
        flow.drop(child.text_content(), reason)
    elif tag in PLACES:
        PLACES[tag](child, flow, depth)
    elif tag in HEADINGS:
        heading(child, flow, depth)
    elif tag in CONTAINERS or any(each.tag in BLOCK_TAGS for each in child.iterdescendants()):
        flow.flush()
        walk(child, flow, depth)
        flow.flush()
    else:
        piece_of_line(child, flow, depth)


def is_hidden(element: Element) -> bool:
    return "hidden" in element.attrib or bool(HIDDEN.search(element.get("style") or ""))


def piece_of_line(child: Element, flow: Flow, depth: int) -> None:
    """A mark or link inside a paragraph; pictures in it are taken out and stand after what came before them."""
    for image in list(child.iter("img")):
        if word := lazy.emoji(image):
            replace_by_text(image, word)
        else:
            picture(image, flow, depth)
            image.drop_tree()
    if child.tag == "a":
        href = address(child.get("href"), flow.base)
        mail = child.get("href") or ""
        if href or mail.startswith(("mailto:", "tel:")):
            child.set("href", href or mail)
        else:
            child.attrib.pop("href", None)
            child.tag = "span"
    for link in child.iter("a"):
        if link is not child:
            link.set("href", address(link.get("href"), flow.base) or "#")
    flow.mark(lxml_html.tostring(child, encoding="unicode", with_tail=False))


def replace_by_text(element: Element, text: str) -> None:
    element.tail = text + (element.tail or "")
    element.drop_tree()


def line_break(_child: Element, flow: Flow, _depth: int) -> None:
    """One stays a line break; two are a new paragraph."""
    flow.breaks += 1
    if flow.breaks >= 2:
        flow.flush()
    else:
        flow.waiting.append("<br>")


def heading(child: Element, flow: Flow, depth: int) -> None:
    flow.flush()
    for image in list(child.iter("img")):
        picture(image, flow, depth)
    text = " ".join(child.text_content().split())
    if not text:
        return
    if len(text) > LONGEST_HEADING:
        flow.say(text)
        flow.flush()
    else:
        flow.add("heading", text)


def listing(child: Element, flow: Flow, depth: int) -> None:
    flow.flush()
    if any(True for _each in child.iter("figure", "table", "blockquote", *HEADINGS)):
        for item in child:  # a list that is only there to lay things out
            walk(item, flow, depth + 1)
            flow.flush()
        return
    for image in list(child.iter("img")):
        picture(image, flow, depth)
        image.drop_tree()
    for link in child.iter("a"):
        link.set("href", address(link.get("href"), flow.base) or "#")
    html = in_list.clean(same_marks(lxml_html.tostring(child, encoding="unicode", with_tail=False)))
    if text_of(html):
        flow.add("list", " ".join(html.split()))


def quotation(child: Element, flow: Flow, _depth: int) -> None:
    flow.flush()
    who = ""
    for each in list(child.iter("cite", "footer")):
        who = " ".join(each.text_content().split()).lstrip("—–- ")[:200]
        each.drop_tree()
        break
    text = text_of(lxml_html.tostring(child, encoding="unicode", with_tail=False))
    if text:
        flow.add("quote", text, who)


def figure(child: Element, flow: Flow, depth: int) -> None:
    """Its pictures, each with its caption and credit; a figure without any is a container."""
    images = list(child.iter("img"))
    if not images:
        flow.flush()
        walk(child, flow, depth)
        flow.flush()
        return
    flow.flush()
    caption, credit = caption_of(child)
    for image in images:
        picture(image, flow, depth, caption, credit)


def caption_of(child: Element) -> tuple[str, str]:
    credit = ""
    found = child.find(".//figcaption")
    if found is None:
        marked = [each for each in child.iter() if CAPTION_CLASS.search(each.get("class") or "")]
        found = next((each for each in marked if each is not child), None)
    if found is None:
        return "", ""
    for each in list(found.iter()):
        if each is not found and isinstance(each.tag, str) and CREDIT_CLASS.search(each.get("class") or ""):
            credit = " ".join(each.text_content().split())
            each.drop_tree()
            break
    return caption_and_credit(" ".join(found.text_content().split()), credit)


CAPTION_CLASS = re.compile(r"\bcaption\b|caption-text", re.I)
CREDIT_CLASS = re.compile(r"credit|photographer|copyright|\bbyline\b|rights|\bsource\b", re.I)
SHORT_CREDIT = re.compile(r"^\W*(?:photo(?:graph)?|picture|image|credit|source)s?(?: by|:)?\s*", re.I)


def caption_and_credit(text: str, credit: str = "") -> tuple[str, str]:
    """The caption's words, and the credit that stands at their end."""
    if not credit and (found := CREDIT.search(text)):
        credit = next((part.strip() for part in found.groups() if part), "")
        text = text[: found.start()].strip()
    text = MARKED.sub("", text)
    return text[:2_000], SHORT_CREDIT.sub("", credit).strip(" .()|/")[:255] or credit[:255]


def picture(image: Element, flow: Flow, _depth: int, caption: str = "", credit: str = "") -> None:
    url, width, height = lazy.best(image, flow.base)
    if not url:
        return
    reason = furniture.reason_for_picture(image, url)
    if reason:
        flow.dropped.append(f"{url[:120]}: {reason}")
        return
    known = next((number for number, each in enumerate(flow.pictures) if each.url == url), None)
    if known is not None:
        return
    alt = " ".join((image.get("alt") or "").split())[:500]
    flow.flush()
    flow.add("picture", str(len(flow.pictures)))
    flow.pictures.append(WirePicture(url, caption, credit, alt, width=width, height=height))


def container_with_caption(child: Element, flow: Flow, depth: int) -> None:
    """A division that WordPress and others put around a picture and its caption."""
    if CAPTION_BOX.search(child.get("class") or "") and child.find(".//img") is not None:
        figure(child, flow, depth)
        return
    flow.flush()
    walk(child, flow, depth)
    flow.flush()


CAPTION_BOX = re.compile(r"\bwp-caption\b|\bimage-caption\b|\bcaption-?box\b|\bmedia-?caption\b", re.I)


def table(child: Element, flow: Flow, depth: int) -> None:
    """A table of data stays one; a table that only lays things out is a container."""
    flow.flush()
    rows = [[" ".join(cell.text_content().split()) for cell in row.iter("td", "th")] for row in child.iter("tr")]
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    nested = any(True for each in child.iterdescendants("table", "figure", "ul", "ol", "p", "h2", "h3"))
    if nested or width < 2 or len(rows) < 2 or width * len(rows) > LARGEST_TABLE:
        walk(child, flow, depth)
        flow.flush()
        return
    head = rows.pop(0) if child.find(".//th") is not None else [""] * width
    caption = child.find("caption")
    even = [(row + [""] * width)[:width] for row in rows]
    flow.add(
        "table",
        json.dumps(
            {
                "columns": [{"type": "text", "heading": name} for name in (head + [""] * width)[:width]],
                "rows": [{"values": row} for row in even],
                "caption": " ".join(caption.text_content().split()) if caption is not None else "",
            },
            ensure_ascii=False,
        ),
    )


def preformatted(child: Element, flow: Flow, _depth: int) -> None:
    flow.flush()
    lines = [escape(line.rstrip()) for line in child.text_content().strip("\n").split("\n")]
    if any(lines):
        flow.add("paragraph", f"<p>{marks_only('<br>'.join(lines))}</p>")


def rule(_child: Element, flow: Flow, _depth: int) -> None:
    flow.flush()


PLACES: dict[str, Callable[[Element, Flow, int], None]] = {
    "br": line_break, "hr": rule, "ul": listing, "ol": listing, "blockquote": quotation, "figure": figure,
    "picture": figure, "img": picture, "table": table, "pre": preformatted, "div": container_with_caption,
}  # fmt: skip
BLOCK_TAGS = frozenset((CONTAINERS | HEADINGS | set(PLACES)) - {"br", "img", "picture", "dd", "dt", "td", "th"})
