"""HTML from outside is cleaned at the door; plain text becomes HTML of its own."""

import re
from html import escape

import nh3

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "dl", "dt", "em", "h3", "h4", "hr", "i", "li", "ol",
    "p", "pre", "q", "small", "strong", "sub", "sup", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}, "*": {"lang", "dir"}}
SCHEMES = {"http", "https", "mailto", "tel"}
RENAMED = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "div": "p"}
HEADINGS = re.compile(r"<(/?)(h1|h2|h5|h6|div)\b", re.IGNORECASE)
MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|table|tr|td|th|img|blockquote|font|center|hr|sup|sub|pre|code"
    r"|script|style|iframe|object|embed|svg|form|input|dl|dt|dd|section|article|header|footer|small|s|strike|q|cite)"
    r"(?:\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)
PARAGRAPHS = re.compile(r"\n\s*\n")

cleaner = nh3.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow ugc noopener", strip_comments=True
)


def is_html(text: str) -> bool:
    """Whether the text is marked up; `a < b` and `<3` are not."""
    return bool(MARKUP.search(text))


def clean_html(text: str) -> str:
    """HTML with only the harmless tags left; never a script, a style, a picture or a frame.

    Headings are put below those of the page, and divisions become paragraphs.
    """
    return cleaner.clean(HEADINGS.sub(lower, text)).strip()


def lower(match: re.Match[str]) -> str:
    return f"<{match[1]}{RENAMED[match[2].lower()]}"


def text_to_html(text: str) -> str:
    """Plain text as HTML: an empty line parts paragraphs, a line break stays one."""
    paragraphs = [part.strip() for part in PARAGRAPHS.split(text.replace("\r\n", "\n").replace("\r", "\n"))]
    return "\n".join("<p>" + escape(part, quote=False).replace("\n", "<br>") + "</p>" for part in paragraphs if part)


def to_html(text: str) -> str:
    """Text of either kind as clean HTML."""
    return clean_html(text) if is_html(text) else text_to_html(text)
